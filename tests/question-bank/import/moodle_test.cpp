#include "question-bank/import/moodle.h"

#include "tests/question-bank/import/import_cases.h"

namespace assay::import {
namespace {

std::string question(const std::string& type, const std::string& stem, const std::string& rest) {
    return "<question type=\"" + type +
           "\"><name><text>N</text></name><questiontext "
           "format=\"html\"><text><![CDATA[" +
           stem +
           "]]></text></questiontext>"
           "<defaultgrade>2.0000000</defaultgrade>" +
           rest + "</question>";
}

std::string answer(const std::string& fraction, const std::string& text,
                   const std::string& inside = "") {
    return "<answer fraction=\"" + fraction + "\"><text>" + text + "</text>" + inside + "</answer>";
}

Import read(const std::string& questions) {
    const auto text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>" + questions + "</quiz>";
    auto out = read_moodle(as_bytes(text));
    EXPECT_TRUE(out.ok()) << to_string(out.error());
    return std::move(*out);
}

TEST(Moodle, ReadsTheTypesThatMap) {
    const auto source =
        read(question("multichoice", "<p>Which<br>one?",
                      "<single>true</single>" + answer("100", "a") + answer("0", "b")) +
             question("truefalse", "?", answer("0", "true") + answer("100", "false")) +
             question("shortanswer", "?", "<usecase>1</usecase>" + answer("100", "Berlin")) +
             question("numerical", "?", answer("100", "3.14", "<tolerance>0.01</tolerance>")) +
             question("matching", "?",
                      "<subquestion><text>cat</text><answer><text>mew</text></answer>"
                      "</subquestion><subquestion><text></text><answer><text>moo"
                      "</text></answer></subquestion>") +
             question("cloze", "Now {1:SHORTANSWER:=red} and {3:MULTICHOICE:=up~down}.", "") +
             question("gapselect", "A [[1]] day",
                      "<selectoption><text>fine</text><group>1</group>"
                      "</selectoption><selectoption><text>bad</text><group>1"
                      "</group></selectoption>") +
             question("essay", "Write",
                      "<graderinfo format=\"html\"><text>two reasons</text></graderinfo>"));
    ASSERT_EQ(source.questions.size(), 8U);
    EXPECT_EQ(test::score(test::item_at(source, 0), {{"RESPONSE", {"C1"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 1), {{"RESPONSE", {"C2"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 2), {{"RESPONSE", {"Berlin"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 2), {{"RESPONSE", {"berlin"}}}), "0");
    EXPECT_EQ(test::score(test::item_at(source, 3), {{"RESPONSE", {"3.15"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 4), {{"RESPONSE", {"L1 R1"}}}), "2");
    const auto cloze = test::item_at(source, 5);
    EXPECT_EQ(test::score(cloze, {{"RESPONSE1", {"red"}}}), "0.5");
    EXPECT_EQ(test::score(cloze, {{"RESPONSE1", {"red"}}, {"RESPONSE2", {"C1"}}}), "2");
    EXPECT_EQ(test::score(test::item_at(source, 6), {{"RESPONSE1", {"C1"}}}), "2");
    const auto essay = test::item_at(source, 7);
    EXPECT_TRUE(essay.needs_marker());
    EXPECT_EQ(essay.rubrics.size(), 1U);
}

TEST(Moodle, TakesPicturesIntoThePackage) {
    const auto source = read(
        "<question type=\"essay\"><name><text>N</text></name><questiontext format=\"html\"><text>"
        "<![CDATA[<img src=\"@@PLUGINFILE@@/a%20b.png\" alt=\"x\">]]></text><file name=\"a b.png\" "
        "encoding=\"base64\">aGVsbG8=</file></questiontext></question>");
    ASSERT_EQ(source.files.size(), 1U);
    EXPECT_EQ(as_text(source.files.begin()->second), "hello");
    EXPECT_NE(source.questions[0].stem.find(source.files.begin()->first), std::string::npos);
}

TEST(Moodle, LeavesOutWhatDoesNotMapWithItsReason) {
    const auto source =
        read(question("calculated", "?", "") + question("stack", "?", "") +
             question("shortanswer", "?", answer("100", "Ber*")) + question("cloze", "no gap", ""));
    EXPECT_TRUE(source.questions.empty());
    ASSERT_EQ(source.left_out.size(), 4U);
    EXPECT_EQ(source.left_out[0].what.args[0].second, "calculated");
}

TEST(Moodle, TakesScriptOutOfWhatAnEditorWrote) {
    const auto source =
        read(question("essay", "<p onclick=\"x()\">Hi<script>alert(1)</script>", ""));
    EXPECT_EQ(source.questions[0].stem, "<p>Hi</p>");
}

TEST(Moodle, RefusesWhatIsNoExport) {
    EXPECT_EQ(read_moodle(as_bytes("<html/>")).error().code, Code::kInvalid);
    EXPECT_FALSE(read_moodle(as_bytes("<!DOCTYPE quiz [<!ENTITY a \"b\">]><quiz/>")).ok());
}

}  // namespace
}  // namespace assay::import
