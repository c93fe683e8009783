// customOperator by a named allow-list: the only ones that are ever run. The meaning of each is
// that of the tool that writes it.
#include <array>
#include <sstream>

#include "question-bank/item/fold.h"
#include "question-bank/item/number.h"
#include "question-bank/item/operator.h"

namespace assay::item {

namespace {

struct Custom {
    std::string_view name;  ///< of `class` or `definition`
    Result<Value> (*apply)(const Call& call);
};

/// The only operand, a string; nothing where it is NULL.
Result<std::optional<std::string>> text_of(const Call& call) {
    if (call.operands.size() != 1) {
        return wrong_operand(call, "one operand");
    }
    if (call.operands[0].is_null()) {
        return std::optional<std::string>();
    }
    const auto* text = call.operands[0].items.size() == 1
                           ? std::get_if<std::string>(&call.operands[0].items[0])
                           : nullptr;
    if (text == nullptr) {
        return wrong_operand(call, "not a string");
    }
    return std::optional(*text);
}

template <typename Change>
Result<Value> changed(const Call& call, Change change) {
    ASSAY_TRY(const auto text, text_of(call));
    return text ? Value::text(change(*text)) : Value::null(BaseType::kString);
}

Result<Value> trim(const Call& call) {
    return changed(call, [](const std::string& t) { return trimmed_all(t); });
}

Result<Value> to_ascii(const Call& call) {
    return changed(call, [](const std::string& t) { return ascii_form(t); });
}

Result<Value> comma_decimal(const Call& call) {
    ASSAY_TRY(auto text, text_of(call));
    if (!text) {
        return Value::null(BaseType::kFloat);
    }
    for (char& c : *text) {
        c = c == ',' ? '.' : c;
    }
    const auto number = real_from(*text);
    return number ? Value::real(*number) : Value::null(BaseType::kFloat);
}

Result<Value> csv(const Call& call, Cardinality cardinality) {
    ASSAY_TRY(const auto text, text_of(call));
    Value out = Value::null(BaseType::kString, cardinality);
    std::istringstream parts(text.value_or(""));
    for (std::string part; std::getline(parts, part, ',');) {
        out.items.emplace_back(std::string(trimmed(part)));
    }
    return out;
}

Result<Value> csv_to_ordered(const Call& call) { return csv(call, Cardinality::kOrdered); }
Result<Value> csv_to_multiple(const Call& call) { return csv(call, Cardinality::kMultiple); }

/// The separator, then the text: the parts between separators, an empty one too.
Result<Value> explode(const Call& call) {
    Value out = Value::null(BaseType::kString, Cardinality::kOrdered);
    if (call.operands.size() != 2) {
        return wrong_operand(call, "two operands");
    }
    ASSAY_TRY(const auto separator, text_of({call.rule, call.context, call.operands.first(1)}));
    ASSAY_TRY(const auto text, text_of({call.rule, call.context, call.operands.last(1)}));
    if (!separator || separator->empty() || !text || text->empty()) {
        return out;
    }
    std::string_view rest = *text;
    for (auto at = rest.find(*separator); at != std::string_view::npos;
         at = rest.find(*separator)) {
        out.items.emplace_back(std::string(rest.substr(0, at)));
        rest.remove_prefix(at + separator->size());
    }
    out.items.emplace_back(std::string(rest));
    return out;
}

/// The separator, then a container of texts: them joined.
Result<Value> implode(const Call& call) {
    if (call.operands.size() != 2) {
        return wrong_operand(call, "two operands");
    }
    ASSAY_TRY(const auto separator, text_of({call.rule, call.context, call.operands.first(1)}));
    const auto& parts = call.operands[1];
    if (!separator || parts.is_null()) {
        return Value::null(BaseType::kString);
    }
    std::string out;
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        const auto* part = std::get_if<std::string>(&parts.items[i]);
        if (part == nullptr) {
            return wrong_operand(call, "not strings");
        }
        out += (i == 0 ? "" : *separator) + *part;
    }
    return Value::text(std::move(out));
}

constexpr std::array kAllowed = {
    Custom{"qade:Trim", trim},
    Custom{"depcp:Trim", trim},
    Custom{"qade:ToAscii", to_ascii},
    Custom{"depcp:ToAscii", to_ascii},
    Custom{"qade:ParseCommaDecimal", comma_decimal},
    Custom{"depcp:ParseCommaDecimal", comma_decimal},
    Custom{"qti.customOperators.CsvToOrdered", csv_to_ordered},
    Custom{"qti.customOperators.CsvToMultiple", csv_to_multiple},
    Custom{"qtism.runtime.expressions.operators.custom.Explode", explode},
    Custom{"qtism.runtime.expressions.operators.custom.Implode", implode},
};

Result<Value> custom(const Call& call) {
    for (const char* attribute : {"definition", "class"}) {
        for (const auto& allowed : kAllowed) {
            if (allowed.name == call.rule.attribute(attribute)) {
                return allowed.apply(call);
            }
        }
    }
    call.context.warnings.push_back({"item.operator.custom"_id,
                                     {{"class", std::string(call.rule.attribute("class"))},
                                      {"line", std::to_string(call.rule.line)}}});
    return Value::null();
}

constexpr std::array kOperators = {
    Operator{"customOperator", 0, kManyOperands, custom},
};

}  // namespace

std::span<const Operator> custom_operators() { return kOperators; }

}  // namespace assay::item
