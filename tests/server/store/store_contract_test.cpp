// What every engine promises. A new engine adds a type with open() to Engines below.
#include <future>

#include "tests/server/store/fixture.h"

namespace assay::store {
namespace {

/// The embedded engine on a folder of its own, with a log in memory.
class Embedded {
  public:
    Status open() {
        store_.reset();
        ASSAY_TRY(store_, EmbeddedStore::open(folder_.path() / "s", test_keys(),
                                              {disk_, random_, clock_, &log_}));
        return Ok{};
    }
    Store& store() { return *store_; }
    FakeLeafLog& log() { return log_; }
    FakeClock& clock() { return clock_; }

  private:
    test::TempFolder folder_;
    SystemDisk disk_;
    FakeRandom random_{1};
    FakeClock clock_;
    FakeLeafLog log_;
    std::unique_ptr<EmbeddedStore> store_;
};

template <typename Engine>
class StoreContract : public testing::Test {
  protected:
    void SetUp() override { reopen(); }
    void reopen() {
        const Status status = engine_.open();
        ASSERT_TRUE(status.ok()) << to_string(status.error());
    }
    Store& store() { return engine_.store(); }

    Engine engine_;
};

using Engines = testing::Types<Embedded>;
TYPED_TEST_SUITE(StoreContract, Engines);

TYPED_TEST(StoreContract, KeepsObjectsByDigestAndLogsThemOnce) {
    Batch batch;
    batch.objects = {make_object("one"), make_object("two", false), make_object("three")};
    batch.objects[0].keys.attempt = make_id<AttemptId>(7);
    const Committed first = this->store().put(batch).value();
    EXPECT_EQ(first.objects.at(0).log_index, 0U);
    EXPECT_FALSE(first.objects.at(1).log_index.has_value());
    EXPECT_EQ(first.objects.at(2).log_index, 1U);
    const Committed again = this->store().put(batch).value();
    EXPECT_TRUE(again.objects.at(0).was_there);
    EXPECT_EQ(again.objects.at(0).log_index, 0U);
    EXPECT_EQ(this->engine_.log().kept.size(), 2U);
    this->reopen();
    const StoredObject one = this->store().object(digest_of("one")).value();
    EXPECT_EQ(to_string(one.object.payload), "one");
    EXPECT_EQ(to_string(one.object.envelope), "envelope of one");
    EXPECT_EQ(one.object.keys.attempt, make_id<AttemptId>(7));
    EXPECT_EQ(one.seen, this->engine_.clock().wall());
    EXPECT_EQ(one.log_index, 0U);
    EXPECT_EQ(this->store().object(digest_of("none")).error().code, Code::kNotFound);
}

TYPED_TEST(StoreContract, FindsObjectsByKindAndKeysInOrder) {
    Batch batch;
    for (std::uint8_t i = 0; i < 12; ++i) {
        Object object = make_object("object " + std::to_string(i), false);
        object.kind = i % 2 == 0 ? "even" : "odd";
        object.keys = {make_id<SiteId>(1), make_id<SittingId>(i % 3), make_id<RoomId>(2),
                       make_id<AttemptId>(i)};
        batch.objects.push_back(std::move(object));
    }
    ASSERT_TRUE(this->store().put(batch).ok());
    Query query;
    query.kind = "even";
    query.keys.sitting = make_id<SittingId>(1);
    const auto found = this->store().objects(query).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].digest, digest_of("object 4"));
    EXPECT_EQ(found[1].digest, digest_of("object 10"));
    EXPECT_TRUE(found[0].object.payload.empty());
    query.after = found[0].number;
    EXPECT_EQ(this->store().objects(query).value().size(), 1U);
    Query all;
    all.limit = 5;
    std::size_t count = 0;
    for (auto page = this->store().objects(all).value(); !page.empty();
         page = this->store().objects(all).value()) {
        count += page.size();
        all.after = page.back().number;
    }
    EXPECT_EQ(count, 12U);
    Query nobody;
    nobody.keys.attempt = make_id<AttemptId>(77);
    EXPECT_TRUE(this->store().objects(nobody).value().empty());
}

