// The item player in a real Chromium: see player.mjs, which prints a line a check.
#include <cstdlib>

#include "question-bank/item/score.h"
#include "question-bank/render/player.h"
#include "tests/question-bank/render/render_pages.h"

namespace assay::render::test {
namespace {

constexpr unsigned kRate = 8000;

/// Two seconds of a square wave, as a recording.
std::string wav_tone() {
    const auto little = [](std::uint32_t value, unsigned bytes) {
        std::string out;
        for (unsigned i = 0; i < bytes; ++i) {
            out += static_cast<char>(value >> (8 * i));
        }
        return out;
    };
    std::string samples;
    for (unsigned i = 0; i < 2 * kRate; ++i) {
        samples += static_cast<char>(i % 20 < 10 ? 140 : 116);
    }
    const auto size = static_cast<std::uint32_t>(samples.size());
    return "RIFF" + little(36 + size, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) +
           little(1, 2) + little(kRate, 4) + little(kRate, 4) + little(1, 2) + little(8, 2) +
           "data" + little(size, 4) + samples;
}

void write(const Path& path, const std::string& text) {
    SystemDisk disk;
    ASSERT_TRUE(disk.make_folders(path.parent_path()).ok());
    ASSERT_TRUE(write_file(disk, path, as_bytes(text)).ok());
}

void write_pages(const Path& folder, const text::Texts& texts, const std::string& name) {
    const item::Item item = sample(name);
    RenderRequest request{.item = item, .texts = texts};
    request.item_path = name + ".xml";
    request.bank_url = "/bank/";
    request.player_url = "/player/";
    if (name.ends_with("-tools")) {
        request.tools.assign(kTools.begin(), kTools.end());
    }
    const std::pair<Theme, const char*> themes[] = {
        {Theme::kLight, "light"}, {Theme::kDark, "dark"}, {Theme::kHighContrast, "contrast"}};
    for (const auto& [theme, word] : themes) {
        for (const text::Language language : {text::Language::kChinese, text::Language::kEnglish}) {
            request.theme = theme;
            request.language = language;
            const bool chinese = language == text::Language::kChinese;
            write(folder / (name + (chinese ? ".zh." : ".en.") + word + ".html"),
                  render_item_page(request).value());
        }
    }
}

/// What the scorer makes of each sum, a JSON list of [typed, value or null].
std::string sums_of_the_scorer() {
    const auto number = [](const std::string& text) {
        return "<baseValue baseType=\"float\">" + text + "</baseValue>";
    };
    const auto op = [](const std::string& name, const std::string& operands) {
        return '<' + name + '>' + operands + "</" + name + '>';
    };
    const auto math = [&](const std::string& name, const std::string& operand) {
        return "<mathOperator name=\"" + name + "\">" + number(operand) + "</mathOperator>";
    };
    const std::vector<std::pair<std::string, std::string>> sums = {
        {"0.1+0.2", op("sum", number("0.1") + number("0.2"))},
        {"7÷2", op("divide", number("7") + number("2"))},
        {"1÷0", op("divide", number("1") + number("0"))},
        {"2^0.5", op("power", number("2") + number("0.5"))},
        {"(-8)^0.5", op("power", number("-8") + number("0.5"))},
        {"10^400", op("power", number("10") + number("400"))},
        {"1.1×1.1", op("product", number("1.1") + number("1.1"))},
        {"5.055-0.1", op("subtract", number("5.055") + number("0.1"))},
        {"2+3×4", op("sum", number("2") + op("product", number("3") + number("4")))},
        {"-2^2", op("subtract", number("0") + op("power", number("2") + number("2")))},
        {"sin(1)", math("sin", "1")},
        {"tan(1.5)", math("tan", "1.5")},
        {"acos(2)", math("acos", "2")},
        {"ln(10)", math("ln", "10")},
        {"log(1000)", math("log", "1000")},
        {"exp(-3)", math("exp", "-3")},
        {"abs(-3.5)", math("abs", "-3.5")},
    };
    std::string out;
    for (const auto& [typed, rule] : sums) {
        const item::Item item = item_of(
            "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\" "
            "title=\"t\" adaptive=\"false\" timeDependent=\"false\"><outcomeDeclaration "
            "identifier=\"V\" cardinality=\"single\" baseType=\"float\"/><itemBody/>"
            "<responseProcessing><setOutcomeValue identifier=\"V\"><roundTo figures=\"12\" "
            "roundingMode=\"significantFigures\">" +
            rule + "</roundTo></setOutcomeValue></responseProcessing></assessmentItem>");
        const auto value = item::score_item(item, item::Responses{}).value().values.at("V");
        out += (out.empty() ? "[\"" : ",[\"") + typed + "\"," +
               (value.is_null() ? "null" : item::value_to_text(value).front()) + ']';
    }
    return '[' + out + ']';
}

TEST(Player, AnswersEveryInteractionByMouseAndByKeyboardAlike) {
    if (!std::filesystem::exists("/usr/bin/chromium")) {
        GTEST_SKIP() << "no chromium here";
    }
    const assay::test::TempFolder folder;
    const text::Texts texts = shipped_texts();
    for (const std::string& name : sample_names()) {
        write_pages(folder.path(), texts, name);
    }
    write(folder.path() / "player/player.js", player_js());
    write(folder.path() / "player/player.css", player_css());
    for (const char* name : {"board.svg", "sales.csv", "start.txt"}) {
        write(folder.path() / "bank" / name, file_text(sample_folder() / name));
    }
    write(folder.path() / "bank/tone.wav", wav_tone());
    write(folder.path() / "sums.json", sums_of_the_scorer());
    const char* shots = std::getenv("ASSAY_SCREENSHOTS");
    const std::string command =
        "node '" + (assay::test::repository() / "tests/question-bank/render/player.mjs").string() +
        "' '" + folder.path().string() + "' " + (shots == nullptr ? "" : shots);
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

}  // namespace
}  // namespace assay::render::test
