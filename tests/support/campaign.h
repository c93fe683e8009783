#pragma once

#include <cstdint>
#include <cstdlib>

namespace assay::test {

/// What a campaign is told by its environment (ASSAY_COUNT, ASSAY_SEED, ...), or `otherwise`.
inline std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* const text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace assay::test
