// A test for each row of the README's decisions.
#include <gtest/gtest.h>

#include "question-bank/item/score.h"
#include "tests/question-bank/item/item_text.h"

namespace assay::item {
namespace {

using test_text::item;
using test_text::kScore;
using test_text::set_score;

Outcomes scored(const std::string& xml, const std::map<std::string, TextLines>& answers,
                Circumstances circumstances = {}) {
    const auto read = read_item(as_bytes(xml));
    EXPECT_TRUE(read.ok()) << to_string(read.error());
    Responses responses;
    for (const auto& [name, lines] : answers) {
        responses[name] = *value_from_text(*read->response(name), lines);
    }
    auto outcomes = score_item(*read, responses, circumstances);
    EXPECT_TRUE(outcomes.ok()) << to_string(outcomes.error());
    return std::move(*outcomes);
}

TextLines score(const std::string& xml, const std::map<std::string, TextLines>& answers) {
    return value_to_text(scored(xml, answers).values.at("SCORE"));
}

std::string mapped(const std::string& base, const std::string& cardinality,
                   const std::string& mapping) {
    return "<responseDeclaration identifier=\"R\" cardinality=\"" + cardinality + "\" baseType=\"" +
           base + "\">" + mapping + "</responseDeclaration>" + kScore;
}

const std::string kMapR = set_score("<mapResponse identifier=\"R\"/>");

TEST(Decisions, CountARepeatedValueOfAContainerOnce) {
    const auto xml = item(mapped("identifier", "multiple",
                                 "<mapping><mapEntry mapKey=\"A\" mappedValue=\"2\"/></mapping>"),
                          "", kMapR);
    EXPECT_EQ(score(xml, {{"R", {"A", "A"}}}), TextLines{"2"});
}

TEST(Decisions, MapWithCaseBefore22AndWithoutCaseFrom22On) {
    const auto declarations = mapped(
        "string", "single", "<mapping><mapEntry mapKey=\"York\" mappedValue=\"1\"/></mapping>");
    EXPECT_EQ(score(item(declarations, "", kMapR, "v2p0"), {{"R", {"york"}}}), TextLines{"0"});
    EXPECT_EQ(score(item(declarations, "", kMapR, "v2p1"), {{"R", {"york"}}}), TextLines{"0"});
    EXPECT_EQ(score(item(declarations, "", kMapR, "v2p2"), {{"R", {"york"}}}), TextLines{"1"});
}

TEST(Decisions, KeepMappedScoresBetweenTheirBounds) {
    const auto xml =
        item(mapped("identifier", "multiple",
                    "<mapping lowerBound=\"0\" upperBound=\"3\"><mapEntry mapKey=\"A\" "
                    "mappedValue=\"5\"/><mapEntry mapKey=\"B\" mappedValue=\"-5\"/></mapping>"),
             "", kMapR);
    EXPECT_EQ(score(xml, {{"R", {"A"}}}), TextLines{"3"});
    EXPECT_EQ(score(xml, {{"R", {"B"}}}), TextLines{"0"});
}

TEST(Decisions, CutAFractionOffForAnIntegerAndSaySo) {
    const auto xml = item(
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"integer\"/>",
        "", set_score("<baseValue baseType=\"float\">2.9</baseValue>"));
    const auto outcomes = scored(xml, {});
    EXPECT_EQ(value_to_text(outcomes.values.at("SCORE")), TextLines{"2"});
    EXPECT_EQ(outcomes.warnings.size(), 1U);
}

TEST(Decisions, DropNullOperandsOfContainers) {
    const auto xml = item(kScore, "",
                          set_score("<integerToFloat><containerSize><multiple><null/>"
                                    "<baseValue baseType=\"integer\">1</baseValue></multiple>"
                                    "</containerSize></integerToFloat>"));
    EXPECT_EQ(score(xml, {}), TextLines{"1"});
}

TEST(Decisions, TakeTheFirstRowAtOrBelowTheValue) {
    const auto xml = item(
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\">"
        "<interpolationTable defaultValue=\"-1\">"
        "<interpolationTableEntry sourceValue=\"10\" targetValue=\"3\"/>"
        "<interpolationTableEntry sourceValue=\"5\" targetValue=\"2\" includeBoundary=\"false\"/>"
        "<interpolationTableEntry sourceValue=\"0\" targetValue=\"1\"/>"
        "</interpolationTable></outcomeDeclaration>"
        "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"float\"/>",
        "",
        "<responseProcessing><lookupOutcomeValue identifier=\"SCORE\"><variable "
        "identifier=\"R\"/></lookupOutcomeValue></responseProcessing>");
    EXPECT_EQ(score(xml, {{"R", {"12"}}}), TextLines{"3"});
    EXPECT_EQ(score(xml, {{"R", {"10"}}}), TextLines{"3"});
    EXPECT_EQ(score(xml, {{"R", {"5"}}}), TextLines{"1"});
    EXPECT_EQ(score(xml, {{"R", {"-1"}}}), TextLines{"-1"});
}

TEST(Decisions, TakeANullConditionForFalse) {
    const auto xml =
        item(mapped("identifier", "single", ""), "",
             "<responseProcessing><responseCondition><responseIf><match><variable "
             "identifier=\"R\"/><baseValue baseType=\"identifier\">A</baseValue></match>"
             "<setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1</baseValue>"
             "</setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier=\"SCORE\">"
             "<baseValue baseType=\"float\">7</baseValue></setOutcomeValue></responseElse>"
             "</responseCondition></responseProcessing>");
    EXPECT_EQ(score(xml, {}), TextLines{"7"});
}

TEST(Decisions, FlagAScoreThatIsNull) {
    const auto outcomes = scored(item(kScore, "", set_score("<null/>")), {});
    EXPECT_TRUE(outcomes.score_is_null);
    EXPECT_FALSE(scored(item(kScore, "", ""), {}).score_is_null);
}

TEST(Decisions, NeverOverwriteAPersonsMark) {
    Circumstances circumstances;
    circumstances.marks["SCORE"] = Value::real(4);
    const auto xml = item(kScore, "", set_score("<baseValue baseType=\"float\">0</baseValue>"));
    EXPECT_EQ(value_to_text(scored(xml, {}, circumstances).values.at("SCORE")), TextLines{"4"});
}

TEST(Decisions, RunNoCustomOperatorButThoseOnTheList) {
    const auto outcomes =
        scored(item(kScore, "", set_score("<customOperator class=\"org.example.Evil\"/>")), {});
    EXPECT_TRUE(outcomes.values.at("SCORE").is_null());
    EXPECT_EQ(outcomes.warnings.size(), 1U);
}

TEST(Decisions, DrawTheSameTemplateValuesFromTheSameSeed) {
    const auto xml = item(
        "<templateDeclaration identifier=\"T\" cardinality=\"single\" baseType=\"integer\"/>", "",
        "<templateProcessing><setTemplateValue identifier=\"T\"><randomInteger min=\"1\" "
        "max=\"1000000\"/></setTemplateValue></templateProcessing>");
    const auto drawn = [&](std::uint64_t seed) {
        Circumstances circumstances;
        circumstances.seed = seed;
        return value_to_text(scored(xml, {}, circumstances).templates.at("T"));
    };
    EXPECT_EQ(drawn(7), drawn(7));
    EXPECT_NE(drawn(7), drawn(8));
}

TEST(Decisions, CarryOnlyAnAdaptiveItemsOutcomesIntoItsNextAttempt) {
    const auto xml = item(kScore, "",
                          set_score("<sum><variable identifier=\"SCORE\"/><baseValue "
                                    "baseType=\"float\">1</baseValue></sum>"));
    const auto first = scored(xml, {});
    Circumstances second;
    second.attempts = 2;
    second.earlier = first.values;
    EXPECT_EQ(value_to_text(scored(xml, {}, second).values.at("SCORE")), TextLines{"1"});
    auto adaptive = xml;
    adaptive.replace(adaptive.find("adaptive=\"false\""), 16, "adaptive=\"true\"");
    EXPECT_EQ(value_to_text(scored(adaptive, {}, second).values.at("SCORE")), TextLines{"2"});
}

TEST(Decisions, TellIdentifiersApartByCaseInAMapping) {
    const auto xml = item(mapped("identifier", "single",
                                 "<mapping><mapEntry mapKey=\"A\" mappedValue=\"2\"/></mapping>"),
                          "", kMapR, "v2p2");
    EXPECT_EQ(score(xml, {{"R", {"a"}}}), TextLines{"0"});
    EXPECT_EQ(score(xml, {{"R", {"A"}}}), TextLines{"2"});
}

TEST(Decisions, DrawTheSameTemplateValuesWithAndWithoutTheKey) {
    const std::string draw = "<randomInteger min=\"1\" max=\"1000000\"/>";
    const std::string key =
        "<setCorrectResponse identifier=\"R\">" + draw + "</setCorrectResponse>";
    const auto text = [&](const std::string& rules) {
        return item(
            "<responseDeclaration identifier=\"R\" cardinality=\"single\" "
            "baseType=\"integer\"/><templateDeclaration identifier=\"T\" "
            "cardinality=\"single\" baseType=\"integer\"/>",
            "",
            "<templateProcessing>" + rules + "<setTemplateValue identifier=\"T\">" + draw +
                "</setTemplateValue></templateProcessing>");
    };
    EXPECT_EQ(scored(text(key), {}).templates.at("T"), scored(text(""), {}).templates.at("T"));
}

TEST(Decisions, StartTheTemplateFromWhatTheTestSets) {
    const auto xml = item(
        "<templateDeclaration identifier=\"T\" cardinality=\"single\" baseType=\"integer\">"
        "<defaultValue><value>1</value></defaultValue></templateDeclaration>"
        "<templateDeclaration identifier=\"U\" cardinality=\"single\" baseType=\"integer\"/>",
        "",
        "<templateProcessing><setTemplateValue identifier=\"U\"><sum><variable identifier=\"T\"/>"
        "<baseValue baseType=\"integer\">1</baseValue></sum></setTemplateValue>"
        "</templateProcessing>");
    Circumstances circumstances;
    circumstances.settings["T"] = Value::integer(41);
    EXPECT_EQ(scored(xml, {}, circumstances).templates.at("U"), Value::integer(42));
}

TEST(Decisions, TakeAnEmptyStringForNull) {
    const auto xml = item(
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"string\"/>"
        "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"string\"/>",
        "", set_score("<variable identifier=\"R\"/>"));
    EXPECT_TRUE(scored(xml, {{"R", {""}}}).values.at("SCORE").is_null());
}

TEST(Decisions, MapNullAndAnEmptyStringByAnEmptyKey) {
    const std::string mapping =
        "<mapping defaultValue=\"-5\"><mapEntry mapKey=\"\" mappedValue=\"-1\"/>"
        "<mapEntry mapKey=\"York\" mappedValue=\"1\"/></mapping>";
    const auto single = item(mapped("string", "single", mapping), "", kMapR);
    EXPECT_EQ(score(single, {}), TextLines{"-1"});
    EXPECT_EQ(score(single, {{"R", {""}}}), TextLines{"-1"});
    EXPECT_EQ(score(single, {{"R", {"Leeds"}}}), TextLines{"-5"});
    const auto multiple = item(mapped("string", "multiple", mapping), "", kMapR);
    EXPECT_EQ(score(multiple, {{"R", {"", "York", ""}}}), TextLines{"0"});
}

TEST(Decisions, MapPairsInEitherDirectionAndDirectedPairsInOne) {
    const std::string mapping =
        "<mapping defaultValue=\"-1\"><mapEntry mapKey=\"A B\" mappedValue=\"2\"/></mapping>";
    const auto pair = item(mapped("pair", "multiple", mapping), "", kMapR);
    EXPECT_EQ(score(pair, {{"R", {"B A", "A B"}}}), TextLines{"2"});
    const auto directed = item(mapped("directedPair", "multiple", mapping), "", kMapR);
    EXPECT_EQ(score(directed, {{"R", {"B A", "A B"}}}), TextLines{"1"});
}

TEST(Decisions, MapNoRecord) {
    const auto xml =
        item("<responseDeclaration identifier=\"R\" cardinality=\"record\"/>" + kScore, "", kMapR);
    const auto read = read_item(as_bytes(xml));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(score_item(*read, Responses{}).error().code, Code::kInvalid);
}

TEST(Decisions, TakeTheTypesOfARecordFromItsDeclaration) {
    const auto xml = item(
        "<responseDeclaration identifier=\"R\" cardinality=\"record\"><correctResponse>"
        "<value fieldIdentifier=\"length\" baseType=\"float\">2.5</value></correctResponse>"
        "</responseDeclaration>" +
            kScore,
        "",
        set_score("<fieldValue fieldIdentifier=\"length\"><variable identifier=\"R\"/>"
                  "</fieldValue>"));
    EXPECT_EQ(score(xml, {{"R", {"length=3.5"}}}), TextLines{"3.5"});
}

TEST(Decisions, TryATemplateAgainWhereItsConstraintStands) {
    const std::string integer = "\" cardinality=\"single\" baseType=\"integer\"";
    const std::string set_t =
        "<setTemplateValue identifier=\"T\"><randomInteger min=\"0\" max=\"9\"/>"
        "</setTemplateValue>";
    const std::string constraint =
        "<templateConstraint><gt><variable identifier=\"T\"/><baseValue baseType=\"integer\">8"
        "</baseValue></gt></templateConstraint>";
    const std::string clear =
        "<setTemplateValue identifier=\"T\"><baseValue baseType=\"integer\">0</baseValue>"
        "</setTemplateValue>";
    const std::string key =
        "<setCorrectResponse identifier=\"R\"><baseValue baseType=\"integer\">7</baseValue>"
        "</setCorrectResponse>";
    const auto text = [&](const std::string& rules) {
        return item("<responseDeclaration identifier=\"R" + integer +
                        "/><templateDeclaration identifier=\"T" + integer +
                        "><defaultValue><value>3</value></defaultValue></templateDeclaration>",
                    "", "<templateProcessing>" + rules + "</templateProcessing>");
    };
    // What comes after the constraint does not change what it saw.
    const auto held = scored(text(set_t + constraint + clear), {});
    EXPECT_EQ(held.templates.at("T"), Value::integer(0));
    EXPECT_TRUE(held.warnings.empty());
    // After a hundred tries everything is as it was declared.
    const std::string never =
        "<templateConstraint><baseValue baseType=\"boolean\">false</baseValue>"
        "</templateConstraint>";
    const auto lost = scored(text(set_t + key + never), {});
    EXPECT_EQ(lost.templates.at("T"), Value::integer(3));
    EXPECT_TRUE(lost.correct.at("R").is_null());
    EXPECT_EQ(lost.warnings.size(), 1U);
    // A template that left its rules meets no constraint behind.
    EXPECT_TRUE(scored(text("<exitTemplate/>" + never), {}).warnings.empty());
}

TEST(Decisions, RunTheTemplatesOfCommonCartridgeAsPublished) {
    const std::string declarations =
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" "
        "baseType=\"identifier\"><correctResponse><value>A</value></correctResponse>"
        "<mapping><mapEntry mapKey=\"A\" mappedValue=\"4\"/><mapEntry mapKey=\"B\" "
        "mappedValue=\"9\"/></mapping></responseDeclaration>" +
        kScore +
        "<outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\">"
        "<defaultValue><value>4</value></defaultValue></outcomeDeclaration>"
        "<outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"single\" "
        "baseType=\"identifier\"/><outcomeDeclaration identifier=\"FEEDBACKBASIC\" "
        "cardinality=\"single\" baseType=\"identifier\"/>";
    const auto got = [&](const std::string& name, const std::string& choice, const char* outcome) {
        const auto xml = item(
            declarations, "",
            "<responseProcessing template=\"http://example.com/rptemplates/" + name + ".xml\"/>");
        return value_to_text(scored(xml, {{"RESPONSE", {choice}}}).values.at(outcome));
    };
    EXPECT_EQ(got("CC2_match", "A", "SCORE"), TextLines{"1"});
    EXPECT_EQ(got("CC2_match_basic", "A", "SCORE"), TextLines{"4"});
    EXPECT_EQ(got("CC2_match_basic", "B", "SCORE"), TextLines{"0"});
    EXPECT_EQ(got("CC2_match_basic", "B", "FEEDBACKBASIC"), TextLines{"incorrect"});
    EXPECT_EQ(got("CC2_map_response", "A", "FEEDBACK"), TextLines{"correct"});
    EXPECT_EQ(got("CC2_map_response", "B", "SCORE"), TextLines{"9"});
    EXPECT_EQ(got("CC2_map_response", "B", "FEEDBACK"), TextLines{"incorrect"});
}

TEST(Decisions, LeaveADrawingToAPerson) {
    const auto xml = item(
        "<responseDeclaration identifier=\"D\" cardinality=\"single\" baseType=\"file\"/>" + kScore,
        "<drawingInteraction responseIdentifier=\"D\"><object type=\"image/png\" data=\"a.png\"/>"
        "</drawingInteraction>",
        set_score("<baseValue baseType=\"float\">1</baseValue>"));
    const auto read = read_item(as_bytes(xml));
    ASSERT_TRUE(read.ok());
    EXPECT_TRUE(read->needs_marker());
    ASSERT_EQ(read->results.size(), 1U);
    EXPECT_EQ(read->results[0].name, "D.svg");
    const std::string line = std::string(64, 'a') + " 12 image/svg+xml D.svg";
    Circumstances marked;
    marked.marks["SCORE"] = Value::real(0.5);
    const auto outcomes = scored(xml, {{"D", {line}}}, marked);
    EXPECT_EQ(value_to_text(outcomes.values.at("SCORE")), TextLines{"0.5"});
    EXPECT_TRUE(outcomes.needs_marker);
}

TEST(Decisions, StopRulesThatAreNotRules) {
    const auto xml = item(kScore, "", "<responseProcessing><format/></responseProcessing>");
    const auto read = read_item(as_bytes(xml));
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->findings.size(), 1U);
    const Responses none;
    EXPECT_EQ(score_item(*read, none).error().code, Code::kInvalid);
}

}  // namespace
}  // namespace assay::item
