#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/question-bank/cli/bank_program.h"

namespace assay::bank::test {
namespace {

using std::filesystem::path;

using ShellRun = Run;
constexpr const char* kExam = "00112233445566778899aabbccddeeff";
constexpr const char* kPart = "ffeeddccbbaa99887766554433221100";
constexpr const char* kSite = "0123456789abcdef0123456789abcdef";

/// An organisation with two root and two exam officers and a scoring key, made with assay-keys,
/// and the sample paper sealed for it.
class SealedDelivery : public ::testing::Test {
  protected:
    void SetUp() override {
        for (const char* who : {"root-1", "root-2", "officer-1", "officer-2"}) {
            make_ring(who, "--signing signing");
        }
        make_ring("scoring", "--age age");
        for (const char* who : {"officer-1", "officer-2"}) {
            keys("list row --rows rows.json --organisation " + std::string(kSite) +
                 " --role exam-officer --label officer --public " + who + ".pub");
        }
        keys("list make --rows rows.json --out list.dsse.json --root " + word("root-1.pub") +
             " --root " + word("root-2.pub"));
        sign("list.dsse.json", {"root-1", "root-2"});
        seal();
        sign("part/bank.dsse.json", {"officer-1", "officer-2"});
        sign("part/scoring.dsse.json", {"officer-1", "officer-2"});
    }

