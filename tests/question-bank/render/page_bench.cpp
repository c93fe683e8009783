// HTML of an item, cold, beside the parse of its XML alone. The aim: within 5 times, below 1 ms.
#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "tests/question-bank/render/render_pages.h"

namespace assay::render::test {
namespace {

const char* name_of(std::int64_t index) {
    static constexpr const char* kNames[] = {"choice", "content", "graphic-gap-match"};
    return kNames[index];
}

void parse_of_the_xml(benchmark::State& state) {
    const std::string xml =
        file_text(sample_folder() / (std::string(name_of(state.range(0))) + ".xml"));
    for (auto _ : state) {
        pugi::xml_document document;
        benchmark::DoNotOptimize(document.load_string(xml.c_str()));
    }
}

void html_of_the_item(benchmark::State& state) {
    const item::Item item = sample(name_of(state.range(0)));
    const text::Texts texts = shipped_texts();
    RenderRequest request{.item = item, .texts = texts};
    request.item_path = "items/one.xml";
    const PlayerWords words(texts, request.language);
    request.words = &words;
    for (auto _ : state) {
        benchmark::DoNotOptimize(render_item_page(request));
    }
}

BENCHMARK(parse_of_the_xml)->DenseRange(0, 2);
BENCHMARK(html_of_the_item)->DenseRange(0, 2);

}  // namespace
}  // namespace assay::render::test
