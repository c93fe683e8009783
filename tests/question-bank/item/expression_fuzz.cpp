// Any bytes as the element of an expression: it gives the same value twice from the same seed, and
// a value that is written reads back the same.
#include <cstdint>

#include "crypto/base/check.h"
#include "question-bank/item/operator.h"
#include "question-bank/item/read_rule.h"

namespace {

using namespace assay::item;

assay::Result<Value> value_of(const Rule& rule) {
    Context context;
    context.numbers = SeededNumbers(7);
    return evaluate(rule, context);
}

void check_text(const Value& value) {
    if (value.cardinality == Cardinality::kRecord || value.base == BaseType::kUnknown) {
        return;
    }
    for (const auto& item : value.items) {
        const auto text = scalar_to_text(value.base, item);
        const auto again = scalar_from_text(value.base, text);
        if (again.ok()) {
            ASSAY_CHECK(scalar_to_text(value.base, *again) == text);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kBytes = 1 << 16;
    const auto xml = parse_xml({data, size}, {kBytes, 50, 5'000});
    if (!xml.ok()) {
        return 0;
    }
    std::vector<Finding> findings;
    const auto rule = read_rule(*xml, xml->root(), findings);
    const auto once = value_of(rule);
    const auto twice = value_of(rule);
    ASSAY_CHECK(once.ok() == twice.ok());
    if (once.ok()) {
        ASSAY_CHECK(value_to_text(*once) == value_to_text(*twice));
        check_text(*once);
    }
    return 0;
}
