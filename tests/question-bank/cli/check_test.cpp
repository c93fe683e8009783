#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "tests/question-bank/cli/bank_program.h"

namespace assay::bank {
namespace {

std::string sample() { return (assay::test::repository() / "question-bank/sample").string(); }

std::string text_of(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

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

TEST_F(Check, WritesNumbersAsPlainDecimalsAndWordsInTheChosenLanguage) {
    const auto json = test::run("check --json " + sample()).output;
    EXPECT_NE(json.find(R"("points":100,"minutes":90,)"), std::string::npos) << json;
    const auto chinese = assay::test::shell(assay::test::program("assay-bank").string() +
                                            " check " + sample() + " --language zh-CN")
                             .said();
    EXPECT_EQ(chinese.find("note:"), std::string::npos) << chinese;
    EXPECT_NE(chinese.find("\n提示："), std::string::npos) << chinese;
}

TEST_F(Check, NamesWhatCouldRunOrLiesOnTheNetwork) {
    const auto result_of = [&](const std::string& body) {
        write("item.xml",
              "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"I\" "
              "title=\"I\" adaptive=\"false\" timeDependent=\"false\" xml:lang=\"en\"><itemBody>" +
                  body + "</itemBody></assessmentItem>");
        write("cases", R"({"file":"item.xml"})");
        const auto got =
            test::run("refuse --cases " + folder() + "/cases --root " + folder()).output;
        return std::string(boost::json::parse(got).at("result").as_string());
    };
    for (const char* body :
         {R"x(<p onclick="x()">a</p>)x", R"x(<a href="java&#10;script:x()">a</a>)x",
          R"x(<object data="data:text/html,x" type="text/html"/>)x", R"x(<base href="x/"/>)x",
          R"x(<p style="background:u\72l(x)">a</p>)x",
          R"x(<p style="width:expression(x())">a</p>)x",
          R"x(<svg><set attributeName="href" to="javascript:x()"/></svg>)x",
          R"x(<img alt="a" src="data:image/svg+xml,x"/>)x", R"x(<meta http-equiv="refresh"/>)x",
          R"x(<iframe srcdoc="x"/>)x", R"x(<img alt="a" src="//example.com/a.png"/>)x",
          R"x(<style>p { color: red }</style>)x",
          R"x(<button formaction="javascript:x()">a</button>)x"}) {
        EXPECT_EQ(result_of(body), "cleaned") << body;
    }
    EXPECT_NE(result_of(R"x(<p style="color:red">a</p>)x"), "cleaned");
}

TEST_F(Check, TakesTheLimitsOfAPackageAsOptions) {
    EXPECT_EQ(test::run("check " + sample() + " --max-entries 400 --max-depth 60").code, 0);
    for (const char* limit : {"--max-entries 3", "--max-depth 3", "--max-nodes 10"}) {
        const auto got = test::run("check " + sample() + ' ' + limit);
        EXPECT_NE(got.code, 0) << limit << got.output;
    }
    for (const char* wrong : {"--max-depth 201", "--max-ratio 0", "--max-unpacked-mib -1"}) {
        const auto got = test::run("check " + sample() + ' ' + wrong);
        EXPECT_EQ(got.code, 2) << wrong << got.output;
    }
    EXPECT_NE(test::run("check --help").output.find("--max-unpacked-mib"), std::string::npos);
}

TEST_F(Check, NoticesThatItsReportCouldNotBeWritten) {
    const auto full = test::run("check " + sample() + " >/dev/full");
    EXPECT_EQ(full.code, 19) << full.output;
    EXPECT_NE(full.output.find("error: Standard output"), std::string::npos) << full.output;
    const std::string page = " --page " + folder() + "/no/page.html";
    EXPECT_EQ(test::run("check " + sample() + page).code, 15);
}

TEST_F(Check, TakesNoFolderForAListOfCasesAndReadsOnAfterALongLine) {
    const auto end = " --root " + folder();
    auto got = test::run("score --cases " + folder() + end);
    EXPECT_EQ(got.code, 10) << got.output;
    EXPECT_NE(got.output.find("is a folder"), std::string::npos) << got.output;
    write("cases", std::string(9U << 20U, 'x') + "\n\r\n{\"id\":7,\"item\":\"none.xml\"}\n[]");
    got = test::run("score --cases " + folder() + "/cases" + end);
    EXPECT_EQ(got.code, 0);
    EXPECT_NE(got.output.find("line=1\""), std::string::npos) << got.output;
    EXPECT_NE(got.output.find("{\"id\":7,\"error\":"), std::string::npos) << got.output;
    EXPECT_NE(got.output.find("line=4\""), std::string::npos) << got.output;
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

TEST_F(Check, NeverLooksAtWhatIsExpected) {
    const std::string line =
        "{\"id\":1,\"item\":\"zh/q01.xml\",\"responses\":{\"RESPONSE\":[\"A\"]}";
    write("plain.jsonl", line + "}\n");
    write("wrong.jsonl", line + ",\"expected\":{\"SCORE\":[\"77\"],\"MAXSCORE\":null}}\n");
    const auto score = [&](const char* name) {
        return test::run("score --cases " + folder() + '/' + name + " --root " + sample()).output;
    };
    EXPECT_EQ(score("plain.jsonl"), score("wrong.jsonl"));
    write("q.xml", "<oops>");
    write("a.jsonl", "{\"file\":\"q.xml\"}\n");
    write("b.jsonl", "{\"file\":\"q.xml\",\"expect\":\"accept: item\"}\n");
    const auto refuse = [&](const char* name) {
        return test::run("refuse --cases " + folder() + '/' + name + " --root " + folder()).output;
    };
    EXPECT_EQ(refuse("a.jsonl"), refuse("b.jsonl"));
    EXPECT_NE(refuse("a.jsonl").find("\"result\":\"rejected\""), std::string::npos);
}

TEST_F(Check, GoesOnAfterALineThatIsNoCase) {
    write("cases.jsonl",
          "oops\n{\"id\":2,\"item\":\"zh/q01.xml\",\"responses\":{\"RESPONSE\":\"A\"}}\n");
    const auto got = test::run("score --cases " + folder() + "/cases.jsonl --root " + sample());
    EXPECT_EQ(got.code, 0);
    EXPECT_EQ(got.output,
              "{\"id\":null,\"error\":\"invalid bank.cases.line line=1\"}\n"
              "{\"id\":2,\"outcomes\":{\"MAXSCORE\":[\"3\"],\"SCORE\":[\"3\"]}}\n");
}

TEST_F(Check, WritesAPageWithPlaces) {
    write("imsmanifest.xml", R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
        identifier="M"><resources><resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml">
        <file href="q.xml"/></resource></resources></manifest>)");
    write("q.xml",
          "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"Q\" "
          "title=\"Q\">\n<itemBody>\n<p>x</p><img src=\"a.png\"/></itemBody></assessmentItem>");
    const auto page = folder() + "/report.html";
    const auto got = test::run("check " + folder() + " --page " + page);
    EXPECT_NE(got.output.find("q.xml:3 <img>"), std::string::npos) << got.output;
    const std::string html = text_of(page);
    EXPECT_NE(html.find("q.xml:3 &lt;img&gt;"), std::string::npos);
    EXPECT_EQ(html.find("<script"), std::string::npos);
}

TEST_F(Check, GetsFromASheetToAPackageWithoutErrors) {
    const auto sheet = folder() + "/items.xlsx";
    const auto out = folder() + "/paper.zip";
    ASSERT_EQ(test::run("template --out " + sheet).code, 0);
    const auto made = test::run("convert " + sheet + " --out " + out);
    ASSERT_EQ(made.code, 0) << made.output;
    const auto got = test::run("check --json " + out);
    ASSERT_EQ(got.code, 0) << got.output;
    const auto report = boost::json::parse(got.output).as_object();
    EXPECT_EQ(report.at("items").to_number<int>(), 8);
    EXPECT_EQ(report.at("points").to_number<double>(), 33);
    for (const auto& finding : report.at("findings").as_array()) {
        EXPECT_EQ(finding.as_object().at("severity").as_string(), "note") << got.output;
    }
}

TEST_F(Check, KeepsTheLanguageOfASheet) {
    const auto sheet = folder() + "/items.xlsx";
    ASSERT_EQ(test::run("template --content-language en --out " + sheet).code, 0);
    const auto language = [&](const std::string& out, const std::string& rest) {
        const auto made = test::run("convert " + sheet + " --out " + out + rest);
        EXPECT_EQ(made.code, 0) << made.output;
        const auto got = test::run("check --json " + out);
        return boost::json::serialize(boost::json::parse(got.output).as_object().at("languages"));
    };
    EXPECT_EQ(language(folder() + "/en.zip", ""), R"(["en"])");
    EXPECT_EQ(language(folder() + "/fr.zip", " --content-language fr"), R"(["fr"])");
}

TEST_F(Check, WritesOverNoFile) {
    write("there", "mine");
    const auto there = folder() + "/there";
    ASSERT_EQ(test::run("template --out " + folder() + "/items.xlsx").code, 0);
    for (const std::string& line :
         {"template --out " + there, "convert " + folder() + "/items.xlsx --out " + there,
          "convert " + sample() + " --out " + there, "check " + sample() + " --page " + there}) {
        const auto got = test::run(line);
        EXPECT_EQ(got.code, 14) << line << got.output;
        EXPECT_NE(got.output.find("is already there"), std::string::npos) << got.output;
        EXPECT_EQ(text_of(there), "mine") << line;
    }
}

TEST_F(Check, WritesAnOlderPackageAsThreeThatScoresTheSame) {
    write("imsmanifest.xml", R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
        identifier="M"><resources><resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml">
        <file href="q.xml"/></resource></resources></manifest>)");
    write("q.xml",
          R"(<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="Q"
        title="Q"><responseDeclaration identifier="R" cardinality="single" baseType="string">
        <mapping><mapEntry mapKey="York" mappedValue="2"/></mapping></responseDeclaration>
        <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
        <itemBody><p>Where? <textEntryInteraction responseIdentifier="R"/></p></itemBody>
        <responseProcessing><setOutcomeValue identifier="SCORE"><mapResponse identifier="R"/>
        </setOutcomeValue></responseProcessing></assessmentItem>)");
    const auto out = folder() + "/three.zip";
    ASSERT_EQ(test::run("convert " + folder() + " --out " + out).code, 0);
    ASSERT_EQ(std::system(("cd " + folder() + " && python3 -m zipfile -e three.zip three").c_str()),
              0);
    const std::string xml = text_of(folder() + "/three/q.xml");
    EXPECT_NE(xml.find("<qti-text-entry-interaction response-identifier=\"R\""), std::string::npos);
    EXPECT_NE(xml.find("case-sensitive=\"true\""), std::string::npos) << xml;
    EXPECT_EQ(xml.find("<?xml"), xml.rfind("<?xml"));
    write("cases.jsonl",
          "{\"id\":1,\"item\":\"three/q.xml\",\"responses\":{\"R\":[\"York\"]}}\n"
          "{\"id\":2,\"item\":\"three/q.xml\",\"responses\":{\"R\":[\"york\"]}}\n");
    EXPECT_EQ(test::run("score --cases " + folder() + "/cases.jsonl --root " + folder()).output,
              "{\"id\":1,\"outcomes\":{\"SCORE\":[\"2\"]}}\n"
              "{\"id\":2,\"outcomes\":{\"SCORE\":[\"0\"]}}\n");
}

}  // namespace
}  // namespace assay::bank
