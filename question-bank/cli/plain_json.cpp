#include "question-bank/cli/plain_json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace assay::bank {
namespace {

std::string plain_number(double value) {
    if (!std::isfinite(value)) {
        return "null";  // JSON has no such number
    }
    // The longest double in plain decimals: 1074 digits behind the point, or 309 before it.
    std::array<char, 1100> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr;
    return {text.data(), end};
}

}  // namespace

std::string plain_json(const boost::json::value& value) {
    std::string out;
    if (const auto* const number = value.if_double()) {
        return plain_number(*number);
    }
    if (const auto* const list = value.if_array()) {
        for (const auto& each : *list) {
            out += (out.empty() ? "" : ",") + plain_json(each);
        }
        return "[" + out + "]";
    }
    if (const auto* const object = value.if_object()) {
        for (const auto& [name, each] : *object) {
            out += (out.empty() ? "" : ",") + boost::json::serialize(boost::json::value(name)) +
                   ":" + plain_json(each);
        }
        return "{" + out + "}";
    }
    return boost::json::serialize(value);
}

}  // namespace assay::bank
