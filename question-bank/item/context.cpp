#include "question-bank/item/context.h"

namespace assay::item {

Variable* Context::find(std::string_view identifier) {
    const auto found = variables.find(identifier);
    return found == variables.end() ? nullptr : &found->second;
}

}  // namespace assay::item
