#include "server/core/scoring.h"

#include "server/core/disclosures.h"
#include "server/core/exports.h"
#include "server/core/openings.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using record::ResultState;
using test::give;

class ScoringTest : public testing::Test {
  protected:
    void SetUp() override { house_.set_up_sitting(); }

    void hand_in(std::size_t index, const test::Organisation::Given& given) {
        const auto package = house_.pack(house_.attempt(index), given);
        const auto reply = house_.intake->take(package.digest(), package.upload);
        ASSERT_TRUE(reply.ok()) << to_string(reply.error());
    }
    void seal_room(std::size_t absent) {
        record::Seal seal;
        seal.manifest = house_.manifest.digest;
        seal.room = house_.room;
        seal.opening = house_.opening.digest;
        for (const record::AttemptRow& row : house_.attempts().attempts) {
            seal.rows.push_back({row.attempt, std::nullopt, record::Disposition::kLost, {}, {}});
        }
        seal.rows.at(absent).disposition = record::Disposition::kAbsent;
        house_.bring(record::sign(seal, house_.desk_key));
    }
    std::vector<ScoredAttempt> score() {
        auto scoring = house_.scoring();
        const auto run = scoring.score(house_.manifest.object.sitting, house_.scoring_key);
        EXPECT_TRUE(run.ok()) << to_string(run.error());
        return *run;
    }
    void mark(std::size_t index, const std::string& item, std::int64_t points, std::int64_t most) {
        record::MarkSheet sheet;
        sheet.attempt = house_.attempt(index).attempt;
        sheet.item = item;
        sheet.criterion = "total";
        sheet.mark_milli = points * 1000;
        sheet.max_milli = most * 1000;
        sheet.time = house_.clock.wall();
        sheet.marker = house_.officer_ids[0];
        const auto made = record::sign(sheet, house_.officers[0]);
        const Status kept = house_.mark(made);
        ASSERT_TRUE(kept.ok()) << to_string(kept.error());
    }
    record::AttemptResult result(std::size_t index) {
        const auto found = newest_result(*house_.ports, house_.attempt(index).attempt);
        EXPECT_TRUE(found.ok()) << to_string(found.error());
        EXPECT_TRUE(record::require_key(*found, record::public_of(house_.result_key)).ok());
        return found->object;
    }

    test::Organisation house_;
};

