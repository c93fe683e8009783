// Random single changes of what a finished sitting leaves behind: each is found, with the right
// name. ASSAY_COUNT changes (default 60) from ASSAY_SEED; scripts/soak audit runs 10,000.
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "crypto/tlog/log.h"
#include "tests/server/audit/audit_folder.h"
#include "tests/support/campaign.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay::test {
namespace {

struct Ran {
    std::string output;
    int code = -1;
};

Ran audit(const std::string& arguments) {
    const Ended ended = shell(program("assay-audit").string() + " --language en " + arguments);
    return {ended.said(), ended.code};
}

bool names(const Ran& run, const std::string& file) {
    return run.code == 20 && run.output.find("The first file that does not agree: " + file +
                                             " (") != std::string::npos;
}

/// A bit, a byte more, a byte less, an end cut off, or two bytes in another order.
std::string change(Bytes& bytes, FakeRandom& random) {
    const std::uint64_t at = random.below(bytes.size());
    const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random.below(5)) {
        case 0:
            *place ^= static_cast<std::uint8_t>(1U << random.below(8));
            return "bit at " + std::to_string(at);
        case 1:
            bytes.insert(place, static_cast<std::uint8_t>('A' + random.below(26)));
            return "byte added at " + std::to_string(at);
        case 2:
            bytes.erase(place);
            return "byte removed at " + std::to_string(at);
        case 3:
            bytes.resize(at);
            return "cut at " + std::to_string(at);
        default:
            for (std::uint64_t i = at; i + 1 < bytes.size(); ++i) {
                if (bytes[i] != bytes[i + 1]) {
                    std::swap(bytes[i], bytes[i + 1]);
                    return "order at " + std::to_string(i);
                }
            }
            bytes.resize(at);
            return "cut at " + std::to_string(at);
    }
}

TEST(AuditCampaign, NamesTheFileOfEveryRandomChangeOfAPackagesFolder) {
    const AuditFolder house(7);
    const TempFolder folder;
    SystemDisk disk;
    std::vector<std::string> all;
    for (const auto& [name, bytes] : house.files(0)) {
        ASSERT_TRUE(disk.make_folders((folder.path() / name).parent_path()).ok());
        ASSERT_TRUE(write_file(disk, folder.path() / name, bytes).ok());
        all.push_back(name);
    }
    FakeRandom random(number_from("ASSAY_SEED", 1));
    const std::uint64_t count = number_from("ASSAY_COUNT", 60);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string& name = all[random.below(all.size())];
        Bytes bytes = house.files(0).at(name);
        const std::string what = change(bytes, random);
        ASSERT_TRUE(write_file(disk, folder.path() / name, bytes).ok());
        const Ran run = audit("package " + folder.path().string());
        ASSERT_TRUE(names(run, name)) << "change " << i << ": " << name << ", " << what << "\n"
                                      << run.code << "\n"
                                      << run.output;
        ASSERT_TRUE(write_file(disk, folder.path() / name, house.files(0).at(name)).ok());
    }
    EXPECT_EQ(audit("package " + folder.path().string()).code, 0);
}

/// A log of 600 leaves, and a receipt of its 400th that somebody kept.
class LogCampaign : public testing::Test {
  protected:
    static constexpr std::size_t kLeaves = 600;
    static constexpr std::size_t kKept = 400;

    void SetUp() override {
        for (std::size_t i = 0; i < kLeaves; ++i) {
            leaves_.push_back("leaf " + std::to_string(i));
        }
        key_ = make("log", leaves_, kKept, "older");
    }
    std::string make(const std::string& name, const std::vector<std::string>& leaves,
                     std::size_t receipt_at, const std::string& receipt) {
        FakeRandom seed(5);
        auto log = tlog::Log::open(folder_.path() / name, "assay-log/campaign",
                                   crypto::SigningKey::generate(seed), disk_)
                       .value();
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            EXPECT_TRUE(log.append(as_bytes(leaves[i])).ok());
            if (i + 1 == receipt_at) {
                EXPECT_TRUE(log.commit().ok());
                const std::string text = log.receipt(i).value().write();
                EXPECT_TRUE(write_file(disk_, folder_.path() / receipt, as_bytes(text)).ok());
            }
        }
        EXPECT_TRUE(log.commit().ok());
        return log.key().text();
    }
    Ran check(const std::string& name, bool with_receipt) {
        return audit("log " + (folder_.path() / name).string() + " --log-key " + key_ +
                     (with_receipt ? " --older " + (folder_.path() / "older").string() : ""));
    }
    /// The real key signs it; nobody who has no older receipt could tell.
    void expect_rewritten(const std::vector<std::string>& leaves, const std::string& name) {
        make(name, leaves, 0, "");
        EXPECT_EQ(check(name, false).code, 0) << name;
        const Ran run = check(name, true);
        EXPECT_TRUE(names(run, "checkpoint")) << name << "\n" << run.output;
        std::filesystem::remove_all(folder_.path() / name);
    }

    TempFolder folder_;
    SystemDisk disk_;
    std::vector<std::string> leaves_;
    std::string key_;
};

TEST_F(LogCampaign, AWholeLogAgreesAndContinuesItsReceipt) {
    const Ran run = check("log", true);
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_NE(run.output.find("600 entries"), std::string::npos) << run.output;
    EXPECT_EQ(audit("log " + (folder_.path() / "none").string() + " --log-key " + key_).code, 15);
}

TEST_F(LogCampaign, ARemovalAnotherOrderAndAForgedHeadAreFoundWithOneOlderReceipt) {
    FakeRandom random(number_from("ASSAY_SEED", 1));
    const std::uint64_t count = number_from("ASSAY_COUNT", 60) / 20;
    for (std::uint64_t i = 0; i <= count; ++i) {
        const std::size_t at = random.below(kKept - 1);
        auto removed = leaves_;
        removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(at));
        expect_rewritten(removed, "removed");
        auto swapped = leaves_;
        std::swap(swapped[at], swapped[at + 1]);
        expect_rewritten(swapped, "swapped");
        auto changed = leaves_;
        changed[at] += " forged";
        expect_rewritten(changed, "forged");
        auto shorter = leaves_;
        shorter.resize(kKept - 1 - random.below(300));
        expect_rewritten(shorter, "shorter");
    }
}

TEST_F(LogCampaign, NamesTheFileOfEveryRandomChange) {
    const std::vector<std::string> all{
        "checkpoint", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88",
        "tile/0/000", "tile/0/001",       "tile/0/002.p/88",  "tile/1/000.p/2"};
    FakeRandom random(number_from("ASSAY_SEED", 1));
    const std::uint64_t count = number_from("ASSAY_COUNT", 60);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string& name = all[random.below(all.size())];
        const Path path = folder_.path() / "log" / name;
        const Bytes whole = read_file(disk_, path, 1U << 26U).value();
        Bytes bytes = whole;
        const std::string what = change(bytes, random);
        ASSERT_TRUE(write_file(disk_, path, bytes).ok());
        const Ran run = check("log", true);
        ASSERT_TRUE(names(run, name)) << "change " << i << ": " << name << ", " << what << "\n"
                                      << run.code << "\n"
                                      << run.output;
        ASSERT_TRUE(write_file(disk_, path, whole).ok());
    }
}

}  // namespace
}  // namespace assay::test
