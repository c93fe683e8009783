#include "server/core/central_log.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"

namespace assay::server_core {
namespace {

class CentralLogFault : public testing::Test {
  protected:
    Result<std::unique_ptr<CentralLog>> open(const Path& folder, const Path& mirror = {}) {
        return CentralLog::open({folder, mirror, "/head"}, "assay-log/test", key_, disk_);
    }
    std::unique_ptr<CentralLog> opened(const Path& folder, const Path& mirror = {}) {
        auto log = open(folder, mirror);
        EXPECT_TRUE(log.ok()) << to_string(log.error());
        return std::move(log).value();
    }
    static Status add(CentralLog& log, const std::string& text) {
        ASSAY_TRY_STATUS(log.append({as_bytes(text)}));
        return Ok{};
    }
    void copy(const Path& from, const Path& to) {
        ASSERT_TRUE(disk_.make_folders(to / "tile/entries").ok());
        for (const char* name : {"checkpoint", "tile/entries/000.p/1", "tile/0/000.p/1"}) {
            ASSERT_TRUE(disk_.make_folders((to / name).parent_path()).ok());
            const Bytes bytes = read_file(disk_, from / name, 1U << 20U).value();
            ASSERT_TRUE(write_file(disk_, to / name, bytes).ok());
        }
    }