TEST_F(ScoringTest, ScoresWhatWasHandedInAndSaysItWasOpened) {
    hand_in(0, {give("Q01", "A"), give("Q10", "D4"), give("Q05", "YOY", "FIRST")});
    const auto run = score();
    EXPECT_EQ(run[0].state, ResultState::kFailed) << to_string(*run[0].problem);
    EXPECT_TRUE(run[0].fresh);
    const auto scored = result(0);
    EXPECT_EQ(scored.score_milli, 11'000);  // 3 + 6 + 2
    EXPECT_EQ(scored.max_milli, 100'000);
    const auto package = house_.intake->accepted(house_.attempt(0).attempt)->digest;
    const auto opened =
        record::read_signed<record::Opened>(opened_statement(*house_.ports, package).value());
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(opened->object.commitment_right);
    EXPECT_TRUE(opened->object.answers_equal_journal);
    EXPECT_FALSE(run[1].state.has_value());  // the room is not sealed yet
}

TEST_F(ScoringTest, KeepsAResultThatWouldBeTheSame) {
    hand_in(0, {give("Q01", "A")});
    score();
    EXPECT_FALSE(score()[0].fresh);
    EXPECT_EQ(result(0).number, 1U);
}

TEST_F(ScoringTest, WithholdsUntilAPersonHasMarked) {
    hand_in(0, {give("Q01", "A"), give("Q12", "两个原因……")});
    const auto run = score();
    EXPECT_EQ(run[0].state, ResultState::kWithheld);
    EXPECT_EQ(run[0].unmarked, std::vector<std::string>{"Q12"});
    mark(0, "Q12", 12, 15);
    EXPECT_EQ(score()[0].state, ResultState::kFailed);
    EXPECT_EQ(result(0).score_milli, 15'000);
    EXPECT_EQ(result(0).number, 2U);
    EXPECT_EQ(result(0).marks.size(), 1U);
    mark(0, "Q12", 13, 15);  // a final result changes under a correction only
    EXPECT_EQ(score()[0].problem->what.id.text(), "server.score.correction");
}

TEST_F(ScoringTest, TakesAMarkFromItsMarkerOnlyAndNoneBeyondTheMost) {
    record::MarkSheet sheet;
    sheet.attempt = house_.attempt(0).attempt;
    sheet.item = "Q12";
    sheet.criterion = "total";
    sheet.mark_milli = sheet.max_milli = 15'000;
    sheet.marker = house_.officer_ids[0];
    sheet.time = house_.clock.wall();
    const auto taken = [&](const crypto::SigningKey& key) {
        return house_.mark(record::sign(sheet, key));
    };
    EXPECT_EQ(taken(house_.officers[1]).error().code, Code::kDenied) << "in another's name";
    sheet.mark_milli = 15'001;
    EXPECT_EQ(taken(house_.officers[0]).error().code, Code::kRefused);
    sheet.mark_milli = 15'000;
    EXPECT_TRUE(taken(house_.officers[0]).ok());
}

TEST_F(ScoringTest, TakesTheSealsWordForWhoHandedNothingIn) {
    seal_room(1);
    const auto run = score();
    EXPECT_EQ(run[1].state, ResultState::kAbsent);
    EXPECT_EQ(run[2].state, ResultState::kWithheld);
}

TEST_F(ScoringTest, NeedsTheKeyThatTheManifestNames) {
    auto scoring = house_.scoring();
    const auto run = scoring.score(house_.manifest.object.sitting, house_.escrow_key);
    EXPECT_EQ(run.error().code, Code::kDenied);
}

TEST_F(ScoringTest, ExportsAPersonsNameToTheOrganisationOnly) {
    hand_in(0, {give("Q01", "A")});
    score();
    const auto out = house_.folder.path() / "out";
    const CsvWords words{
        {"考号", "姓名", "座位", "结果", "代码", "得分", "满分", "序号", "摘要", "考次"},
        [](ResultState state) {
            return std::string(state == ResultState::kFailed ? "未通过" : "?");
        }};
    const auto exported = export_results(*house_.ports, *house_.sittings,
                                         house_.manifest.object.sitting, house_.disk, out, words);
    ASSERT_TRUE(exported.ok()) << to_string(exported.error());
    EXPECT_EQ(exported->results, 1U);
    EXPECT_EQ(exported->reports, 1U);
    const Bytes csv = read_file(house_.disk, out / "results.csv", 1U << 20U).value();
    EXPECT_NE(as_text(csv).find(",未通过,failed,3,100,1,"), std::string_view::npos) << as_text(csv);
    EXPECT_EQ(as_text(csv).find("减免"), std::string_view::npos);
    const Bytes xml =
        read_file(house_.disk, out / (house_.attempt(0).attempt.hex() + ".xml"), 1U << 20U).value();
    EXPECT_NE(as_text(xml).find("assessmentResult"), std::string_view::npos);
}

TEST_F(ScoringTest, OpensAnAttemptForWhomTwoOfficersName) {
    hand_in(0, {give("Q01", "A")});
    const auto to = crypto::AgeIdentity::generate(house_.random);
    const auto package = house_.intake->accepted(house_.attempt(0).attempt).value();
    const record::Opening opening{
        house_.attempt(0).attempt,         package.digest, house_.attempt(0).recipient,
        record::public_of(to.recipient()), "appeal",       house_.clock.wall()};
    const auto open = [&](std::size_t officers) {
        return open_attempt(*house_.ports, *house_.trust, *house_.sittings, *house_.intake,
                            house_.approved(opening, officers), house_.scoring_key);
    };
    EXPECT_EQ(open(1).error().code, Code::kDenied);
    const auto opened = open(2);
    ASSERT_TRUE(opened.ok()) << to_string(opened.error());
    const auto key = sealed::open_capsule(opened->key, to, house_.attempt(0).recipient);
    ASSERT_TRUE(key.ok());
    EXPECT_TRUE(crypto::age_decrypt(opened->package, *key).ok());
}

TEST_F(ScoringTest, DisclosesASittingForWhomTwoOfficersName) {
    hand_in(0, {give("Q01", "A"), give("Q12", "两个原因……")});
    mark(0, "Q12", 12, 15);
    seal_room(1);
    score();
    const auto to = crypto::AgeIdentity::generate(house_.random);
    record::Disclosure disclosure;
    disclosure.sitting = house_.manifest.object.sitting;
    disclosure.manifest = house_.manifest.digest;
    disclosure.to = record::public_of(to.recipient());
    disclosure.with_scoring_views = true;
    disclosure.purpose = "audit";
    disclosure.time = house_.clock.wall();
    std::map<std::string, Bytes> files;
    const auto disclose = [&](std::size_t officers) {
        return disclose_sitting(*house_.ports, *house_.trust, *house_.sittings, *house_.intake,
                                house_.approved(disclosure, officers), house_.scoring_key,
                                [&](const std::string& name, ByteView bytes) {
                                    files[name] = Bytes(bytes.begin(), bytes.end());
                                    return Status(Ok{});
                                });
    };
    EXPECT_EQ(disclose(1).error().code, Code::kDenied);
    EXPECT_TRUE(files.empty());
    const std::uint64_t leaves = house_.central->size();
    const auto done = disclose(2);
    ASSERT_TRUE(done.ok()) << to_string(done.error());
    EXPECT_EQ(house_.central->size(), leaves + 1) << "it is a leaf";
    EXPECT_EQ(done->packages, 1U);
    EXPECT_EQ(done->keys, house_.attempts().attempts.size());
    EXPECT_EQ(done->views, 1U);
    const std::string folder = "attempts/" + house_.attempt(0).attempt.hex() + "/";
    const auto key =
        sealed::open_capsule(files.at(folder + "attempt-key.age"), to, house_.attempt(0).recipient);
    ASSERT_TRUE(key.ok());
    EXPECT_TRUE(crypto::age_decrypt(files.at(folder + "package.age"), *key).ok());
    EXPECT_TRUE(sealed::open_capsule(files.at("parts/1/scoring-view-key.age"), to,
                                     house_.bank->scoring_statement.object.recipient)
                    .ok());
    for (const auto& [name, bytes] : files) {
        EXPECT_EQ(as_text(bytes).find("张"), std::string_view::npos) << name << " names nobody";
    }
    EXPECT_TRUE(files.contains("seal-1.dsse.json") && files.contains(folder + "result.dsse.json"));
    ASSERT_TRUE(house_.store->destroy_wraps(house_.attempt(1).attempt).ok());
    EXPECT_EQ(disclose(2)->erased, 1U);
    EXPECT_EQ(house_.central->size(), leaves + 1);
}

TEST(Csv, NeverBecomesAFormula) {
    EXPECT_EQ(csv_field("=1+1"), "'=1+1");
    EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
    EXPECT_EQ(csv_field("张·阿依古丽"), "张·阿依古丽");
}

}  // namespace
}  // namespace assay::server_core