TYPED_TEST(StoreContract, KeepsBodiesAndReadsRanges) {
    Bytes bytes(300'000);
    FakeRandom(4).fill(bytes);
    Batch batch;
    batch.bodies = {make_body(bytes), make_body({})};
    ASSERT_TRUE(this->store().put(batch).ok());
    ASSERT_TRUE(this->store().put(batch).ok());
    this->reopen();
    const Digest digest = batch.bodies[0].digest;
    EXPECT_EQ(this->store().body(digest).value(), bytes);
    EXPECT_EQ(this->store().body_size(digest).value(), bytes.size());
    EXPECT_EQ(this->store().body_range(digest, 299'990, 100).value(),
              Bytes(bytes.end() - 10, bytes.end()));
    EXPECT_TRUE(this->store().body_range(digest, 300'000, 1).value().empty());
    EXPECT_TRUE(this->store().body(batch.bodies[1].digest).value().empty());
    EXPECT_EQ(this->store().body(digest_of("none")).error().code, Code::kNotFound);
    EXPECT_TRUE(this->store().scrub().ok());
}

TYPED_TEST(StoreContract, KeepsRefusalsAsEvidence) {
    Batch batch;
    batch.refusals = {{"package", "record.package.epoch", {}, to_bytes("p"), to_bytes("e")},
                      {"package", "record.package.epoch", {}, to_bytes("p"), to_bytes("e")}};
    batch.refusals[1].keys.sitting = make_id<SittingId>(3);
    ASSERT_TRUE(this->store().put(batch).ok());
    this->reopen();
    EXPECT_EQ(this->store().refusals({}).value().size(), 2U);
    Query query;
    query.keys.sitting = make_id<SittingId>(3);
    const auto found = this->store().refusals(query).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].refusal.reason, "record.package.epoch");
    EXPECT_EQ(to_string(found[0].refusal.envelope), "e");
}

TYPED_TEST(StoreContract, RowsChangeOnlyFromTheRevisionThatWasSeen) {
    const auto put = [&](const Row& row) {
        Batch batch;
        batch.rows = {row};
        return this->store().put(batch);
    };
    ASSERT_TRUE(put(make_row("attempt", "a", "started", 0)).ok());
    EXPECT_EQ(put(make_row("attempt", "a", "other", 0)).error().code, Code::kConflict);
    Row row = this->store().row("attempt", to_bytes("a")).value();
    EXPECT_EQ(row.state, "started");
    EXPECT_EQ(row.revision, 1U);
    row.state = "handed-in";
    ASSERT_TRUE(put(row).ok());
    EXPECT_EQ(put(row).error().code, Code::kConflict);
    ASSERT_TRUE(put(make_row("attempt", "a", "forced", kAnyRevision)).ok());
    this->reopen();
    row = this->store().row("attempt", to_bytes("a")).value();
    EXPECT_EQ(row.state, "forced");
    EXPECT_EQ(row.revision, 3U);
    Batch removal;
    removal.removals = {{"attempt", to_bytes("a"), 2}};
    EXPECT_EQ(this->store().put(removal).error().code, Code::kConflict);
    removal.removals[0].revision = 3;
    ASSERT_TRUE(this->store().put(removal).ok());
    EXPECT_EQ(this->store().row("attempt", to_bytes("a")).error().code, Code::kNotFound);
}

TYPED_TEST(StoreContract, ABatchWithAConflictLeavesNothing) {
    Batch good;
    good.rows = {make_row("t", "a", "x", 0)};
    ASSERT_TRUE(this->store().put(good).ok());
    Batch bad;
    bad.objects = {make_object("lost")};
    bad.bodies = {make_body(Bytes(10, 1))};
    bad.rows = {make_row("t", "b", "x", 0), make_row("t", "a", "y", 0)};
    bad.counters = {"n"};
    EXPECT_EQ(this->store().put(bad).error().code, Code::kConflict);
    this->reopen();
    EXPECT_FALSE(this->store().object(digest_of("lost")).ok());
    EXPECT_FALSE(this->store().body(bad.bodies[0].digest).ok());
    EXPECT_FALSE(this->store().row("t", to_bytes("b")).ok());
    EXPECT_EQ(this->store().counter("n").value(), 0U);
    EXPECT_TRUE(this->engine_.log().kept.empty());
}

TYPED_TEST(StoreContract, RowsAreListedByStateAndKeys) {
    Batch batch;
    for (int i = 0; i < 6; ++i) {
        Row row = make_row("job", "k" + std::to_string(i), i < 4 ? "waiting" : "done", 0);
        row.keys.sitting = make_id<SittingId>(i % 2 == 0 ? 1 : 2);
        batch.rows.push_back(std::move(row));
    }
    batch.rows.push_back(make_row("other", "k9", "waiting", 0));
    ASSERT_TRUE(this->store().put(batch).ok());
    Query query;
    query.state = "waiting";
    EXPECT_EQ(this->store().rows("job", query).value().size(), 4U);
    query.keys.sitting = make_id<SittingId>(2);
    const auto found = this->store().rows("job", query).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(to_string(found[0].key), "k1");
    query.after_key = found[0].key;
    EXPECT_EQ(this->store().rows("job", query).value().size(), 1U);
}

TYPED_TEST(StoreContract, CountersRiseByOneWhoeverAsks) {
    std::vector<std::future<Result<Committed>>> waiting;
    for (int i = 0; i < 40; ++i) {
        auto promise = std::make_shared<std::promise<Result<Committed>>>();
        waiting.push_back(promise->get_future());
        Batch batch;
        batch.counters = {"order"};
        ASSERT_TRUE(this->store()
                        .put(std::move(batch),
                             [promise](Result<Committed> r) { promise->set_value(std::move(r)); })
                        .ok());
    }
    std::set<std::uint64_t> numbers;
    for (auto& future : waiting) {
        numbers.insert(future.get().value().numbers.at(0));
    }
    EXPECT_EQ(numbers.size(), 40U);
    EXPECT_EQ(*numbers.rbegin(), 40U);
    this->reopen();
    EXPECT_EQ(this->store().counter("order").value(), 40U);
}

TYPED_TEST(StoreContract, ErasesPersonalRowsAndWraps) {
    const auto attempt = make_id<AttemptId>(1);
    const auto other = make_id<AttemptId>(2);
    const std::vector<PersonalRow> rows{{"roster", attempt, to_bytes("row"), to_bytes("name")},
                                        {"mark", attempt, to_bytes("m1"), to_bytes("5")},
                                        {"roster", other, to_bytes("row"), to_bytes("name 2")}};
    ASSERT_TRUE(this->store().put_personal(rows).ok());
    const Wrap wrap{attempt, "scoring", to_bytes("sealed")};
    ASSERT_TRUE(this->store().put_wraps({wrap, {attempt, "escrow", to_bytes("other")}}).ok());
    this->reopen();
    EXPECT_EQ(this->store().personal("roster", attempt).value(), std::vector{rows[0]});
    EXPECT_EQ(this->store().wrap(attempt, "scoring").value(), wrap);
    ASSERT_TRUE(this->store().erase_personal(attempt).ok());
    ASSERT_TRUE(this->store().destroy_wraps(attempt).ok());
    EXPECT_TRUE(this->store().personal("roster", attempt).value().empty());
    EXPECT_TRUE(this->store().personal("mark", attempt).value().empty());
    EXPECT_EQ(this->store().personal("roster", other).value().size(), 1U);
    EXPECT_EQ(this->store().wrap(attempt, "escrow").error().code, Code::kNotFound);
}

TYPED_TEST(StoreContract, RefusesWhatIsBeyondItsLimits) {
    const auto code_of = [&](const Batch& batch) {
        const auto result = this->store().put(batch);
        return result.ok() ? Code::kUsage : result.error().code;
    };
    Batch leaf;
    leaf.objects = {make_object(std::string(65'536, 'x'))};
    EXPECT_EQ(code_of(leaf), Code::kLimit);
    Batch body;
    body.bodies = {{{}, Bytes(kBodyBytesMax + 1)}};
    EXPECT_EQ(code_of(body), Code::kLimit);
    Batch many;
    many.counters.assign(kBatchPartsMax + 1, "n");
    EXPECT_EQ(code_of(many), Code::kLimit);
    Batch twice;
    twice.rows = {make_row("t", "a", "", 0), make_row("t", "a", "", 0)};
    EXPECT_EQ(code_of(twice), Code::kInvalid);
    Batch nameless;
    nameless.rows = {make_row("", "a", "", 0)};
    EXPECT_EQ(code_of(nameless), Code::kInvalid);
    EXPECT_TRUE(this->store().put(Batch{}).ok());
}

TYPED_TEST(StoreContract, NamesWhatTheLogHasAndItselfHasNotUntilItComesBack) {
    Batch here;
    here.objects = {make_object("here")};
    ASSERT_TRUE(this->store().put(here).ok());
    this->engine_.log().kept.push_back(to_bytes("gone"));  // as beside an old backup
    this->reopen();
    EXPECT_EQ(this->store().lost(0).value(), (std::vector<LostObject>{{digest_of("gone"), 1}}));
    EXPECT_TRUE(this->store().lost(2).value().empty());
    Batch back;
    back.objects = {make_object("gone")};
    EXPECT_EQ(this->store().put(back).value().objects.at(0).log_index, 1U);
    EXPECT_EQ(this->engine_.log().kept.size(), 2U) << "the leaf that was there counts";
    EXPECT_TRUE(this->store().lost(0).value().empty());
    this->reopen();
    EXPECT_EQ(this->store().object(digest_of("gone")).value().log_index, 1U);
    EXPECT_TRUE(this->store().lost(0).value().empty());
}

TYPED_TEST(StoreContract, TakesNoNewLeafWhileTheLogMayNotGrow) {
    this->engine_.log().may_grow = false;
    Batch leaf;
    leaf.objects = {make_object("leaf")};
    EXPECT_EQ(this->store().put(leaf).error().code, Code::kUnavailable);
    EXPECT_EQ(this->store().object(digest_of("leaf")).error().code, Code::kNotFound);
    Batch rest;
    rest.objects = {make_object("no leaf", false)};
    rest.bodies = {make_body(Bytes(5, 5))};
    EXPECT_TRUE(this->store().put(rest).ok());
    this->engine_.log().may_grow = true;
    EXPECT_EQ(this->store().put(leaf).value().objects.at(0).log_index, 0U);
}

TYPED_TEST(StoreContract, ScrubsAtThePaceThatItIsGiven) {
    Batch batch;
    batch.bodies = {make_body(Bytes(10, 1)), make_body(Bytes(10, 2))};
    ASSERT_TRUE(this->store().put(batch).ok());
    int asked = 0;
    EXPECT_TRUE(this->store().scrub([&asked] { return ++asked < 2; }).ok());
    EXPECT_GE(asked, 2);
}

TYPED_TEST(StoreContract, SaysHowItIsDoing) {
    this->engine_.clock().advance(std::chrono::seconds(30));
    ASSERT_TRUE(this->store().put(Batch{}).ok());
    const Health health = this->store().health();
    EXPECT_TRUE(health.writable);
    EXPECT_EQ(health.last_commit, this->engine_.clock().wall());
    EXPECT_GT(health.free_bytes, 0U);
}

}  // namespace
}  // namespace assay::store
