// Scoring lines of JSON beside reading and writing the same lines, and reading a package of 5,000
// items beside unpacking it and parsing its files.
#include "question-bank/item/score.h"

#include <array>

#include <benchmark/benchmark.h>
#include <boost/json.hpp>
#include <pugixml.hpp>
#include <zip.h>

#include "question-bank/item/package.h"
#include "tests/question-bank/item/item_text.h"
#include "tests/support/paths.h"

namespace assay::item {
namespace {

namespace json = boost::json;

struct Sample {
    std::string xml;
    std::string line;
};

std::string declared(const std::string& base, const std::string& inside) {
    return "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"" +
           base + "\">" + inside + "</responseDeclaration>" + test_text::kScore;
}

std::string line_of(const std::string& value) {
    return R"({"id":"case/1","item":"items/one.xml","responses":{"RESPONSE":[")" + value +
           R"("]},"note":"what else a line of the list holds is read and left alone"})";
}

Sample choice() {
    return {test_text::item(
                declared("identifier", "<correctResponse><value>B</value></correctResponse>"),
                "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><simpleChoice "
                "identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice>"
                "</choiceInteraction>",
                "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/"
                "rptemplates/match_correct\"/>"),
            line_of("B")};
}

Sample text() {
    return {test_text::item(declared("string",
                                     "<mapping><mapEntry mapKey=\"York\" mappedValue=\"1\"/>"
                                     "<mapEntry mapKey=\"york\" mappedValue=\"0.5\"/></mapping>"),
                            "<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>",
                            "<responseProcessing template=\"http://www.imsglobal.org/question/"
                            "qti_v2p1/rptemplates/map_response\"/>"),
            line_of("york")};
}

/// A condition with several branches of arithmetic, as custom rules have them.
Sample custom() {
    std::string branches;
    for (int i = 0; i < 5; ++i) {
        const std::string name = i == 0 ? "responseIf" : "responseElseIf";
        branches +=
            '<' + name +
            "><and><gte><variable identifier=\"RESPONSE\"/><baseValue baseType=\"float\">" +
            std::to_string(90 - 10 * i) +
            "</baseValue></gte><not><isNull><variable identifier=\"RESPONSE\"/></isNull>"
            "</not></and><setOutcomeValue identifier=\"SCORE\"><sum><product><variable "
            "identifier=\"RESPONSE\"/><baseValue baseType=\"float\">0.1</baseValue></product>"
            "<baseValue baseType=\"float\">1</baseValue></sum></setOutcomeValue></" +
            name + '>';
    }
    return {test_text::item(declared("float", ""),
                            "<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>",
                            "<responseProcessing><responseCondition>" + branches +
                                "</responseCondition></responseProcessing>"),
            line_of("55")};
}

Sample sample(std::int64_t index) { return index == 0 ? choice() : index == 1 ? text() : custom(); }

json::array texts_of(const TextLines& lines) {
    json::array out;
    for (const auto& line : lines) {
        out.emplace_back(line);
    }
    return out;
}

void echo_of_the_lines(benchmark::State& state) {
    const auto line = sample(state.range(0)).line;
    for (auto _ : state) {
        benchmark::DoNotOptimize(json::serialize(json::parse(line)));
    }
}

void score_of_the_lines(benchmark::State& state) {
    const auto one = sample(state.range(0));
    const auto item = *read_item(as_bytes(one.xml));
    for (auto _ : state) {
        const auto parsed = json::parse(one.line);
        Responses responses;
        for (const auto& [name, value] : parsed.at("responses").as_object()) {
            TextLines lines;
            for (const auto& each : value.as_array()) {
                lines.emplace_back(each.as_string());
            }
            const std::string_view key(name.data(), name.size());
            responses[std::string(key)] = *value_from_text(*item.response(key), lines);
        }
        const auto outcomes = *score_item(item, responses);
        json::object out{{"id", parsed.at("id")}};
        auto& values = out["outcomes"].emplace_object();
        for (const auto& [name, value] : outcomes.values) {
            values[name] = texts_of(value_to_text(value));
        }
        benchmark::DoNotOptimize(json::serialize(out));
    }
}

constexpr int kItems = 5'000;

Bytes package_zip() {
    const assay::test::TempFolder folder;
    const auto path = folder.path() / "a.zip";
    int error = 0;
    auto* zip = zip_open(path.c_str(), ZIP_CREATE, &error);
    const std::array items = {choice().xml, text().xml, custom().xml};
    std::string manifest =
        "<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" "
        "identifier=\"M\"><resources>";
    std::vector<std::string> names;
    for (int i = 0; i < kItems; ++i) {
        names.push_back("items/i" + std::to_string(i) + ".xml");
        manifest += "<resource identifier=\"I" + std::to_string(i) +
                    "\" type=\"imsqti_item_xmlv2p1\" href=\"" + names.back() + "\"><file href=\"" +
                    names.back() + "\"/></resource>";
    }
    manifest += "</resources></manifest>";
    const auto add = [&](const std::string& name, const std::string& content) {
        auto* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        (void)zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    };
    add("imsmanifest.xml", manifest);
    for (std::size_t i = 0; i < names.size(); ++i) {
        add(names[i], items.at(i % items.size()));
    }
    (void)zip_close(zip);
    SystemDisk disk;
    return *read_file(disk, path, UINT64_MAX);
}

void unpack_and_parse(benchmark::State& state) {
    const auto bytes = package_zip();
    for (auto _ : state) {
        zip_error_t error;
        auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
        auto* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        const auto count = zip_get_num_entries(zip, 0);
        std::string text;
        for (zip_int64_t i = 0; i < count; ++i) {
            zip_stat_t stat;
            (void)zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat);
            text.resize(stat.size);
            auto* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
            (void)zip_fread(file, text.data(), text.size());
            (void)zip_fclose(file);
            pugi::xml_document document;
            benchmark::DoNotOptimize(document.load_buffer(text.data(), text.size()));
        }
        zip_discard(zip);
    }
}

void read_and_index(benchmark::State& state) {
    const auto bytes = package_zip();
    for (auto _ : state) {
        const auto package = *read_package_zip(bytes);
        for (const auto* resource : package.of_kind(ResourceKind::kItem)) {
            benchmark::DoNotOptimize(read_item_at(package, resource->href));
        }
    }
}

BENCHMARK(echo_of_the_lines)->DenseRange(0, 2);
BENCHMARK(score_of_the_lines)->DenseRange(0, 2);
BENCHMARK(unpack_and_parse)->Unit(benchmark::kMillisecond);
BENCHMARK(read_and_index)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace assay::item
