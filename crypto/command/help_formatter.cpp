#include "crypto/command/help_formatter.h"

namespace assay::command {

std::string short_number(const std::string& number) {
    const std::size_t point = number.find('.');
    if (point == std::string::npos ||
        number.find_first_not_of("0123456789.-") != std::string::npos) {
        return number;
    }
    const std::size_t last = number.find_last_not_of('0');
    return number.substr(0, last == point ? point : last + 1);
}

/// CLI11 names a type "TEXT", "INT", "TEXT:{light,dark}" or "INT:INT in [0 - 60000]".
std::string HelpFormatter::value_of(const CLI::Option& option) const {
    const std::string type = option.get_type_name();
    const std::size_t colon = type.find(':');
    const std::string kind = type.substr(0, colon);
    const std::string limits = colon == std::string::npos ? "" : type.substr(colon + 1);
    std::string out = kind;
    if (kind == "TEXT") {
        out = session_.say("command.help.type-text"_id);
    } else if (kind == "INT" || kind == "UINT" || kind == "FLOAT") {
        out = session_.say("command.help.type-number"_id);
    }
    const std::size_t open = limits.find(" in [");
    const std::size_t dash = limits.find(" - ");
    if (open != std::string::npos && dash != std::string::npos && limits.ends_with("]")) {
        const std::size_t low = open + 5;
        const std::size_t high = dash + 3;
        out +=
            ' ' + session_.say(
                      "command.help.label-range"_id,
                      {{"lowest", short_number(limits.substr(low, dash - low))},
                       {"highest", short_number(limits.substr(high, limits.size() - 1 - high))}});
    } else if (!limits.empty()) {
        out += ':' + limits;
    }
    return out;
}

std::string HelpFormatter::others(MessageId id, const std::set<CLI::Option*>& options) const {
    std::string names;
    for (const CLI::Option* each : options) {
        names += (names.empty() ? "" : " ") + each->get_name();
    }
    return names.empty() ? std::string() : ' ' + session_.say(id, {{"options", names}});
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
    std::string out;
    if (option->get_type_size() != 0) {
        if (!option->get_type_name().empty()) {
            out += ' ' + value_of(*option);
        }
        if (!option->get_default_str().empty()) {
            out += '=' + option->get_default_str();
        }
        if (option->get_expected_max() == CLI::detail::expected_max_vector_size) {
            out += " ...";
        }
        if (option->get_required()) {
            out += ' ' + get_label("REQUIRED");
        }
    }
    return out + others("command.help.label-needs"_id, option->get_needs()) +
           others("command.help.label-excludes"_id, option->get_excludes());
}

}  // namespace assay::command
