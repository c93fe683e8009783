#pragma once

#include <span>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"

namespace assay {

/// The only source of randomness below main. Real programs use crypto/random.h (libsodium).
class Random {
  public:
    virtual ~Random() = default;
    /// Fills `out`. Never fails.
    virtual void fill(std::span<std::uint8_t> out) = 0;

    template <typename Id>
    Id id() {
        Id out;
        fill(out.bytes);
        return out;
    }
};

/// Repeatable bytes from a seed, for tests only: never for a key that protects anything.
class FakeRandom final : public Random {
  public:
    explicit FakeRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;
    /// 0 <= result < bound.
    std::uint64_t below(std::uint64_t bound);

  private:
    std::uint64_t next();
    std::uint64_t state_;
};

}  // namespace assay
