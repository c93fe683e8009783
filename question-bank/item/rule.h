#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/base/result.h"

namespace assay::item {

struct Context;
struct Operator;
struct Rule;
struct Value;

/// What a run of rules came to; kAgain: a template constraint does not hold.
enum class Flow { kNext, kExit, kAgain };

/// Does what a rule says.
using Perform = Result<Flow> (*)(const Rule&, Context&);

/// One element of response, template or outcome processing: a rule, a branch of a condition or an
/// expression. Names are those of QTI 2.x. Read once, interpreted many times, never changed.
struct Rule {
    std::string name;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::string text;
    std::vector<Rule> children;
    std::uint32_t line = 0;
    const Operator* op = nullptr;           ///< where the element is an expression that we know
    Perform perform = nullptr;              ///< where it is a rule that is run
    std::shared_ptr<const Value> constant;  ///< of a baseValue whose text is one

    /// Empty where there is no such attribute.
    std::string_view attribute(std::string_view wanted) const;
};

}  // namespace assay::item
