#include "kiosk-config/kiosk.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/local_listener.h"
#include "tests/support/paths.h"

namespace assay::kiosk {
namespace {

namespace fs = std::filesystem;

std::string read(const Path& path) {
    SystemDisk disk;
    return to_string(*read_file(disk, path, kConfigBytesMax));
}

/// The tree syncs at each step, hundreds of times here: in memory where the system has that.
struct InMemory {
    InMemory() {
        if (fs::exists("/dev/shm")) {
            ::setenv("TMPDIR", "/dev/shm", 1);
        }
    }
};

/// A small copy of a machine, and what it looked like before.
class KioskTest : public ::testing::Test, InMemory {
  protected:
    KioskTest() {
        write("etc/fstab", "UUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw 0 0\n# none swap\n");
        write("etc/sysctl.d/60-assay-sysrq.conf", "kernel.sysrq = 438\n");
        write("etc/systemd/logind.conf.d/local.conf", "[Login]\nNAutoVTs=6\n");
        fs::create_directories(root() / "etc/systemd/system");
        fs::create_symlink("/lib/systemd/system/getty@.service",
                           root() / "etc/systemd/system/getty@.service");
        for (const char* program :
             {"usr/sbin/nft", "usr/sbin/seatd", "usr/bin/cage", "usr/bin/assay-terminal",
              "usr/bin/assay-proctor", "usr/bin/fcitx5", "usr/share/fcitx5/addon/pinyin.conf",
              "usr/share/fcitx5/addon/table.conf", "usr/share/fcitx5/addon/fullwidth.conf"}) {
            write(program, "");
        }
        ::chmod((root() / "etc/fstab").c_str(), 0640);
    }
    Path root() const { return folder_.path(); }
    void write(const Path& path, const std::string& content) {
        fs::create_directories((root() / path).parent_path());
        std::ofstream(root() / path) << content;
    }
    /// Every path with its kind, mode and content.
    std::map<std::string, std::string> snapshot() const {
        std::map<std::string, std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(root())) {
            const std::string name = fs::relative(entry.path(), root()).string();
            if (entry.is_symlink()) {
                out[name] = "link " + fs::read_symlink(entry.path()).string();
                continue;
            }
            out[name] = std::to_string(static_cast<int>(entry.status().permissions()));
            if (entry.is_regular_file()) {
                out[name] += read(entry.path());
            }
        }
        return out;
    }
    static Path files() { return test::repository() / "kiosk-config/files"; }
    static Desk desk() { return *Desk::parse("192.0.2.10:8443,192.0.2.11:8443"); }
    std::size_t failing(Tree& tree) const {
        const auto rows = Kiosk(tree, files()).verify();
        EXPECT_TRUE(rows.ok());
        return static_cast<std::size_t>(std::count_if(
            rows->begin(), rows->end(), [](const RowState& row) { return !row.holds(); }));
    }

    /// Empty where everything is back, else what was said.
    static std::string revert(Tree& tree) {
        const auto done = Kiosk(tree, files()).revert();
        if (!done.ok()) {
            return std::string(done.error().what.id.text());
        }
        return done->empty() ? "" : std::string(done->front().why.what.id.text());
    }

