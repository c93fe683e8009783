#pragma once

#include <source_location>

namespace assay {

/// Ends the process: a bug was found. Writes the place, never a value.
[[noreturn]] void check_failed(const char* what, const std::source_location& where);

}  // namespace assay

/// Stays on in every build. For bugs of ours only; what the world can cause is a Result.
#define ASSAY_CHECK(condition)          \
    ((condition) ? static_cast<void>(0) \
                 : ::assay::check_failed(#condition, std::source_location::current()))
