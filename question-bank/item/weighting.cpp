#include "question-bank/item/weighting.h"

#include <algorithm>
#include <sstream>

namespace assay::item {

namespace {

/// "Q1.2" is the second instance of "Q1".
bool refers_to(std::string_view result, std::string_view reference) {
    if (result == reference) {
        return true;
    }
    if (!result.starts_with(reference) || result.size() < reference.size() + 2 ||
        result[reference.size()] != '.') {
        return false;
    }
    const auto instance = result.substr(reference.size() + 1);
    return instance.find_first_not_of("0123456789") == std::string_view::npos;
}

Placed placed(const ItemResult& result, const std::vector<Test::Place>& places) {
    const auto found = std::find_if(places.begin(), places.end(), [&](const Test::Place& place) {
        return refers_to(result.identifier, place.item->identifier);
    });
    return {&result, found == places.end() ? Test::Place{} : *found};
}

std::vector<std::string> words(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> out;
    for (std::string word; in >> word;) {
        out.push_back(word);
    }
    return out;
}

bool in_section(const Placed& item, std::string_view section) {
    if (section.empty()) {
        return true;
    }
    if (item.place.part != nullptr && item.place.part->identifier == section) {
        return true;
    }
    return std::any_of(item.place.sections.begin(), item.place.sections.end(),
                       [&](const Section* s) { return s->identifier == section; });
}

bool in_any(const Placed& item, const std::vector<std::string>& categories) {
    if (item.place.item == nullptr) {
        return false;
    }
    const auto& own = item.place.item->categories;
    return std::any_of(categories.begin(), categories.end(), [&](const std::string& c) {
        return std::find(own.begin(), own.end(), c) != own.end();
    });
}

struct Reference {
    Placed item{nullptr, {}};
    std::string_view variable;
};

/// The result that `name` means: its own, or where a reference was drawn several times and part of
/// a simultaneous submission, the last of them. "Otherwise it is undefined."
const ItemResult* result_named(const Call& call, std::string_view name,
                               const std::vector<Test::Place>& places) {
    const ItemResult* last = nullptr;
    for (const auto& result : *call.context.items) {
        if (result.identifier == name) {
            return &result;
        }
        if (refers_to(result.identifier, name)) {
            const auto* part = placed(result, places).place.part;
            last =
                part != nullptr && part->submission == Submission::kSimultaneous ? &result : last;
        }
    }
    return last;
}

/// Splits at the last point that leaves an item's identifier before it.
Reference reference_of(const Call& call) {
    const auto name = call.rule.attribute("identifier");
    const auto places = call.context.test->places();
    for (auto dot = name.rfind('.'); dot != std::string_view::npos && dot > 0;
         dot = name.rfind('.', dot - 1)) {
        if (const auto* result = result_named(call, name.substr(0, dot), places)) {
            return {placed(*result, places), name.substr(dot + 1)};
        }
    }
    return {};
}

}  // namespace

std::vector<Placed> item_subset(const Call& call) {
    std::vector<Placed> out;
    if (call.context.items == nullptr) {
        return out;
    }
    const auto section = call.rule.attribute("sectionIdentifier");
    const auto include = words(call.rule.attribute("includeCategory"));
    const auto exclude = words(call.rule.attribute("excludeCategory"));
    const auto places = call.context.test->places();
    for (const auto& result : *call.context.items) {
        auto item = placed(result, places);
        if (in_section(item, section) && (include.empty() || in_any(item, include)) &&
            !in_any(item, exclude)) {
            out.push_back(std::move(item));
        }
    }
    return out;
}

const Value* variable_of(const Placed& item, std::string_view name) {
    if (item.place.item != nullptr) {
        for (const auto& [source, target] : item.place.item->variable_mappings) {
            if (target == name) {
                name = source;
                break;
            }
        }
    }
    const auto found = item.result->variables.find(name);
    return found == item.result->variables.end() ? nullptr : &found->second;
}

double weight_of(const Placed& item, std::string_view identifier) {
    if (item.place.item == nullptr || identifier.empty()) {
        return 1;
    }
    for (const auto& weight : item.place.item->weights) {
        if (weight.identifier == identifier) {
            return weight.value;
        }
    }
    return 1;
}

Value weighted(const Value& value, double weight) {
    const auto number = number_of(value);
    return number && weight != 1 ? Value::real(*number * weight) : value;
}

Result<Value> item_variable(const Call& call) {
    if (call.context.items == nullptr) {
        return Value::null();
    }
    const auto reference = reference_of(call);
    if (reference.item.result == nullptr) {
        return Value::null();
    }
    if (reference.variable == "duration") {
        return Value::of(BaseType::kDuration, reference.item.result->duration_seconds);
    }
    const auto* value = variable_of(reference.item, reference.variable);
    if (value == nullptr) {
        return Value::null();
    }
    return weighted(*value, weight_of(reference.item, call.rule.attribute("weightIdentifier")));
}

namespace {

Result<Value> declared(const Call& call, Value Declaration::* part) {
    if (call.context.items == nullptr) {
        return Value::null();
    }
    const auto reference = reference_of(call);
    if (reference.item.result != nullptr) {
        for (const auto& declaration : reference.item.result->declarations) {
            if (declaration.identifier == reference.variable) {
                return declaration.*part;
            }
        }
    }
    return Value::null();
}

}  // namespace

Result<Value> item_correct(const Call& call) { return declared(call, &Declaration::correct); }
Result<Value> item_default(const Call& call) { return declared(call, &Declaration::initial); }

}  // namespace assay::item
