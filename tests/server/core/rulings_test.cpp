#include "server/core/rulings.h"

#include "server/core/scoring.h"
#include "server/core/tables.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using record::ResultState;
using test::give;

class RulingsTest : public testing::Test {
  protected:
    void SetUp() override { house_.set_up_sitting(); }

    test::Organisation::Packed hand_in(std::size_t index, const std::string& answer = "A",
                                       const std::string& essay = "") {
        test::Organisation::Given given{give("Q01", answer)};
        if (!essay.empty()) {
            given.push_back(give("Q12", essay));
        }
        auto package = house_.pack(house_.attempt(index), given);
        const auto reply = house_.intake->take(package.digest(), package.upload);
        EXPECT_TRUE(reply.ok()) << to_string(reply.error());
        return package;
    }
    const SittingId& sitting() { return house_.manifest.object.sitting; }
    const AttemptId& attempt(std::size_t index) { return house_.attempt(index).attempt; }
    std::vector<ScoredAttempt> score() {
        return house_.scoring().score(sitting(), house_.scoring_key).value();
    }
    record::Signed<record::AttemptResult> result(std::size_t index) {
        return newest_result(*house_.ports, attempt(index)).value();
    }
    record::Decision decision(std::size_t index, const std::string& question) {
        record::Decision out;
        out.sitting = sitting();
        out.attempt = attempt(index);
        out.question = question;
        out.reason = "two people looked at it";
        out.time = house_.clock.wall();
        return out;
    }
    void mark(std::size_t index, const std::string& item, std::int64_t points, std::int64_t most) {
        house_.clock.advance(std::chrono::seconds(60));  // the later sheet stands
        record::MarkSheet sheet;
        sheet.attempt = attempt(index);
        sheet.item = item;
        sheet.criterion = "total";
        sheet.mark_milli = points * 1000;
        sheet.max_milli = most * 1000;
        sheet.time = house_.clock.wall();
        sheet.marker = house_.officer_ids[0];
        ASSERT_TRUE(house_.mark(record::sign(sheet, house_.officers[0])).ok());
    }
    record::Correction correction(const DryRun& run) {
        record::Correction out;
        out.sitting = sitting();
        for (const Change& change : run.changes) {
            out.replaced.push_back(change.replaced);
        }
        out.what = run.what;
        out.replacement = run.replacement;
        out.reason = "the mark was typed wrongly";
        out.report = crypto::sha256(record::write_document(run));
        out.time = house_.clock.wall();
        return out;
    }
    Rulings rulings() { return {*house_.ports, *house_.trust, *house_.sittings, *house_.intake}; }
    std::uint64_t leaves() { return house_.central->size(); }

    test::Organisation house_;
};