    test::TempFolder folder_;
};

TEST_F(KioskTest, AppliesVerifiesAndRevertsByteForByte) {
    const auto before = snapshot();
    Tree tree(root());
    Kiosk kiosk(tree, files());
    EXPECT_EQ(failing(tree), measures().size());
    ASSERT_TRUE(kiosk.apply(desk()).ok());
    EXPECT_EQ(failing(tree), 0U);
    ASSERT_TRUE(kiosk.apply(desk()).ok());  // once more changes nothing
    EXPECT_EQ(revert(tree), "");
    EXPECT_EQ(snapshot(), before);
}

TEST_F(KioskTest, LooksForTheCameraProgramsSocketOnARunningMachineOnly) {
    Tree tree(root());
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    EXPECT_EQ(failing(tree), 0U) << "a copy of a tree has no sockets";
    fs::create_directories(root() / "run/systemd/system");
    EXPECT_EQ(failing(tree), 1U);
    write("run/assay-proctor.sock", "");
    EXPECT_EQ(failing(tree), 1U) << "a file is no socket";
    fs::remove(root() / "run/assay-proctor.sock");
    const test::LocalListener listener(root() / "run/assay-proctor.sock", SOCK_STREAM);
    EXPECT_EQ(failing(tree), 0U);
}

TEST_F(KioskTest, SaysThatThereIsNothingToRevert) {
    const auto before = snapshot();
    Tree tree(root());
    EXPECT_EQ(revert(tree), "kiosk.undo.none");
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    EXPECT_EQ(revert(tree), "");
    EXPECT_EQ(revert(tree), "kiosk.undo.none");
    EXPECT_EQ(snapshot(), before);
}

TEST_F(KioskTest, NeverTakesAnEmptyOrShortenedListForARevert) {
    Tree tree(root());
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    const auto applied = snapshot();
    const Path list = root() / kUndoFolder / "undo";
    const std::string whole = read(list);
    for (const std::size_t kept : {std::size_t{0}, whole.find('\n') + 1}) {
        std::ofstream(list, std::ios::trunc) << whole.substr(0, kept);
        EXPECT_EQ(revert(tree), "kiosk.undo.short") << kept;
        EXPECT_FALSE(Kiosk(tree, files()).apply(desk()).ok());  // it would write over old values
    }
    fs::rename(list, root() / "kept");
    EXPECT_EQ(revert(tree), "kiosk.undo.short");
    fs::rename(root() / "kept", list);
    std::ofstream(list, std::ios::trunc) << whole;
    EXPECT_EQ(snapshot(), applied);
    for (const auto& entry : fs::directory_iterator(root() / kUndoFolder)) {
        fs::remove(entry.path());
    }
    std::ofstream{list};
    EXPECT_EQ(revert(tree), "kiosk.undo.empty");
}

TEST_F(KioskTest, NamesEachRowThatDidNotComeBackAndPutsTheRestBack) {
    const auto before = snapshot();
    Tree tree(root());
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    std::map<std::string, std::string> copies;
    for (const auto& entry : fs::directory_iterator(root() / kUndoFolder)) {
        if (entry.path().filename() != "undo") {
            copies[entry.path().string()] = read(entry.path());
        }
    }
    ASSERT_GE(copies.size(), 2U);
    for (const auto& [path, content] : copies) {
        fs::remove(path);
    }
    const auto found = Kiosk(tree, files()).revert();
    ASSERT_TRUE(found.ok());
    std::set<std::string> rows;
    for (const NotReverted& each : *found) {
        EXPECT_EQ(each.why.what.id, "kiosk.undo.copy-missing"_id);
        rows.emplace(each.row);
    }
    EXPECT_EQ(found->size(), copies.size());
    EXPECT_TRUE(rows.contains("no-sysrq") && rows.contains("no-swap"));
    EXPECT_TRUE(fs::is_symlink(root() / "etc/systemd/system/getty@.service"));
    EXPECT_EQ(fs::read_symlink(root() / "etc/systemd/system/getty@.service"),
              "/lib/systemd/system/getty@.service");
    for (const auto& [path, content] : copies) {
        std::ofstream(path) << content;
    }
    EXPECT_EQ(revert(tree), "");
    EXPECT_EQ(snapshot(), before);
}

TEST_F(KioskTest, RevertsWhereverApplyingOrRevertingWasCut) {
    const auto before = snapshot();
    bool finished = false;
    for (int cut = 0; !finished; ++cut) {
        SCOPED_TRACE(cut);
        ASSERT_LT(cut, 2000);
        int left = cut;
        const auto crash = [&]() -> Status {
            if (left-- > 0) {
                return Ok();
            }
            return fail(Code::kIo, "base.disk.io"_id);
        };
        Tree failing_tree(root(), crash);
        Kiosk failing_kiosk(failing_tree, files());
        finished = failing_kiosk.apply(desk()).ok() && revert(failing_tree).empty();
        Tree tree(root());
        const std::string again = revert(tree);
        ASSERT_TRUE(again.empty() || again == "kiosk.undo.none") << again;
        ASSERT_EQ(snapshot(), before);
    }
}

TEST_F(KioskTest, ForgivesATornLastLineOfItsOwnList) {
    const auto before = snapshot();
    Tree tree(root());
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    std::ofstream(root() / kUndoFolder / "undo", std::ios::app) << "n\t0\tetc/nev";
    EXPECT_EQ(revert(tree), "");
    EXPECT_EQ(snapshot(), before);
}

TEST_F(KioskTest, NamesTheRowThatSomebodyChanged) {
    Tree tree(root());
    Kiosk kiosk(tree, files());
    ASSERT_TRUE(kiosk.apply(desk()).ok());
    write("etc/assay/kiosk/firewall.nft", "flush ruleset\n");
    const auto rows = kiosk.verify();
    ASSERT_TRUE(rows.ok());
    for (const RowState& row : *rows) {
        EXPECT_EQ(row.holds(), row.measure->id != "firewall") << row.measure->id;
    }
}

TEST_F(KioskTest, LooksAtTheRunningKernelWhereThereIsOne) {
    Tree tree(root());
    ASSERT_TRUE(Kiosk(tree, files()).apply(desk()).ok());
    write("proc/sys/kernel/sysrq", "438\n");
    write("proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n");
    EXPECT_EQ(failing(tree), 2U);
    write("proc/sys/kernel/sysrq", "0\n");
    write("proc/swaps", "Filename Type Size Used Priority\n");
    EXPECT_EQ(failing(tree), 0U);
}

TEST_F(KioskTest, NeverFollowsALinkOutOfTheTree) {
    fs::remove_all(root() / "etc/sysctl.d");
    fs::create_symlink("/tmp", root() / "etc/sysctl.d");
    Tree tree(root());
    EXPECT_FALSE(Kiosk(tree, files()).apply(desk()).ok());
    EXPECT_FALSE(tree.look("../x").ok());
}

TEST_F(KioskTest, RefusesATreeThatIsNoMachine) {
    test::TempFolder empty;
    Tree tree(empty.path());
    EXPECT_FALSE(Kiosk(tree, files()).apply(desk()).ok());
    EXPECT_FALSE(Kiosk(tree, files()).verify().ok());
    EXPECT_FALSE(Kiosk(tree, files()).revert().ok());
    Tree nowhere(empty.path() / "nope");
    EXPECT_FALSE(Kiosk(nowhere, files()).verify().ok());
}

TEST(Desk, TakesAddressesWithPortsAndNothingElse) {
    EXPECT_EQ(as_text(Desk::parse("192.0.2.10:8443")->rules()),
              "define desk_addresses = { 192.0.2.10 }\ndefine desk_ports = { 8443 }\n");
    for (const char* bad : {"", "desk:8443", "192.0.2.10", "192.0.2.10:0", "192.0.2.256:1",
                            "192.0.2.10:1 }; flush", "1.2.3:4", "192.0.2.10:99999", ","}) {
        EXPECT_FALSE(Desk::parse(bad).ok()) << bad;
    }
}

/// Loads into no kernel: `nft --check`. Needs root's network capability.
TEST(Firewall, IsAcceptedByNftAsItIsLaidDown) {
    if (std::system("nft --check list ruleset >/dev/null 2>&1") != 0) {
        GTEST_SKIP() << "nft is missing or may not talk to the kernel";
    }
    test::TempFolder folder;
    const Path files = test::repository() / "kiosk-config/files/etc/assay/kiosk";
    const auto rules = Desk::parse("192.0.2.10:8443")->rules();
    std::ofstream(folder.path() / "desk.nft") << as_text(rules);
    for (const char* name : {"closed.nft", "firewall.nft"}) {
        std::string text = read(files / name);
        const std::string laid = "/etc/assay/kiosk/desk.nft";
        if (const auto at = text.find('"' + laid); at != std::string::npos) {
            text.replace(at + 1, laid.size(), (folder.path() / "desk.nft").string());
        }
        std::ofstream(folder.path() / name) << text;
        const std::string command = "nft --check -f " + (folder.path() / name).string();
        EXPECT_EQ(std::system(command.c_str()), 0) << name;
    }
}

}  // namespace
}  // namespace assay::kiosk
