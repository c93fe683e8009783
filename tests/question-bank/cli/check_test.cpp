#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/question-bank/cli/bank_program.h"

namespace assay::bank {
namespace {

std::string sample() { return (assay::test::repository() / "question-bank/sample").string(); }

class Check : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.path() / name) << text;
    }
    std::string folder() const { return folder_.path().string(); }

    assay::test::TempFolder folder_;
};

TEST_F(Check, SaysWhatTheSampleHolds) {
    const auto got = test::run("check --json " + sample());
    ASSERT_EQ(got.code, 0) << got.output;
    const auto report = boost::json::parse(got.output).as_object();
    EXPECT_EQ(report.at("items").to_number<int>(), 26);
    EXPECT_EQ(report.at("tests").to_number<int>(), 2);
    EXPECT_EQ(report.at("points").to_number<double>(), 100);
    EXPECT_EQ(report.at("minutes").to_number<double>(), 90);
    for (const auto& finding : report.at("findings").as_array()) {
        EXPECT_EQ(finding.as_object().at("severity").as_string(), "note");
    }
}

TEST_F(Check, EndsWithAnErrorWhereThereIsNoPackage) {
    write("imsmanifest.txt", "");
    const auto got = test::run("check " + folder());
    EXPECT_NE(got.code, 0);
    EXPECT_NE(got.output.find("error: "), std::string::npos) << got.output;
    EXPECT_NE(got.output.find("hint: "), std::string::npos) << got.output;
}

TEST_F(Check, FindsAKeyThatCannotBeGivenAndAPictureWithoutWords) {
    write("imsmanifest.xml", R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
        identifier="M"><resources><resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml">
        <file href="q.xml"/></resource></resources></manifest>)");
    write("q.xml",
          R"(<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="Q"
        title="Q"><responseDeclaration identifier="RESPONSE" cardinality="single"
        baseType="identifier"><correctResponse><value>C</value></correctResponse>
        </responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single"
        baseType="float" normalMaximum="2"/><itemBody><img src="a.png"/>
        <choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">
        <simpleChoice identifier="A">a</simpleChoice></choiceInteraction></itemBody>
        <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>
        </assessmentItem>)");
    const auto got = test::run("check --json " + folder());
    EXPECT_EQ(got.code, 0) << got.output;
    for (const char* id : {"bank.check.key-no-choice", "bank.check.maximum",
                           "bank.check.no-alternative", "bank.check.reference"}) {
        EXPECT_NE(got.output.find(id), std::string::npos) << id;
    }
}

TEST_F(Check, EndsWithOneWhereAnItemCannotBeRead) {
    write("imsmanifest.xml", R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
        identifier="M"><resources><resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml"/>
        </resources></manifest>)");
    write("q.xml", "<assessmentItem><oops></assessmentItem>");
    EXPECT_EQ(test::run("check " + folder()).code, 20);
}

TEST_F(Check, SaysTheUsageForAWrongCommandLine) {
    EXPECT_EQ(test::run("check").code, 2);
    EXPECT_EQ(test::run("nothing").code, 2);
}

TEST_F(Check, ScoresALineAndSaysWhyNot) {
    write("cases.jsonl",
          "{\"id\":1,\"item\":\"zh/q01.xml\",\"responses\":{\"RESPONSE\":[\"A\"]}}\n"
          "{\"id\":2,\"item\":\"../q01.xml\",\"responses\":{}}\n");
    const auto got = test::run("score --cases " + folder() + "/cases.jsonl --root " + sample());
    EXPECT_EQ(got.code, 0);
    EXPECT_EQ(got.output,
              "{\"id\":1,\"outcomes\":{\"MAXSCORE\":[\"3\"],\"SCORE\":[\"3\"]}}\n"
              "{\"id\":2,\"error\":\"refused bank.cases.path path=../q01.xml\"}\n");
}

}  // namespace
}  // namespace assay::bank