    FakeDisk disk_;
    FakeRandom random_{3};
    crypto::SigningKey key_ = crypto::SigningKey::generate(random_);
};

TEST_F(CentralLogFault, GrowsWhereNothingOutsideKnowsMore) {
    {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        ASSERT_TRUE(log->keep_head().ok());
        ASSERT_TRUE(add(*log, "two").ok());  // a crash before the head is kept
    }
    const auto log = opened("/log");
    EXPECT_TRUE(log->writable());
    EXPECT_TRUE(add(*log, "three").ok());
    EXPECT_TRUE(log->scrub().ok());
}

TEST_F(CentralLogFault, KeepsOnlyAHeadThatItsFolderHas) {
    std::string receipt;
    {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        ASSERT_TRUE(log->append_ahead({as_bytes(std::string_view("two"))}).ok());
        ASSERT_TRUE(log->keep_head().ok());
        receipt = log->proof(1).value();
    }
    {
        const auto log = opened("/log");  // the store brings "two" again
        ASSERT_TRUE(log->writable());
        EXPECT_EQ(log->size(), 1U);
        ASSERT_TRUE(log->append({as_bytes(std::string_view("two"))}).ok());
        EXPECT_TRUE(log->meet(receipt).ok());
        ASSERT_TRUE(log->append_ahead({as_bytes(std::string_view("three"))}).ok());
        ASSERT_TRUE(log->settle().ok());
        ASSERT_TRUE(log->keep_head().ok());
        EXPECT_TRUE(log->scrub().ok());
    }
    EXPECT_EQ(opened("/log")->size(), 3U);
}

TEST_F(CentralLogFault, HasSignedLeavesOnTheMirror) {
    {
        const auto log = opened("/log", "/mirror");
        ASSERT_TRUE(log->append_ahead({as_bytes(std::string_view("one"))}).ok());
        EXPECT_EQ(opened("/mirror")->size(), 1U);
    }
    EXPECT_EQ(opened("/log", "/mirror")->size(), 1U);
}

TEST_F(CentralLogFault, AnOldCopyOfTheFolderTakesNoLeaf) {
    {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        copy("/log", "/old");
        ASSERT_TRUE(add(*log, "two").ok());
        ASSERT_TRUE(log->keep_head().ok());
    }
    const auto log = opened("/old");
    ASSERT_TRUE(log->doubt().has_value());
    EXPECT_EQ(log->doubt()->what.id, "tlog.log.behind"_id);
    EXPECT_EQ(add(*log, "another two").error().code, Code::kRefused);
    EXPECT_EQ(to_string(log->leaf(0).value()), "one") << "what is there can be read and proved";
    EXPECT_TRUE(log->proof(0).ok());
    EXPECT_EQ(log->accept_head(log->checkpoint()).error().code, Code::kRefused)
        << "an operator's older head does not make it the newest";
    EXPECT_FALSE(log->writable());
}

TEST_F(CentralLogFault, WithoutAWitnessItWaitsForAnOperator) {
    std::string receipt;
    {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        receipt = log->proof(0).value();
    }
    ASSERT_TRUE(disk_.remove("/head").ok());
    {
        const auto log = opened("/log");
        EXPECT_EQ(log->doubt()->what.id, "server.log.unproven"_id);
        EXPECT_FALSE(add(*log, "two").ok());
        EXPECT_FALSE(log->accept_head("not a head").ok());
        EXPECT_FALSE(log->writable());
        ASSERT_TRUE(log->accept_head(receipt).ok());
        EXPECT_TRUE(add(*log, "two").ok());
    }
    EXPECT_TRUE(opened("/log")->writable());
}

TEST_F(CentralLogFault, AReceiptThatIsAheadStopsIt) {
    std::string newer;
    {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        copy("/log", "/old");
        ASSERT_TRUE(add(*log, "two").ok());
        newer = log->proof(1).value();
    }
    ASSERT_TRUE(disk_.remove("/head").ok());
    const auto log = opened("/old");
    EXPECT_EQ(log->accept_head(newer).error().code, Code::kRefused);
    EXPECT_FALSE(log->writable());
}

TEST_F(CentralLogFault, TheMirrorMakesUpForAnOldCopy) {
    {
        const auto log = opened("/log", "/mirror");
        ASSERT_TRUE(add(*log, "one").ok());
        copy("/log", "/old");
        ASSERT_TRUE(add(*log, "two").ok());
        ASSERT_TRUE(log->keep_head().ok());
    }
    const auto log = opened("/old", "/mirror");
    EXPECT_TRUE(log->writable());
    EXPECT_EQ(log->size(), 2U);
    EXPECT_EQ(to_string(log->leaf(1).value()), "two");
}

/// A store beside the older copy holds what came after it.
class HeldLeaves : public CentralLogFault {
  protected:
    void SetUp() override {
        const auto log = opened("/log");
        ASSERT_TRUE(add(*log, "one").ok());
        copy("/log", "/old");
        ASSERT_TRUE(add(*log, "two").ok());
        ASSERT_TRUE(add(*log, "three").ok());
        receipt_ = log->proof(2).value();
        ASSERT_TRUE(log->keep_head().ok());
    }
    static void hold(CentralLog& log, const std::vector<std::string>& texts) {
        std::vector<ByteView> leaves;
        for (const std::string& text : texts) {
            leaves.push_back(as_bytes(text));
        }
        log.hold(leaves);
    }
    std::string receipt_;
};

TEST_F(HeldLeaves, LeadAnOlderFolderToTheHeadThatSomebodyKept) {
    const auto log = opened("/old");
    hold(*log, {"two"});
    EXPECT_FALSE(log->writable());
    hold(*log, {"three", "four"});
    ASSERT_TRUE(log->writable());
    ASSERT_TRUE(log->keep_head().ok());
    EXPECT_EQ(opened("/old")->doubt()->what.id, "tlog.log.behind"_id)
        << "the kept head is not replaced by the older one";
    for (const char* text : {"two", "three", "four"}) {
        ASSERT_TRUE(add(*log, text).ok());
    }
    EXPECT_TRUE(log->meet(receipt_).ok());
    EXPECT_TRUE(log->scrub().ok());
    ASSERT_TRUE(log->keep_head().ok());
    EXPECT_TRUE(opened("/old")->writable());
}

TEST_F(HeldLeaves, InAnotherOrderMendNothing) {
    const auto log = opened("/old");
    hold(*log, {"three", "two"});
    EXPECT_EQ(log->doubt()->what.id, "tlog.log.forked"_id);
    EXPECT_FALSE(add(*log, "three").ok());
    EXPECT_EQ(log->accept_head(log->checkpoint()).error().code, Code::kRefused);
    EXPECT_FALSE(log->writable());
}

TEST_F(HeldLeaves, MayBeProvenByAnOperatorsReceipt) {
    ASSERT_TRUE(disk_.remove("/head").ok());
    {
        const auto log = opened("/old");
        hold(*log, {"two", "three"});
        EXPECT_EQ(log->doubt()->what.id, "server.log.unproven"_id);
        ASSERT_TRUE(log->accept_head(receipt_).ok());
        EXPECT_TRUE(log->writable());
    }
    const auto log = opened("/old");  // the operator's word outlives the program
    EXPECT_FALSE(log->writable());
    hold(*log, {"two", "three"});
    EXPECT_TRUE(log->writable());
}

TEST_F(CentralLogFault, TwoTreesAreNeverMadeOne) {
    {
        const auto one = opened("/log");
        ASSERT_TRUE(add(*one, "one").ok());
    }
    ASSERT_TRUE(disk_.remove("/head").ok());
    {
        const auto other = opened("/other");
        ASSERT_TRUE(add(*other, "other").ok());
    }
    EXPECT_EQ(open("/log", "/other").error().what.id, "server.log.two-trees"_id);
}

TEST_F(CentralLogFault, APowerCutLeavesFolderAndMirrorThatAgree) {
    std::uint64_t changes = 0;
    const auto run = [&]() -> std::uint64_t {
        auto log = open("/log", "/mirror");
        std::uint64_t done = 0;
        while (log.ok() && done < 5 && add(**log, "leaf " + std::to_string(done)).ok() &&
               (*log)->keep_head().ok()) {
            ++done;
        }
        return done;
    };
    {
        ASSERT_EQ(run(), 5U);
        changes = disk_.changes();
    }
    for (std::uint64_t at = 0; at < changes; ++at) {
        disk_ = FakeDisk();
        disk_.fail_after(at);
        const std::uint64_t done = run();
        FakeRandom random(at);
        disk_.cut_power(random);
        auto log = open("/log", "/mirror");
        ASSERT_TRUE(log.ok()) << at << to_string(log.error());
        ASSERT_TRUE((*log)->writable()) << at << to_string(*(*log)->doubt());
        ASSERT_GE((*log)->size(), done) << at;
        EXPECT_TRUE(add(**log, "more").ok()) << at;
    }
}

}  // namespace
}  // namespace assay::server_core
