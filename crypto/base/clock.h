#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/base/result.h"

namespace assay {

/// Seconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC: "2026-03-01T08:30:00Z".
struct WallTime {
    std::int64_t seconds = 0;

    std::string text() const;
    /// Accepts exactly the form that text() writes, years 1970 to 9999.
    static Result<WallTime> from_text(std::string_view text);
    friend auto operator<=>(const WallTime&, const WallTime&) = default;
};

inline WallTime operator+(WallTime t, std::chrono::seconds d) { return {t.seconds + d.count()}; }
inline std::chrono::seconds operator-(WallTime a, WallTime b) {
    return std::chrono::seconds(a.seconds - b.seconds);
}

/// Milliseconds of a clock that never jumps and, on Linux, counts suspended time (CLOCK_BOOTTIME).
/// Only differences within one boot mean anything.
using SteadyTime = std::chrono::duration<std::int64_t, std::milli>;

/// The only source of time below main. Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual SteadyTime steady() const = 0;
    virtual WallTime wall() const = 0;
};

class SystemClock final : public Clock {
  public:
    SteadyTime steady() const override;
    WallTime wall() const override;
};

/// A clock that tests move. Setting the wall does not move the steady clock, as on a real machine.
class FakeClock final : public Clock {
  public:
    SteadyTime steady() const override { return steady_; }
    WallTime wall() const override { return wall_; }

    void advance(std::chrono::milliseconds by);
    void set_wall(WallTime wall) { wall_ = wall; }

  private:
    SteadyTime steady_{1000};
    WallTime wall_{1772353800};  // 2026-03-01T08:30:00Z
    std::int64_t fraction_ms_ = 0;
};

}  // namespace assay
