// Any bytes as a test: the same seed gives the same form, every entry of it has its place, and a
// walk through it ends.
#include <cstdint>

#include "crypto/base/check.h"
#include "question-bank/item/progress.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay::item;
    const auto test = read_test({data, size});
    if (!test.ok()) {
        return 0;
    }
    const auto form = make_form(*test, size);
    const auto again = make_form(*test, size);
    ASSAY_CHECK(form.entries.size() == again.entries.size());
    for (std::size_t i = 0; i < form.entries.size(); ++i) {
        ASSAY_CHECK(form.entries[i].item == again.entries[i].item);
        ASSAY_CHECK(form.entries[i].part != nullptr && !form.entries[i].sections.empty());
    }
    std::optional<std::size_t> at;
    for (std::size_t steps = 0; steps <= form.entries.size(); ++steps) {
        const auto next = next_entry(*test, form, at, {});
        if (!next.ok() || !*next) {
            return 0;
        }
        ASSAY_CHECK(!at || **next > *at);
        at = *next;
    }
    ASSAY_CHECK(false);
    return 0;
}
