#include "server/api/paper.h"

#include "tests/server/core/organisation.h"

namespace assay::server_api {
namespace {

class PaperTest : public testing::Test {
  protected:
    void SetUp() override {
        house_.set_up_sitting();
        sitting_ = house_.sittings->find(house_.manifest.object.sitting).value();
        roster_ = house_.sittings->roster(*sitting_).value();
        roster_.rows[0].name = "<b>&\"阿依古丽·买买提";
    }
    PaperSitting paper() { return {*sitting_, roster_, photos_, std::chrono::hours(8)}; }
    static std::size_t count(const std::string& page, std::string_view what) {
        std::size_t out = 0;
        for (auto at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) {
            ++out;
        }
        return out;
    }

    test::Organisation house_;
    text::Texts texts_ = text::Texts::load(house_.disk, test::locale_folder()).value();
    std::shared_ptr<const server_core::Sitting> sitting_;
    record::SiteRoster roster_;
    std::map<Digest, std::string> photos_;
};

TEST_F(PaperTest, HoldsEveryCandidateOnceAndReachesForNothing) {
    for (const auto language : {text::Language::kChinese, text::Language::kEnglish}) {
        for (const std::string& page :
             {admission_tickets(paper(), texts_, language), seat_labels(paper(), texts_, language),
              door_lists(paper(), texts_, language), sign_in_sheets(paper(), texts_, language)}) {
            for (const record::RosterRow& row : roster_.rows) {
                EXPECT_GE(count(page, row.name), row.name.front() == '<' ? 0U : 1U) << row.name;
            }
            EXPECT_EQ(count(page, "<b>&\""), 0U) << "names are escaped";
            EXPECT_EQ(count(page, "&lt;b&gt;&amp;&quot;阿依古丽·买买提"), 1U);
            EXPECT_EQ(count(page, "http"), 1U) << "http-equiv alone";
            EXPECT_EQ(count(page, "src="), 0U) << "nobody has a photo here";
        }
    }
}

TEST_F(PaperTest, ShowsSeatCodesOnSeatsAloneAndWholeNumbersNotOnDoors) {
    const auto zh = text::Language::kChinese;
    const record::RosterRow& row = roster_.rows[1];
    EXPECT_EQ(count(seat_labels(paper(), texts_, zh), row.seat_code), 1U);
    for (const std::string& page :
         {admission_tickets(paper(), texts_, zh), door_lists(paper(), texts_, zh),
          sign_in_sheets(paper(), texts_, zh)}) {
        EXPECT_EQ(count(page, ">" + row.seat_code + "<"), 0U);
    }
    EXPECT_EQ(count(door_lists(paper(), texts_, zh), row.number), 0U);
    EXPECT_GE(count(sign_in_sheets(paper(), texts_, zh), row.number), 1U);
}

TEST_F(PaperTest, PutsAPhotoIntoTheTicket) {
    const Bytes png{0x89, 'P', 'N', 'G'};
    roster_.rows[2].photo = crypto::sha256(png);
    photos_[*roster_.rows[2].photo] = "data:image/png;base64,iVBORw==";
    EXPECT_EQ(count(admission_tickets(paper(), texts_, text::Language::kEnglish),
                    "data:image/png;base64,iVBORw=="),
              1U);
}

TEST_F(PaperTest, SaysAResultInBothLanguages) {
    record::AttemptResult result;
    result.attempt = roster_.rows[1].attempt;
    result.score_milli = 61'500;
    result.max_milli = 100'000;
    result.state = record::ResultState::kPassed;
    const std::string page =
        result_sheet({*sitting_, roster_.rows[1], result, Digest{}, std::chrono::hours(8)}, texts_);
    EXPECT_EQ(count(page, "通过 / passed"), 1U);
    EXPECT_EQ(count(page, "61.5 / 100"), 1U);
    EXPECT_EQ(count(page, roster_.rows[1].number), 1U);
}

TEST_F(PaperTest, TellsTimesOfTheSite) {
    EXPECT_EQ(
        local_time(WallTime::from_text("2026-11-23T20:30:00Z").value(), std::chrono::hours(8)),
        "2026-11-24 04:30");
}

}  // namespace
}  // namespace assay::server_api
