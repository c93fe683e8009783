#pragma once
// Real random bytes (getrandom(2)).
#include "crypto/base/random.h"

namespace assay::crypto {

/// The kernel's generator by way of libsodium. Thread-safe; never fails.
class SystemRandom final : public Random {
  public:
    SystemRandom();
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace assay::crypto
