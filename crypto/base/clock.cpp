#include "crypto/base/clock.h"

#include <array>
#include <cstdio>

#include <time.h>

namespace assay {

std::string WallTime::text() const {
    using namespace std::chrono;
    const sys_seconds point{std::chrono::seconds(seconds)};
    const auto day = floor<days>(point);
    const year_month_day date{day};
    const hh_mm_ss clock{point - day};
    std::array<char, 40> out{};
    const int size = std::snprintf(
        out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return {out.data(), static_cast<std::size_t>(size)};
}

Result<WallTime> WallTime::from_text(std::string_view text) {
    static constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
    const auto bad = fail(Code::kInvalid, "base.time.form"_id);
    if (text.size() != kShape.size()) {
        return bad;
    }
    for (std::size_t i = 0; i < kShape.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == 'd' ? !digit : text[i] != kShape[i]) {
            return bad;
        }
    }
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (const char c : text.substr(at, size)) {
            value = value * 10 + (c - '0');
        }
        return value;
    };
    using namespace std::chrono;
    const year_month_day date{year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2)))};
    if (!date.ok() || number(0, 4) < 1970 || number(11, 2) > 23 || number(14, 2) > 59 ||
        number(17, 2) > 59) {
        return bad;
    }
    const auto point = sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) +
                       std::chrono::seconds(number(17, 2));
    return WallTime{duration_cast<std::chrono::seconds>(point.time_since_epoch()).count()};
}

SteadyTime SystemClock::steady() const {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return SteadyTime(std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1000000);
}

WallTime SystemClock::wall() const {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return WallTime{now.tv_sec};
}

void FakeClock::advance(std::chrono::milliseconds by) {
    steady_ += by;
    fraction_ms_ += by.count();
    wall_.seconds += fraction_ms_ / 1000;
    fraction_ms_ %= 1000;
}

}  // namespace assay
