#pragma once

#include <functional>
#include <stop_token>
#include <string>

namespace assay::desk {

/// Calls `take` for every line of a descriptor until it says false, the input ends, or a stop is
/// asked for. Looks for that every 200 ms: a line that never comes must not hold up the end.
void read_lines(int fd, const std::stop_token& stop,
                const std::function<bool(const std::string&)>& take);

}  // namespace assay::desk
