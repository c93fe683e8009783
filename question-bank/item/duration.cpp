#include "question-bank/item/duration.h"

#include "question-bank/item/number.h"

namespace assay::item {

namespace {

double seconds_of(char unit, bool time) {
    constexpr double kMinute = 60;
    constexpr double kHour = 60 * kMinute;
    constexpr double kDay = 24 * kHour;
    switch (unit) {
        case 'Y':
            return time ? 0 : 365 * kDay;
        case 'M':
            return time ? kMinute : 30 * kDay;
        case 'W':
            return time ? 0 : 7 * kDay;
        case 'D':
            return time ? 0 : kDay;
        case 'H':
            return time ? kHour : 0;
        case 'S':
            return time ? 1 : 0;
        default:
            return 0;
    }
}

}  // namespace

std::optional<double> duration_from(std::string_view text) {
    text = trimmed(text);
    const bool negative = !text.empty() && text[0] == '-';
    std::string_view rest = negative ? text.substr(1) : text;
    if (rest.empty() || rest[0] != 'P') {
        return real_from(text);
    }
    double total = 0;
    bool time = false;
    for (rest.remove_prefix(1); !rest.empty();) {
        if (rest[0] == 'T' && !time) {
            time = true;
            rest.remove_prefix(1);
            continue;
        }
        const auto end = rest.find_first_not_of("0123456789.");
        if (end == 0 || end == std::string_view::npos || seconds_of(rest[end], time) == 0) {
            return std::nullopt;
        }
        const auto count = real_from(rest.substr(0, end));
        if (!count) {
            return std::nullopt;
        }
        total += *count * seconds_of(rest[end], time);
        rest.remove_prefix(end + 1);
    }
    return negative ? -total : total;
}

std::string duration_text(double seconds) {
    return (seconds < 0 ? "-PT" : "PT") + shortest(seconds < 0 ? -seconds : seconds) + "S";
}

}  // namespace assay::item
