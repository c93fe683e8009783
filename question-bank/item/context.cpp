#include "question-bank/item/context.h"

#include <algorithm>

namespace assay::item {

Variable& Variables::operator[](std::string_view name) {
    const auto found = find(name);
    if (found != entries_.end()) {
        return found->second;
    }
    return entries_.emplace_back(std::string(name), Variable{}).second;
}

std::vector<Variables::Entry>::iterator Variables::find(std::string_view name) {
    return std::find_if(entries_.begin(), entries_.end(),
                        [&](const Entry& entry) { return entry.first == name; });
}

std::vector<Variables::Entry>::const_iterator Variables::find(std::string_view name) const {
    return std::find_if(entries_.begin(), entries_.end(),
                        [&](const Entry& entry) { return entry.first == name; });
}

Variable* Context::find(std::string_view identifier) {
    const auto found = variables.find(identifier);
    return found == variables.end() ? nullptr : &found->second;
}

}  // namespace assay::item
