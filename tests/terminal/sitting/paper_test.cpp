#include "terminal/sitting/paper.h"

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "question-bank/sealed/seal.h"
#include "tests/terminal/sitting/seat.h"

namespace assay::sitting {
namespace {

using record::OrderKind;
using test::RunningRoom;
using test::Seat;

constexpr std::string_view kManifest = R"(<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M">
 <resources>
  <resource identifier="T" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/>
   <dependency identifierref="A"/><dependency identifierref="B"/></resource>
  <resource identifier="A" type="imsqti_item_xmlv2p1" href="items/a.xml">
   <file href="items/a.xml"/></resource>
  <resource identifier="B" type="imsqti_item_xmlv2p1" href="items/b.xml">
   <file href="items/b.xml"/></resource>
 </resources>
</manifest>)";

constexpr std::string_view kTest = R"(<?xml version="1.0" encoding="UTF-8"?>
<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="T" title="试卷">
 <testPart identifier="P" navigationMode="nonlinear" submissionMode="simultaneous">
  <assessmentSection identifier="S" title="S" visible="true">
   <assessmentItemRef identifier="Q1" href="items/a.xml"/>
   <assessmentItemRef identifier="Q2" href="items/b.xml"/>
  </assessmentSection>
 </testPart>
</assessmentTest>)";

std::string item_xml(const std::string& name) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier=")" +
           name + R"(" title="t" adaptive="false" timeDependent="false">
 <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">
  <correctResponse><value>secret</value></correctResponse></responseDeclaration>
 <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
 <itemBody><p>问 <textEntryInteraction responseIdentifier="RESPONSE"/></p></itemBody>
</assessmentItem>)";
}

