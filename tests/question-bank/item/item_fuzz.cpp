// Any bytes as an item: what is read scores without a crash, the same twice, and its candidate view
// is an item again that holds no key.
#include <cstdlib>

#include "question-bank/item/score.h"
#include "question-bank/item/views.h"

namespace {

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// As text: NaN is not equal to itself.
std::vector<assay::item::TextLines> lines_of(const assay::item::Outcomes& outcomes) {
    std::vector<assay::item::TextLines> out;
    for (const auto& [name, value] : outcomes.values) {
        out.push_back(assay::item::value_to_text(value));
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const ByteView bytes(data, size);
    const auto item = item::read_item(bytes);
    if (!item.ok()) {
        return 0;
    }
    item::Responses responses;
    for (const auto& declaration : item->responses) {
        responses[declaration.identifier] = declaration.correct;
    }
    const auto once = item::score_item(*item, responses, 1);
    const auto twice = item::score_item(*item, responses, 1);
    must(once.ok() == twice.ok());
    must(!once.ok() || lines_of(*once) == lines_of(*twice));
    const auto view = item::candidate_view(bytes);
    must(view.ok());
    const auto again = item::read_item(*view);
    must(again.ok());
    must(!again->response_processing.has_value());
    for (const auto& declaration : again->responses) {
        must(declaration.correct.is_null() && !declaration.mapping);
    }
    return 0;
}
