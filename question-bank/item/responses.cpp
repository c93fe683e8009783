#include "question-bank/item/responses.h"

#include "question-bank/item/fold.h"
#include "question-bank/item/number.h"

namespace assay::item {

namespace {

Error not_a_response(const Declaration& declaration) {
    return fail(Code::kInvalid, "item.response.malformed"_id,
                {{"variable", declaration.identifier}});
}

Status check_limits(const Declaration& declaration, const TextLines& lines) {
    std::size_t total = 0;
    for (const auto& line : lines) {
        total += line.size();
    }
    if (lines.size() > kResponseItemsMax || total > kResponseTextBytesMax) {
        return fail(Code::kLimit, "item.response.size"_id,
                    {{"variable", declaration.identifier},
                     {"limit", std::to_string(kResponseTextBytesMax)}});
    }
    return Ok{};
}

/// The fields that a record-bound text entry has by the standard.
BaseType field_type(std::string_view name) {
    if (name == "floatValue") {
        return BaseType::kFloat;
    }
    for (const char* integer :
         {"integerValue", "leftDigits", "rightDigits", "ndp", "nsf", "exponent"}) {
        if (name == integer) {
            return BaseType::kInteger;
        }
    }
    return BaseType::kString;
}

/// The type that the declaration's own values give to a field, else the standard's.
BaseType field_type(const Declaration& declaration, std::string_view name) {
    for (const auto* value : {&declaration.correct, &declaration.initial}) {
        for (const auto& field : value->fields) {
            if (field.name == name) {
                return field.value.base;
            }
        }
    }
    return field_type(name);
}

Result<Value> record_from(const Declaration& declaration, const TextLines& lines) {
    Value out = Value::null(BaseType::kUnknown, Cardinality::kRecord);
    for (const auto& line : lines) {
        const auto equals = line.find('=');
        if (equals == std::string::npos || equals == 0) {
            return not_a_response(declaration);
        }
        std::string name = line.substr(0, equals);
        auto base = field_type(declaration, name);
        const auto colon = name.find(':');
        if (colon != std::string::npos) {
            base = base_type_named(name.substr(colon + 1)).value_or(BaseType::kString);
            name.resize(colon);
        }
        auto scalar = scalar_from_text(base, line.substr(equals + 1));
        if (!scalar.ok()) {
            return not_a_response(declaration);
        }
        out.fields.push_back({name, Value::of(base, std::move(*scalar))});
    }
    return out;
}

bool is_number(BaseType base) { return base == BaseType::kInteger || base == BaseType::kFloat; }

bool is_typed(BaseType base) { return is_number(base) || base == BaseType::kString; }

}  // namespace

Result<Value> value_from_text(const Declaration& declaration, const TextLines& lines) {
    ASSAY_TRY_STATUS(check_limits(declaration, lines));
    if (declaration.cardinality == Cardinality::kRecord) {
        return record_from(declaration, lines);
    }
    Value out = Value::null(declaration.base, declaration.cardinality);
    if (declaration.cardinality == Cardinality::kSingle && lines.size() > 1) {
        return not_a_response(declaration);
    }
    for (const auto& line : lines) {
        auto scalar = scalar_from_text(declaration.base, line);
        if (!scalar.ok()) {
            return not_a_response(declaration);
        }
        out.items.push_back(std::move(*scalar));
    }
    return out;
}

TextLines value_to_text(const Value& value) {
    TextLines out;
    for (const auto& item : value.items) {
        out.push_back(scalar_to_text(value.base, item));
    }
    for (const auto& field : value.fields) {
        const auto lines = value_to_text(field.value);
        out.push_back(field.name + ':' + std::string(name_of(field.value.base)) + '=' +
                      (lines.empty() ? std::string() : lines.front()));
    }
    return out;
}

std::string_view name_of(CaptureRule rule) {
    switch (rule) {
        case CaptureRule::kTrimmed:
            return "trimmed";
        case CaptureRule::kWidthNormalised:
            return "width-normalised";
        case CaptureRule::kPunctuationFolded:
            return "punctuation-folded";
    }
    return "";
}

std::string folded(const Declaration& declaration, std::string_view text) {
    switch (declaration.fold) {
        case Fold::kWidth:
            return width_folded(text);
        case Fold::kPunctuation:
            return punctuation_folded(text);
        default:
            return std::string(text);
    }
}

Result<Captured> capture(const Declaration& declaration, const TextLines& lines) {
    ASSAY_TRY_STATUS(check_limits(declaration, lines));
    Captured out;
    out.raw = lines;
    if (!is_typed(declaration.base) || declaration.cardinality == Cardinality::kRecord) {
        ASSAY_TRY(out.value, value_from_text(declaration, lines));
        return out;
    }
    bool trimmed_any = false;
    bool narrowed_any = false;
    out.value = Value::null(declaration.base, declaration.cardinality);
    for (const auto& line : lines) {
        const auto narrow =
            is_number(declaration.base) ? width_normalised(line) : folded(declaration, line);
        const auto text = trimmed_all(narrow);
        narrowed_any = narrowed_any || narrow != line;
        trimmed_any = trimmed_any || text != narrow;
        auto scalar = scalar_from_text(declaration.base, text);
        if (!text.empty() && scalar.ok()) {
            out.value.items.push_back(std::move(*scalar));
        }
    }
    if (declaration.cardinality == Cardinality::kSingle && lines.size() > 1) {
        return not_a_response(declaration);
    }
    if (trimmed_any) {
        out.rules.push_back(CaptureRule::kTrimmed);
    }
    if (narrowed_any) {
        const bool signs = !is_number(declaration.base) && declaration.fold == Fold::kPunctuation;
        out.rules.push_back(signs ? CaptureRule::kPunctuationFolded
                                  : CaptureRule::kWidthNormalised);
    }
    return out;
}

}  // namespace assay::item