/// A bank of two items in place of the placeholder.
void seal_bank(test::World& world) {
    std::map<std::string, Bytes> files{{"imsmanifest.xml", to_bytes(kManifest)},
                                       {"test.xml", to_bytes(kTest)},
                                       {"items/a.xml", to_bytes(item_xml("a"))},
                                       {"items/b.xml", to_bytes(item_xml("b"))}};
    const item::Package package = item::make_package(std::move(files)).value();
    const sealed::Views views = sealed::split_views(package).value();
    sealed::SealRequest request{world.exam,
                                world.part,
                                1,
                                "A",
                                WallTime{0},
                                WallTime{4'000'000'000},
                                world.attempt_key.recipient()};
    sealed::SealedPart made = sealed::seal_part(world.random, views, request).value();
    world.bank = std::move(made.bank);
    world.bank_part = made.bank_statement.object;
    world.part_key = std::move(made.part_key);
}

class OpenRoom : public testing::Test {
  protected:
    OpenRoom() : world_(3) {
        seal_bank(world_);
        desk_.emplace(world_, clock_);
        seat_.emplace(world_, *desk_, clock_);
    }
    void start() {
        ASSERT_TRUE(seat_->run().ok());
        seat_->admit();
        desk_->release();
        desk_->order(OrderKind::kStart);
        seat_->pass(2);
        ASSERT_EQ(seat_->session->view().phase, Phase::kRunning);
    }

    FakeClock clock_;
    test::World world_;
    std::optional<test::FakeDesk> desk_;
    std::optional<Seat> seat_;
};

TEST_F(OpenRoom, ShowsThePaperOnlyAfterItsRelease) {
    ASSERT_TRUE(seat_->run().ok());
    seat_->admit();
    EXPECT_EQ(seat_->session->open_paper().error().what.id, "sitting.paper.not-released"_id);
    desk_->release();
    seat_->pass(2);
    const auto paper = seat_->session->open_paper();
    ASSERT_TRUE(paper.ok()) << to_string(paper.error());
    ASSERT_EQ((*paper)->entries.size(), 2U);
    EXPECT_EQ((*paper)->entries[1].identifier, "Q2");
    EXPECT_EQ((*paper)->entries[1].path, "items/b.xml");
    EXPECT_EQ((*paper)->entries[0].item->identifier, "a");
    EXPECT_EQ((*paper)->entries[0].item->response("RESPONSE")->correct.is_null(), true);
    EXPECT_TRUE(seat_->session->bank_file(0, "items/b.xml").ok());
    EXPECT_FALSE(seat_->session->bank_file(1, "items/b.xml").ok());
    EXPECT_EQ(seat_->session->view().items, 2U);
}

TEST_F(OpenRoom, OpensThePaperAgainAfterAKillWithoutTheDesk) {
    start();
    ASSERT_TRUE(seat_->session->open_paper().ok());
    seat_->link.cut(FakeLink::Cut::kBeforeArrival);
    ASSERT_TRUE(seat_->run().ok());
    const auto paper = seat_->session->open_paper();
    ASSERT_TRUE(paper.ok()) << to_string(paper.error());
    EXPECT_EQ((*paper)->title, "试卷");
}

TEST_F(OpenRoom, PacksTheAnswersAsAResultWithoutAScore) {
    start();
    ASSERT_TRUE(
        seat_->session->answer({"Q1", "RESPONSE", std::vector<std::string>{"12.5"}, "１２．５"})
            .ok());
    ASSERT_TRUE(seat_->session->confirm_hand_in().ok());
    seat_->pass(3);
    ASSERT_TRUE(seat_->session->view().countersigned);
    const Bytes tar = crypto::age_decrypt(desk_->package_age, world_.attempt_key).value();
    const auto contents = record::read_contents(tar).value();
    const std::string result = to_string(contents.result);
    EXPECT_NE(result.find("12.5"), std::string::npos) << result;
    EXPECT_NE(result.find("identifier=\"Q2\""), std::string::npos);
    EXPECT_EQ(result.find("王小明"), std::string::npos);
}

TEST_F(OpenRoom, NamesABankThatWasChangedByAByte) {
    world_.bank[world_.bank.size() / 2] ^= 1U;
    ASSERT_TRUE(seat_->run().ok());
    seat_->admit();
    desk_->release();
    seat_->pass(2);
    EXPECT_EQ(seat_->last.trouble->what.id, "sitting.paper.other-bank"_id);
    EXPECT_FALSE(seat_->session->open_paper().ok());
    EXPECT_EQ(seat_->session->view().phase, Phase::kReleased);
}

TEST_F(OpenRoom, TakesAnswersWhileARequestToTheDeskHangs) {
    start();
    std::promise<void> hanging;
    std::promise<void> answered;
    bool first = true;
    seat_->link.before = [&] {
        if (!std::exchange(first, false)) {
            return;
        }
        hanging.set_value();
        answered.get_future().wait();
    };
    clock_.advance(std::chrono::seconds(2));
    std::thread worker([&] { seat_->session->pump(); });
    hanging.get_future().wait();
    EXPECT_TRUE(seat_->answer("Q1", "typed meanwhile").ok());
    seat_->session->tick();
    EXPECT_EQ(seat_->value_of("Q1"), "typed meanwhile");
    answered.set_value();
    worker.join();
}

/// A part of two items called `first` and `second`.
std::shared_ptr<const item::Package> part_of(const std::string& first, const std::string& second) {
    std::string test(kTest);
    test.replace(test.find("\"Q1\"") + 1, 2, first);
    test.replace(test.find("\"Q2\"") + 1, 2, second);
    return std::make_shared<const item::Package>(
        item::make_package({{"imsmanifest.xml", to_bytes(kManifest)},
                            {"test.xml", to_bytes(test)},
                            {"items/a.xml", to_bytes(item_xml("a"))},
                            {"items/b.xml", to_bytes(item_xml("b"))}})
            .value());
}

TEST(Paper, HasTheItemsOfEveryReleasedPart) {
    const std::vector parts{part_of("A1", "A2"), part_of("B1", "B2")};
    const auto paper = make_paper(parts, "zh-CN", 1);
    ASSERT_TRUE(paper.ok()) << to_string(paper.error());
    ASSERT_EQ(paper->entries.size(), 4U);
    EXPECT_EQ(paper->entries[2].identifier, "B1");
    EXPECT_EQ(paper->entries[1].bank, 0U);
    EXPECT_EQ(paper->entries[2].bank, 1U);
    EXPECT_EQ(paper->title, "试卷");
}

TEST(Paper, RefusesTwoItemsOfOneName) {
    const std::vector parts{part_of("A1", "A2"), part_of("B1", "A2")};
    EXPECT_EQ(make_paper(parts, "zh-CN", 1).error().what.id, "sitting.paper.twice"_id);
}

}  // namespace
}  // namespace assay::sitting