    ShellRun shell(const std::string& command) const {
        ShellRun out;
        FILE* pipe =
            popen(("cd " + folder_.path().string() + " && " + command + " 2>&1").c_str(), "r");
        std::array<char, 4096> buffer{};
        for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
            out.output.append(buffer.data(), got);
        }
        out.code = (pclose(pipe) >> 8) & 0xFF;
        return out;
    }
    /// The PIN goes in by standard input, as by any other descriptor.
    static std::string with_pin(const std::string& command) {
        return "printf 'pin-of-test\\n' | " + command + " --pin-fd 0";
    }
    static std::string program(const char* name) {
        return assay::test::program(name).string() + " --language en ";
    }
    void keys(const std::string& arguments) const { must(program("assay-keys") + arguments); }
    void make_ring(const std::string& who, const std::string& kinds) const {
        must(with_pin(program("assay-keys") + "ring make --out " + who + ".keys --public " + who +
                      ".pub " + kinds));
    }
    void sign(const std::string& file, std::initializer_list<const char*> officers) const {
        for (const std::string officer : officers) {
            must(with_pin(program("assay-keys") + "statement sign " + file + " --ring " + officer +
                          ".keys"));
        }
    }
    void seal() const {
        must(with_pin(program("assay-bank") + "seal " + sample() + " --out part --exam " + kExam +
                      " --part " + kPart +
                      " --title Sample --not-before 2026-03-01T08:30:00Z"
                      " --not-after 2026-03-02T08:30:00Z --scoring-recipient " +
                      word("scoring.pub") +
                      " --officer-share-out shares --part-key-out part.keys"));
    }
    static std::string sample() {
        return (assay::test::repository() / "question-bank" / "sample").string();
    }
    void must(const std::string& command) const {
        const ShellRun run = shell(command);
        EXPECT_EQ(run.code, 0) << command << '\n' << run.output;
    }
    /// The last word of a file of public keys: the key.
    std::string word(const char* file) const {
        std::istringstream text(read(file));
        std::string last;
        while (text >> last) {
        }
        return last;
    }
    std::string read(const std::string& file) const {
        std::ifstream in(folder_.path() / file, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    ShellRun bank(const std::string& arguments) const {
        return shell(program("assay-bank") + arguments);
    }
    ShellRun verify() const { return bank("verify part --keys list.dsse.json --rows rows.json"); }

    assay::test::TempFolder folder_;
};

TEST(Seal, TakesNoVersionThatWouldWrap) {
    for (const char* wrong : {"-1", "0", "18446744073709551616", "9007199254740992", "1.5", "x"}) {
        const ShellRun refused = run("seal p --version " + std::string(wrong));
        EXPECT_EQ(refused.code, 2) << wrong;
        EXPECT_NE(refused.output.find("--version"), std::string::npos) << refused.output;
    }
    EXPECT_EQ(run("seal p --version 1").output.find("--version"), std::string::npos);
    for (const char* wrong : {"preview p --port -1", "preview p --port 65536",
                              "check p --max-entries -1", "check p --max-ratio -1"}) {
        EXPECT_EQ(run(wrong).code, 2) << wrong;
    }
}

TEST_F(SealedDelivery, VerifiesOpensAndMakesKits) {
    const ShellRun verified = verify();
    EXPECT_EQ(verified.code, 0) << verified.output;
    const ShellRun opened = shell(with_pin(
        program("assay-bank") +
        "open part --keys list.dsse.json --rows rows.json --ring scoring.keys --out view"));
    EXPECT_EQ(opened.code, 0) << opened.output;
    EXPECT_NE(read("view/zh/q01.xml").find("orrect"), std::string::npos);
    const ShellRun kit = shell(with_pin(program("assay-bank") + "kit part --site " + kSite +
                                        " --part-key part.keys --out kit"));
    EXPECT_EQ(kit.code, 0) << kit.output;
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "kit" / "invigilator-3.share"));
    const ShellRun by_shares =
        bank("kit part --site " + std::string(kSite) +
             " --share shares/officer-1.share --share shares/officer-3.share --out kit2");
    EXPECT_EQ(by_shares.code, 0) << by_shares.output;
    const ShellRun capsule = shell(with_pin(program("assay-bank") +
                                            "capsule part --part-key part.keys --out capsule.age"
                                            " --recipient " +
                                            word("scoring.pub")));
    EXPECT_EQ(capsule.code, 0) << capsule.output;
}

TEST_F(SealedDelivery, IsWithdrawnByAStatementThatOfficersSign) {
    const std::string withdraw =
        program("assay-bank") + "withdraw part --reason leaked --out withdrawal.dsse.json";
    EXPECT_EQ(shell(withdraw).code, 0);
    EXPECT_EQ(shell(withdraw).code, 14) << "written over";
    sign("withdrawal.dsse.json", {"officer-1", "officer-2"});
    EXPECT_NE(read("withdrawal.dsse.json").find("keyid"), std::string::npos);
}

TEST_F(SealedDelivery, KeepsSecretsToTheirOwner) {
    for (const char* secret : {"shares/officer-1.share", "part.keys"}) {
        const auto mode = std::filesystem::status(folder_.path() / secret).permissions();
        EXPECT_EQ(mode & std::filesystem::perms::all,
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
            << secret;
    }
    EXPECT_EQ(read("part.keys").find("AGE-SECRET"), std::string::npos);
}

TEST_F(SealedDelivery, IsRefusedWhenAByteIsChanged) {
    for (const char* file : {"part/bank.age", "part/scoring.age", "part/bank.dsse.json"}) {
        const std::string before = read(file);
        std::string changed = before;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
        std::ofstream(folder_.path() / file, std::ios::binary) << changed;
        const ShellRun refused = verify();
        EXPECT_NE(refused.code, 0) << file;
        EXPECT_NE(refused.output.find("hint:"), std::string::npos) << refused.output;
        std::ofstream(folder_.path() / file, std::ios::binary) << before;
    }
    EXPECT_EQ(verify().code, 0);
}

TEST_F(SealedDelivery, IsRefusedWithOneOfficerOnly) {
    std::string envelope = read("part/bank.dsse.json");
    const std::size_t second = envelope.rfind(",{\"keyid\"");
    ASSERT_NE(second, std::string::npos);
    std::ofstream(folder_.path() / "part/bank.dsse.json", std::ios::binary)
        << envelope.substr(0, second) << "]}";
    const ShellRun refused = verify();
    EXPECT_EQ(refused.code, 12) << refused.output;
    EXPECT_NE(refused.output.find("1 of 2"), std::string::npos) << refused.output;
}

TEST_F(SealedDelivery, StaysClosedForAWrongPin) {
    const ShellRun refused =
        shell("printf 'another-pin\\n' | " + program("assay-bank") + "kit part --site " + kSite +
              " --part-key part.keys --pin-fd 0 --out kit");
    EXPECT_NE(refused.code, 0);
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "kit"));
}

}  // namespace
}  // namespace assay::bank::test
