#include "question-bank/preview/preview.h"

#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "tests/support/paths.h"

namespace assay::preview {
namespace {

namespace json = boost::json;

constexpr const char* kBase = "/0123/";

std::string item_xml(const std::string& identifier, const std::string& fold) {
    return R"(<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier=")" +
           identifier + R"(" title="Typed" adaptive="false" timeDependent="false">
        <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">
        <correctResponse><value>KEY(42)</value></correctResponse></responseDeclaration>
        <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
        <itemBody><p>Type <textEntryInteraction responseIdentifier="RESPONSE" )" +
           fold + R"(/></p><p><img src="a.png" alt="a"/></p></itemBody>
        <responseProcessing template=
        "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/></assessmentItem>)";
}

std::map<std::string, Bytes> package_files() {
    std::map<std::string, Bytes> out;
    const auto add = [&](const char* path, const std::string& text) {
        out[path] = to_bytes(as_bytes(text));
    };
    add("imsmanifest.xml",
        R"(<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><resources>
        <resource identifier="T" type="imsqti_test_xmlv2p2" href="t.xml"><file href="t.xml"/>
        </resource><resource identifier="A" type="imsqti_item_xmlv2p2" href="a.xml">
        <file href="a.xml"/><file href="a.png"/></resource><resource identifier="B"
        type="imsqti_item_xmlv2p2" href="b.xml"><file href="b.xml"/></resource>
        <resource identifier="C" type="imsqti_item_xmlv2p2" href="c.xml"><file href="c.xml"/>
        </resource></resources></manifest>)");
    add("t.xml",
        R"(<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="T"
        title="Paper"><outcomeDeclaration identifier="TOTAL" cardinality="single" baseType="float"/>
        <testPart identifier="P" navigationMode="linear" submissionMode="individual">
        <assessmentSection identifier="S" title="S" visible="true">
        <assessmentItemRef identifier="Q1" href="a.xml"/>
        <assessmentItemRef identifier="Q2" href="b.xml"><preCondition><lt><variable
        identifier="Q1.SCORE"/><baseValue baseType="float">1</baseValue></lt></preCondition>
        </assessmentItemRef></assessmentSection></testPart><outcomeProcessing><setOutcomeValue
        identifier="TOTAL"><sum><testVariables variableIdentifier="SCORE"/></sum></setOutcomeValue>
        </outcomeProcessing></assessmentTest>)");
    add("a.xml", item_xml("A", ""));
    add("b.xml", item_xml("B", "data-assay-fold=\"punctuation\""));
    add("c.xml", "<assessmentItem");
    add("a.png", "picture");
    return out;
}

class PreviewPages : public testing::Test {
  protected:
    PreviewPages() : texts_(load()), preview_(make()) {}

    static text::Texts load() {
        SystemDisk disk;
        return text::Texts::load(disk, text::locale_folder_beside(assay::test::program("any")))
            .value();
    }
    Preview make() const {
        return Preview::make(item::make_package(package_files()).value(), texts_,
                             text::Language::kEnglish, kBase)
            .value();
    }

    Reply get(const std::string& path) const {
        return preview_.answer({"GET", kBase + path, {}, {}});
    }
    json::object post(const std::string& path, const std::string& body) const {
        const auto reply = preview_.answer({"POST", kBase + path, {}, body});
        EXPECT_EQ(reply.status, 200);
        return json::parse(reply.body).as_object();
    }
    json::object typed(const std::string& item, const std::string& text) const {
        return post(item, R"({"responses":{"RESPONSE":[")" + text + R"("]}})");
    }
    static std::string score_of(const json::object& effect) {
        return std::string(effect.at("score").as_array().at(0).as_string());
    }

    text::Texts texts_;
    Preview preview_;
};

TEST_F(PreviewPages, AreFoundOnlyBelowTheTokenOfThisStart) {
    EXPECT_EQ(get("").status, 200);
    EXPECT_EQ(preview_.answer({"GET", "/", {}, {}}).status, 404);
    EXPECT_EQ(preview_.answer({"GET", "/0124/content.json", {}, {}}).status, 404);
    EXPECT_EQ(get("item/3").status, 404);
    EXPECT_EQ(get("item/-1").status, 404);
    EXPECT_EQ(get("item/1x").status, 404);
    EXPECT_EQ(get("item/99999999999999999999999").status, 404);
}

