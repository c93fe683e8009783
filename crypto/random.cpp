#include "crypto/random.h"

#include <sodium.h>

#include "crypto/base/check.h"

namespace assay::crypto {

SystemRandom::SystemRandom() { ASSAY_CHECK(sodium_init() >= 0); }

void SystemRandom::fill(std::span<std::uint8_t> out) {
    if (!out.empty()) {
        randombytes_buf(out.data(), out.size());
    }
}

}  // namespace assay::crypto
