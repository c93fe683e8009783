#pragma once

#include <cstdint>

#include "terminal/widgets/tongue.h"

namespace assay::widgets {

/// A length of time with its units, so that nobody reads hours as minutes: "1 h 15 min", "45 min",
/// "42 s", and seconds too where they are no whole minutes: "2 min 30 s".
wxString time_words(const Tongue& tongue, std::int64_t seconds);

/// What is left of a time, said the same at desk and terminal: whole minutes, rounded up so that
/// the last one is not called none; seconds below a minute; never less than none.
wxString time_left_words(const Tongue& tongue, std::int64_t milliseconds);

/// The longest that time_left_words says of less than ten hours: the room to keep for it.
wxString longest_time_left(const Tongue& tongue);

}  // namespace assay::widgets