TEST_F(PreviewPages, ShowTheCandidatesPageWithItsPolicyAndWithoutTheKey) {
    const auto page = get("item/0");
    EXPECT_NE(page.policy.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(page.body.find("player/player.js"), std::string::npos);
    EXPECT_NE(page.body.find("/0123/bank/a.png"), std::string::npos);
    EXPECT_EQ(page.body.find("KEY(42)"), std::string::npos);
    EXPECT_EQ(get("bank/a.xml").body.find("KEY(42)"), std::string::npos);
    EXPECT_EQ(get("bank/a.png").body, "picture");
    EXPECT_EQ(get("bank/a.png").policy, "");
    EXPECT_EQ(get("bank/../a.png").status, 404);
}

TEST_F(PreviewPages, SayWhatATypedTextCountsForUnderEachFolding) {
    const auto got = typed("item/0", "ＫＥＹ（42）");
    const auto& response = got.at("responses").as_array().at(0).as_object();
    EXPECT_EQ(response.at("fold").as_string(), "unset");
    EXPECT_EQ(response.at("key").as_array().at(0).as_string(), "KEY(42)");
    EXPECT_EQ(response.at("counts").as_array().at(0).as_string(), "ＫＥＹ（42）");
    const auto& effects = response.at("effects").as_array();
    ASSERT_EQ(effects.size(), 3U);
    EXPECT_EQ(score_of(effects.at(0).as_object()), "0");
    EXPECT_EQ(score_of(effects.at(2).as_object()), "1");
    EXPECT_EQ(effects.at(2).as_object().at("counts").as_array().at(0).as_string(), "KEY(42)");
    EXPECT_FALSE(got.at("all_correct").as_bool());
    EXPECT_TRUE(typed("item/1", "ＫＥＹ（42）　").at("all_correct").as_bool());
}

TEST_F(PreviewPages, GoThroughATestByItsRulesWithTheOutcomesSoFar) {
    const auto start = post("test/0", R"({"seed":"1","current":null,"responses":{}})");
    EXPECT_EQ(start.at("entries").as_array().size(), 2U);
    EXPECT_EQ(start.at("next").to_number<int>(), 0);
    const auto after = [&](const std::string& text) {
        return post("test/0", R"({"seed":"1","current":0,"responses":{"Q1":{"RESPONSE":[")" + text +
                                  R"("]}}})");
    };
    EXPECT_EQ(after("x").at("next").to_number<int>(), 1);
    const auto right = after("KEY(42)");
    EXPECT_TRUE(right.at("next").is_null());
    EXPECT_EQ(right.at("outcomes").as_object().at("TOTAL").as_array().at(0).as_string(), "1");
    EXPECT_TRUE(post("test/0", R"({"current":77,"responses":{}})").at("next").is_null());
}

TEST_F(PreviewPages, ListAnItemThatCannotBeReadWithItsReason) {
    const auto content = json::parse(get("content.json").body).as_object();
    const auto& items = content.at("items").as_array();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_FALSE(items.at(0).as_object().contains("error"));
    EXPECT_TRUE(items.at(2).as_object().contains("error"));
    EXPECT_EQ(get("item/2").type, "text/plain; charset=utf-8");
    EXPECT_TRUE(post("item/2", "{}").contains("error"));
}

TEST_F(PreviewPages, RefuseABodyThatIsNoObject) {
    EXPECT_EQ(preview_.answer({"POST", std::string(kBase) + "item/0", {}, "[]"}).status, 400);
    EXPECT_EQ(preview_.answer({"POST", std::string(kBase) + "item/0", {}, "{"}).status, 400);
    EXPECT_TRUE(post("item/0", R"({"responses":{"RESPONSE":"x","OTHER":[1]},"seed":7})")
                    .contains("outcomes"));
}

}  // namespace
}  // namespace assay::preview
