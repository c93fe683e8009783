#include "terminal/ui/scene.h"

#include <gtest/gtest.h>

namespace assay::terminal_ui {
namespace {

using sitting::Phase;

std::shared_ptr<const sitting::Paper> paper_of(std::initializer_list<const char*> items) {
    auto paper = std::make_shared<sitting::Paper>();
    for (const char* const item : items) {
        sitting::Paper::Entry entry;
        entry.identifier = item;
        entry.item = std::make_shared<const item::Item>();
        paper->entries.push_back(std::move(entry));
    }
    return paper;
}

Facts running() {
    Facts facts;
    facts.choices.begun = true;
    facts.choices.item = "Q1";
    facts.view.phase = Phase::kRunning;
    facts.view.remaining_ms = 3'600'000;
    facts.paper = paper_of({"Q1", "Q2", "Q3"});
    facts.state.items["Q2"].responses["RESPONSE"].values = {"A"};
    facts.state.items["Q3"].flagged = true;
    return facts;
}

TEST(Scene, FollowsTheCheckInStepByStep) {
    Facts facts;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kLanguage);
    facts.choices.begun = true;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kCheckIn);
    facts.view.person.emplace();
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kPerson);
    facts.choices.person_right = true;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kRules);
    facts.view.confirmed = true;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kWaiting);
}

TEST(Scene, NamesTheExamBeforeItsPaperIsOpen) {
    Facts facts;
    facts.view.exam_title = "网络系统运维 / Network operations";
    EXPECT_EQ(make_scene(facts).exam_title, facts.view.exam_title);
    facts = running();
    facts.view.exam_title = "of the manifest";
    EXPECT_NE(make_scene(facts).exam_title, facts.view.exam_title) << "the paper's own, when open";
}

TEST(Scene, SaysThatASeatHasNoCameraAndNothingWasLost) {
    Facts facts = running();
    facts.camera_here = false;
    facts.rules.emplace();
    facts.rules->camera = record::CameraPolicy::kOptional;
    facts.state.consent = true;
    facts.state.evidence.open_findings.insert("CAM_NONE");
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.no-camera"_id);
}

TEST(Scene, CountsWhatIsUnansweredAndFlagged) {
    const Scene scene = make_scene(running());
    EXPECT_EQ(scene.screen, ScreenName::kPaper);
    ASSERT_EQ(scene.items.size(), 3U);
    EXPECT_TRUE(scene.items[0].current);
    EXPECT_TRUE(scene.items[1].answered);
    EXPECT_EQ(scene.unanswered, 2U);
    EXPECT_EQ(scene.flagged, 1U);
}

TEST(Scene, ShowsTheConfirmationOnlyWhileTheTimeRuns) {
    Facts facts = running();
    facts.choices.asked_hand_in = true;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kConfirm);
    facts.view.phase = Phase::kPaused;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kPaused);
    facts.view.phase = Phase::kHandedIn;
    EXPECT_EQ(make_scene(facts).screen, ScreenName::kLast);
}

TEST(Scene, SaysSavedOnlyWhenNothingWaits) {
    Facts facts = running();
    EXPECT_FALSE(make_scene(facts).saving);
    facts.waiting_saves = 1;
    EXPECT_TRUE(make_scene(facts).saving);
}

TEST(Scene, TellsTroubleCalmlyAndTheWorstFirst) {
    Facts facts = running();
    EXPECT_FALSE(make_scene(facts).trouble);
    facts.choices.page_restarted = true;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.page"_id);
    facts.view.link = sitting::LinkState::kDown;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.header.link-down"_id);
    facts.view.disk_full = true;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.disk"_id);
    facts.view.fenced = true;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.fenced"_id);
}

TEST(Scene, MissesTheCameraOnlyWhereOneIsAskedForAndAgreedTo) {
    Facts facts = running();
    facts.state.evidence.open_findings.insert("CAM_LOST");
    EXPECT_FALSE(make_scene(facts).trouble);
    facts.rules.emplace().camera = record::CameraPolicy::kRequired;
    EXPECT_FALSE(make_scene(facts).trouble);
    facts.state.consent = true;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.camera"_id);
    facts.camera_here = false;
    EXPECT_EQ(make_scene(facts).trouble, "terminal.trouble.no-camera"_id);
}

TEST(Scene, SaysTheTimeThatIsLeftForAWhileAfterEachMark) {
    Facts facts = running();
    EXPECT_FALSE(make_scene(facts).minutes_left);
    facts.view.remaining_ms = 15 * 60'000 - 1;
    EXPECT_EQ(make_scene(facts).minutes_left, 15);
    facts.view.remaining_ms = 14 * 60'000;
    EXPECT_FALSE(make_scene(facts).minutes_left);
    facts.view.remaining_ms = 5 * 60'000;
    EXPECT_EQ(make_scene(facts).minutes_left, 5);
    facts.view.phase = Phase::kPaused;
    EXPECT_FALSE(make_scene(facts).minutes_left);
}

TEST(Scene, OffersAMessageUntilItIsRead) {
    Facts facts = running();
    facts.view.desk_texts = {{1, record::OrderKind::kMessage, "", "one", 0},
                             {2, record::OrderKind::kMessage, "", "two", 0}};
    ASSERT_TRUE(make_scene(facts).message);
    EXPECT_EQ(make_scene(facts).message->text, "two");
    facts.choices.messages_read = 2;
    EXPECT_FALSE(make_scene(facts).message);
}

TEST(Scene, NamesTheCandidatesOwnTime) {
    record::SittingRules rules;
    rules.duration_minutes = 60;
    Facts facts;
    facts.rules = rules;
    facts.view.person.emplace();
    EXPECT_EQ(make_scene(facts).whole_seconds, 60 * 60);
    EXPECT_FALSE(make_scene(facts).more_time);
    facts.view.person->row.accommodations.extra_time_percent = 25;
    EXPECT_EQ(make_scene(facts).whole_seconds, 75 * 60);
    EXPECT_TRUE(make_scene(facts).more_time);
}

}  // namespace
}  // namespace assay::terminal_ui
