#include "question-bank/item/rule.h"

namespace assay::item {

std::string_view Rule::attribute(std::string_view wanted) const {
    for (const auto& [key, value] : attributes) {
        if (key == wanted) {
            return value;
        }
    }
    return {};
}

}  // namespace assay::item
