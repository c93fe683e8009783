#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::item {

struct Operator;

/// One element of response, template or outcome processing: a rule, a branch of a condition or an
/// expression. Names are those of QTI 2.x. Read once, interpreted many times, never changed.
struct Rule {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string text;
    std::vector<Rule> children;
    std::uint32_t line = 0;
    const Operator* op = nullptr;  ///< where the element is an expression that we know

    /// Empty where there is no such attribute.
    std::string_view attribute(std::string_view wanted) const;
};

}  // namespace assay::item
