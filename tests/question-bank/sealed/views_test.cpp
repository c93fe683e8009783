#include "question-bank/sealed/views.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "question-bank/sealed/leaks.h"
#include "question-bank/sealed/zip.h"
#include "tests/support/paths.h"

namespace assay::test {
namespace {

item::Package sample() {
    SystemDisk disk;
    return item::read_package(disk, repository() / "question-bank" / "sample").value();
}

sealed::Files unzip(const Bytes& zip) {
    const auto read = sealed::read_zip(zip);
    EXPECT_TRUE(read.ok());
    return *read;
}

TEST(Views, OfTheSampleHoldNothingOfTheKeyButWhatTheRuleLetsThrough) {
    const auto package = sample();
    const auto views = sealed::split_views(package);
    ASSERT_TRUE(views.ok()) << to_string(views.error());
    const auto scoring = unzip(views->scoring);
    const auto candidate = unzip(views->candidate);
    const auto report = sealed::look_for_leaks(scoring, candidate);
    EXPECT_TRUE(report.leaks.empty());
    EXPECT_FALSE(report.let_through.empty()) << "keys are written with the names of choices";
    for (const auto& each : report.let_through) {
        EXPECT_NE(each.reason, sealed::Reason::kShown)
            << each.path << " shows the accepted answer \"" << each.value << "\" in its own text";
    }
}

TEST(Views, OfTheSampleAreCompletePackages) {
    const auto views = sealed::split_views(sample()).value();
    EXPECT_EQ(views.languages.size(), 2U);
    EXPECT_GE(views.items.items.size(), 12U);
    const auto candidate = item::make_package(unzip(views.candidate));
    ASSERT_TRUE(candidate.ok()) << to_string(candidate.error());
    auto files = unzip(views.scoring);
    EXPECT_EQ(crypto::sha256(files.at(std::string(sealed::kItemsMember))),
              crypto::sha256(record::write_document(views.items)));
    const auto scoring = item::make_package(files);
    ASSERT_TRUE(scoring.ok());
    for (const auto& each : views.items.items) {
        const auto shown = item::read_item_at(*candidate, each.path);
        const auto full = item::read_item_at(*scoring, each.path);
        ASSERT_TRUE(shown.ok() && full.ok()) << each.path;
        EXPECT_EQ(shown->interactions.size(), full->interactions.size());
        EXPECT_FALSE(shown->response_processing.has_value());
        for (const auto& response : shown->responses) {
            EXPECT_TRUE(response.correct.is_null()) << each.path;
            EXPECT_FALSE(response.mapping || response.area_mapping) << each.path;
        }
        EXPECT_EQ(crypto::sha256(*candidate->file(each.path)), each.candidate);
        EXPECT_EQ(crypto::sha256(*scoring->file(each.path)), each.scoring);
    }
}

TEST(Views, AreTheSameBytesEachTime) {
    const auto one = sealed::split_views(sample()).value();
    const auto two = sealed::split_views(sample()).value();
    EXPECT_EQ(one.candidate, two.candidate);
    EXPECT_EQ(one.scoring, two.scoring);
}

TEST(Views, RefuseAPackageWithTheReservedName) {
    auto package = sample();
    package.files[std::string(sealed::kItemsMember)] = {};
    EXPECT_EQ(sealed::split_views(package).error().code, Code::kConflict);
}

/// One item's two views, held against each other.
class Leaks : public ::testing::Test {
  protected:
    static std::vector<sealed::Leak> of(const std::string& scoring, const std::string& candidate) {
        return sealed::look_for_leaks({{"a.xml", to_bytes(scoring)}},
                                      {{"a.xml", to_bytes(candidate)}})
            .leaks;
    }
    static sealed::Leak leak(std::string place, std::string problem) {
        return {"a.xml", std::move(place), std::move(problem)};
    }
    static std::string item(const std::string& inside, const std::string& body = "<p>城市</p>") {
        return "<assessmentItem><responseDeclaration identifier=\"RESPONSE\">" + inside +
               "</responseDeclaration><itemBody>" + body + "</itemBody></assessmentItem>";
    }
    const std::string full = item(
        "<correctResponse><value>北京</value></correctResponse>"
        "<mapping><mapEntry mapKey=\"首都\" mappedValue=\"2\"/></mapping>");
};

TEST_F(Leaks, AreNoneInACleanView) { EXPECT_THAT(of(full, item("")), ::testing::IsEmpty()); }

TEST_F(Leaks, AreElementsOfTheKey) {
    EXPECT_THAT(of(full, full), ::testing::IsSupersetOf(
                                    {leak("correctResponse", "element"), leak("mapping", "element"),
                                     leak("value", "value"), leak("mapEntry@mapKey", "value")}));
}

TEST_F(Leaks, AreElementsOfTheKeyInTheNamesOfVersion3) {
    const std::string three =
        "<qti-assessment-item><qti-correct-response><qti-value>x</qti-value>"
        "</qti-correct-response></qti-assessment-item>";
    EXPECT_THAT(of(three, three), ::testing::Contains(leak("correctResponse", "element")));
}

TEST_F(Leaks, AreValuesOfTheKeyWhereverTheyStand) {
    EXPECT_THAT(of(full, item("", "<p>北京</p>")), ::testing::ElementsAre(leak("p", "value")));
    EXPECT_THAT(of(full, item("", "<p title=\"首都\">城市</p>")),
                ::testing::ElementsAre(leak("p@title", "value")));
    EXPECT_THAT(of(full, item("", "<p> 北京\n</p>")), ::testing::ElementsAre(leak("p", "value")));
}

TEST_F(Leaks, AreComments) {
    EXPECT_THAT(of(full, item("", "<!-- 北京 -->")),
                ::testing::Contains(leak("itemBody", "comment")));
    EXPECT_THAT(of(full, item("", "<?key B?>")), ::testing::Contains(leak("itemBody", "comment")));
}

TEST_F(Leaks, AreRubricsForScorers) {
    const std::string rubric = "<rubricBlock view=\"scorer\"><p>机密</p></rubricBlock>";
    const std::string body = item("", rubric);
    EXPECT_THAT(of(body, body), ::testing::Contains(leak("rubricBlock", "element")));
    EXPECT_THAT(of(body, item("", "<p>机密</p>")), ::testing::ElementsAre(leak("p", "value")));
    const std::string open =
        item("", "<rubricBlock view=\"scorer candidate\"><p>x</p></rubricBlock>");
    EXPECT_THAT(of(open, open), ::testing::IsEmpty());
}

TEST_F(Leaks, AreFilesThatNothingShowsOrThatDiffer) {
    using Map = std::map<std::string, Bytes>;
    const Bytes shows = to_bytes("<item><img src=\"a.png\"/></item>");
    const Map scoring{{"i.xml", shows}, {"a.png", to_bytes("1")}, {"key.png", to_bytes("2")}};
    EXPECT_TRUE(sealed::look_for_leaks(scoring, {{"i.xml", shows}, {"a.png", to_bytes("1")}})
                    .leaks.empty());
    EXPECT_EQ(sealed::look_for_leaks(scoring, scoring).leaks,
              (std::vector<sealed::Leak>{{"key.png", "", "file"}}));
    EXPECT_EQ(
        sealed::look_for_leaks(scoring, {{"i.xml", shows}, {"a.png", to_bytes("3")}}).leaks.size(),
        1U);
    EXPECT_EQ(sealed::look_for_leaks(scoring, {{"new.xml", shows}}).leaks.size(), 1U);
}

TEST_F(Leaks, LetThroughNamesNumbersAndWhatTheAuthorShows) {
    const std::string choice =
        "<choiceInteraction responseIdentifier=\"RESPONSE\"><simpleChoice identifier=\"B\">b"
        "</simpleChoice></choiceInteraction><p>12.5</p><p>北京</p>";
    const auto report = sealed::look_for_leaks(
        {{"a.xml", to_bytes(item("<correctResponse><value>B</value><value>12.5</value>"
                                 "<value>北京</value></correctResponse>",
                                 choice))}},
        {{"a.xml", to_bytes(item("", choice))}});
    EXPECT_TRUE(report.leaks.empty());
    EXPECT_EQ(report.let_through,
              (std::vector<sealed::LetThrough>{{"a.xml", "12.5", sealed::Reason::kNumber},
                                               {"a.xml", "B", sealed::Reason::kIdentifier},
                                               {"a.xml", "北京", sealed::Reason::kShown}}));
}

TEST_F(Leaks, AreInWhatIsNoXml) {
    EXPECT_THAT(of(full, "<broken"), ::testing::ElementsAre(leak("", "xml")));
}

}  // namespace
}  // namespace assay::test
