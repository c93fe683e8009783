#include "terminal/sitting/vault_store.h"

#include <gtest/gtest.h>

#include "crypto/random.h"
#include "crypto/record/text_edit.h"
#include "tests/support/paths.h"

namespace assay::sitting {
namespace {

record::Event answer(const std::string& value) {
    record::Event out;
    out.kind = record::EventKind::kAnswer;
    out.item = "Q1";
    out.response = "RESPONSE";
    out.values = {value};
    return out;
}

class Kept : public testing::Test {
  protected:
    std::unique_ptr<VaultStore> open() {
        return std::move(VaultStore::open(folder_.path() / "store.db", key_)).value();
    }
    assay::test::TempFolder folder_;
    crypto::SystemRandom random_;
    crypto::StoreKey key_ = crypto::StoreKey::random(random_);
    AttemptId attempt_ = random_.id<AttemptId>();
    record::JournalHead head_{random_.id<record::JournalId>(), 2, random_.id<Digest>()};
};

TEST_F(Kept, PapersAndHistoryAreThereAfterReopening) {
    {
        auto store = open();
        ASSERT_TRUE(store->put("a/person", as_bytes("first")).ok());
        ASSERT_TRUE(store->put("a/person", as_bytes("王小明")).ok());
        ASSERT_TRUE(store->put("a/z", {}).ok());
        ASSERT_TRUE(store->put("b", as_bytes("other")).ok());
        ASSERT_TRUE(store->follow(attempt_, 0, {answer("one"), answer("two")}, head_).ok());
    }
    auto store = open();
    EXPECT_EQ(to_string(*store->get("a/person").value()), "王小明");
    EXPECT_EQ(store->names("a/").value(), (std::vector<std::string>{"a/person", "a/z"}));
    EXPECT_EQ(store->progress(attempt_).value(), head_);
    const auto history = store->history(attempt_, "Q1", "RESPONSE").value();
    ASSERT_EQ(history.size(), 2U);
    EXPECT_EQ(history[1].values->at(0), "two");
    EXPECT_EQ(history[1].record, 1U);
    ASSERT_TRUE(store->forget(attempt_).ok());
    EXPECT_EQ(store->progress(attempt_).value(), std::nullopt);
    EXPECT_TRUE(store->history(attempt_, "Q1", "RESPONSE")->empty());
    ASSERT_TRUE(store->remove("b").ok());
    EXPECT_EQ(store->get("b").value(), std::nullopt);
}

TEST_F(Kept, HistoryFoldsDifferencesAndHasNoMoreThanItsLimit) {
    auto store = open();
    std::vector<record::Event> events{answer("0")};
    for (int i = 1; i < 300; ++i) {
        const std::string before = std::to_string(i - 1);
        record::Event edit = record::edit_event(record::difference(before, std::to_string(i)));
        edit.item = "Q1";
        edit.response = "RESPONSE";
        events.push_back(i == 100 ? answer("100") : edit);
    }
    ASSERT_TRUE(store->follow(attempt_, 10, events, head_).ok());
    const auto history = store->history(attempt_, "Q1", "RESPONSE").value();
    ASSERT_EQ(history.size(), kHistoryMax);
    EXPECT_EQ(history.front().values->at(0), "100");
    EXPECT_EQ(history.back().values->at(0), "299");
    EXPECT_EQ(history.back().record, 309U);
}

TEST_F(Kept, NothingReadableLiesOnTheDisk) {
    {
        auto store = open();
        ASSERT_TRUE(store->put("person", as_bytes("fee waiver of Wang")).ok());
    }
    SystemDisk disk;
    const std::vector<std::string> names = disk.list(folder_.path()).value();
    for (const std::string& name : names) {
        const Bytes bytes = read_file(disk, folder_.path() / name, 1U << 24U).value();
        EXPECT_EQ(as_text(bytes).find("waiver"), std::string_view::npos) << name;
    }
    const auto other = crypto::StoreKey::random(random_);
    EXPECT_FALSE(VaultStore::open(folder_.path() / "store.db", other).ok());
}

}  // namespace
}  // namespace assay::sitting
