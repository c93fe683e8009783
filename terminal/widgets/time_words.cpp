#include "terminal/widgets/time_words.h"

#include <algorithm>

namespace assay::widgets {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kHour = 60 * kMinute;

}  // namespace

wxString time_words(const Tongue& tongue, std::int64_t seconds) {
    const Args args{{"hours", std::to_string(seconds / kHour)},
                    {"minutes", std::to_string(seconds % kHour / kMinute)},
                    {"seconds", std::to_string(seconds % kMinute)}};
    if (seconds < kMinute) {
        return tongue.say("widgets.time.seconds"_id, args);
    }
    if (seconds % kMinute != 0) {
        return tongue.say(seconds < kHour ? "widgets.time.minutes-seconds"_id
                                          : "widgets.time.hours-minutes-seconds"_id,
                          args);
    }
    if (seconds < kHour) {
        return tongue.say("widgets.time.minutes"_id, args);
    }
    return tongue.say(
        seconds % kHour == 0 ? "widgets.time.hours"_id : "widgets.time.hours-minutes"_id, args);
}

wxString time_left_words(const Tongue& tongue, std::int64_t milliseconds) {
    const std::int64_t seconds = (std::max<std::int64_t>(0, milliseconds) + 999) / 1000;
    const bool whole = seconds >= kMinute;
    return time_words(tongue, whole ? (seconds + kMinute - 1) / kMinute * kMinute : seconds);
}

wxString longest_time_left(const Tongue& tongue) {
    return time_words(tongue, 8 * kHour + 58 * kMinute);
}

}  // namespace assay::widgets