TEST_F(RulingsTest, ACorrectionReplacesExactlyWhatItsDryRunShowed) {
    hand_in(0, "A", "两个原因……");
    hand_in(1);
    mark(0, "Q12", 3, 15);
    score();
    const auto before = result(0);
    const auto untouched = result(1);
    mark(0, "Q12", 13, 15);
    EXPECT_EQ(score()[0].problem->what.id, "server.score.correction"_id);
    const Proposal proposal{kCorrectMark, Digest{}};
    auto scoring = house_.scoring();
    const DryRun run = scoring.dry_run(sitting(), proposal, house_.scoring_key).value();
    ASSERT_EQ(run.changes.size(), 1U);
    EXPECT_EQ(run.changes[0].replaced, before.digest);
    EXPECT_EQ(run.changes[0].score_milli - run.changes[0].old_score_milli, 10'000);
    EXPECT_EQ(result(0).digest, before.digest) << "a dry run keeps nothing";

    const auto one_person = house_.approved(correction(run), 1);
    EXPECT_EQ(scoring.correct(one_person, house_.scoring_key).error().code, Code::kDenied);
    record::Correction more = correction(run);
    more.replaced.push_back(untouched.digest);
    EXPECT_EQ(scoring.correct(house_.approved(more), house_.scoring_key).error().code,
              Code::kRefused);

    const auto signed_file = house_.approved(correction(run));
    const auto done = scoring.correct(signed_file, house_.scoring_key);
    ASSERT_TRUE(done.ok()) << to_string(done.error());
    const auto after = result(0);
    EXPECT_EQ(after.object.predecessor, before.digest);
    EXPECT_EQ(after.object.number, 2U);
    EXPECT_EQ(after.object.manifest,
              crypto::sha256(record::make(correction(run)).envelope.payload));
    EXPECT_EQ(after.object.score_milli - before.object.score_milli, 10'000);
    EXPECT_EQ(result(1).digest, untouched.digest);
    EXPECT_EQ(house_.store->personal(kResultTable, attempt(0)).value().size(), 2U)
        << "nothing disappears";
    ASSERT_TRUE(scoring.correct(signed_file, house_.scoring_key).ok()) << "again is harmless";
    EXPECT_EQ(result(0).digest, after.digest);
    EXPECT_FALSE(score()[0].problem.has_value());
}

TEST_F(RulingsTest, ACorrectionWhoseDryRunIsOldIsRefused) {
    hand_in(0, "A", "两个原因……");
    mark(0, "Q12", 3, 15);
    score();
    mark(0, "Q12", 13, 15);
    auto scoring = house_.scoring();
    const DryRun run =
        scoring.dry_run(sitting(), {kCorrectMark, Digest{}}, house_.scoring_key).value();
    mark(0, "Q12", 1, 15);
    const std::uint64_t before = leaves();
    const auto done = scoring.correct(house_.approved(correction(run)), house_.scoring_key);
    EXPECT_EQ(done.error().what.id, "server.correction.other"_id);
    EXPECT_EQ(leaves(), before);
}

TEST_F(RulingsTest, TwoPeopleMakeAnAttemptVoidUnderACorrection) {
    hand_in(0);
    score();
    const auto decided = house_.approved(decision(0, kDecideVoid));
    EXPECT_EQ(rulings().decide(house_.approved(decision(0, kDecideVoid), 1)).error().code,
              Code::kDenied);
    ASSERT_TRUE(rulings().decide(decided).ok());
    auto scoring = house_.scoring();
    const Digest digest = record::read_signed<record::Decision>(decided)->digest;
    const DryRun run =
        scoring.dry_run(sitting(), {kCorrectEpoch, digest}, house_.scoring_key).value();
    ASSERT_EQ(run.changes.size(), 1U);
    EXPECT_EQ(run.changes[0].state, ResultState::kVoid);
    ASSERT_TRUE(scoring.correct(house_.approved(correction(run)), house_.scoring_key).ok());
    EXPECT_EQ(result(0).object.state, ResultState::kVoid);
    EXPECT_EQ(result(0).object.source, digest);
}

TEST_F(RulingsTest, ARefusedPackageMayBeChosenByTwoPeople) {
    const auto first = hand_in(0, "A");
    const auto second = house_.pack(house_.attempt(0), {give("Q01", "B")});
    ASSERT_FALSE(house_.intake->take(second.digest(), second.upload).ok());
    record::Decision choose = decision(0, kDecidePackage);
    choose.candidates = {first.digest(), second.digest()};
    choose.chosen = hand_in(1).digest();
    EXPECT_EQ(rulings().decide(house_.approved(choose)).error().code, Code::kRefused);
    choose.chosen = second.digest();
    const Status done = rulings().decide(house_.approved(choose));
    ASSERT_TRUE(done.ok()) << to_string(done.error());
    EXPECT_EQ(house_.intake->accepted(attempt(0))->digest, second.digest());
    EXPECT_TRUE(receipt_of(*house_.ports, second.digest()).ok()) << "it is a leaf now";
    EXPECT_TRUE(house_.store->object(first.digest()).ok());
    EXPECT_EQ(rulings().decide(house_.approved(decision(0, "flip a coin"))).error().code,
              Code::kRefused);
}

TEST_F(RulingsTest, OnlyNewestResultsArePublishedAndByTwoPeople) {
    hand_in(0);
    score();
    record::Publication publication{sitting(), {result(0).digest}, house_.clock.wall()};
    EXPECT_EQ(rulings().publish(house_.approved(publication, 1)).error().code, Code::kDenied);
    EXPECT_EQ(published_result(*house_.ports, attempt(0)).error().code, Code::kNotFound);
    ASSERT_TRUE(rulings().publish(house_.approved(publication)).ok());
    EXPECT_EQ(published_result(*house_.ports, attempt(0)).value(), result(0).digest);
    publication.results.push_back(Digest{});
    EXPECT_EQ(rulings().publish(house_.approved(publication)).error().code, Code::kRefused);
}

TEST_F(RulingsTest, AnErasureLeavesItsLeafAndNothingOfThePerson) {
    hand_in(0);
    hand_in(1);
    score();
    record::Erasure erasure{
        sitting(), house_.manifest.digest, {attempt(0)}, "appeals are over", house_.clock.wall()};
    record::Erasure foreign = erasure;
    foreign.attempts = {house_.random.id<AttemptId>()};
    EXPECT_FALSE(rulings().erase(house_.approved(foreign)).ok());
    const std::uint64_t before = leaves();
    ASSERT_EQ(rulings().erase(house_.approved(erasure)).value(), 1U);
    EXPECT_EQ(leaves(), before + 1);
    EXPECT_TRUE(house_.store->personal(kRosterTable, attempt(0)).value().empty());
    EXPECT_EQ(newest_result(*house_.ports, attempt(0)).error().code, Code::kNotFound);
    for (const char* wrap : {kScoringWrap, kEscrowWrap}) {
        EXPECT_EQ(house_.store->wrap(attempt(0), wrap).error().code, Code::kNotFound);
    }
    EXPECT_FALSE(house_.store->personal(kRosterTable, attempt(1)).value().empty());
    EXPECT_TRUE(house_.central->scrub().ok()) << "the log still verifies";
}

TEST_F(RulingsTest, ARecoveredPackageNeedsTheOfficersWordWhyItWasMade) {
    auto made = house_.pack(house_.attempt(0), {give("Q01", "A")}).statement.object;
    made.kind = record::PackageKind::kRecovered;
    const auto files =
        record::read_upload(house_.pack(house_.attempt(0), {give("Q01", "A")}).upload).value();
    made.package = crypto::sha256(files.package);
    made.bytes = files.package.size();
    const auto package = house_.approve(record::make(made));
    const Bytes upload = record::write_upload({to_bytes(package.json()), files.package});
    EXPECT_EQ(house_.intake->take(package.digest, upload).error().what.id,
              "server.package.recovery"_id);
    record::Recovery recovery{attempt(0),  made.epoch,           Digest{},
                              "desk copy", "the terminal burnt", house_.clock.wall()};
    EXPECT_FALSE(rulings().recover(house_.approved(recovery), upload).ok());
    recovery.package = package.digest;
    EXPECT_FALSE(rulings().recover(house_.approved(recovery, 1), upload).ok());
    const auto taken = rulings().recover(house_.approved(recovery), upload);
    ASSERT_TRUE(taken.ok()) << to_string(taken.error());
    EXPECT_EQ(house_.intake->accepted(attempt(0))->digest, package.digest);
}

TEST_F(RulingsTest, APackageOfAnotherPaperIsRefused) {
    auto packed = house_.pack(house_.attempt(0), {give("Q01", "A")});
    auto object = packed.statement.object;
    object.parts[0].bank = Digest{};
    auto made = record::sign(object, house_.terminal_key);
    made.envelope.add_signature(house_.desk_key);
    const auto files = record::read_upload(packed.upload).value();
    const auto taken = house_.intake->take(
        made.digest, record::write_upload({to_bytes(made.json()), files.package}));
    EXPECT_EQ(taken.error().what.id, "server.package.part"_id);
}

}  // namespace
}  // namespace assay::server_core
