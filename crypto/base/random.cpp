#include "crypto/base/random.h"

namespace assay {

void FakeRandom::fill(std::span<std::uint8_t> out) {
    for (std::uint8_t& byte : out) {
        byte = static_cast<std::uint8_t>(next() >> 56U);
    }
}

std::uint64_t FakeRandom::below(std::uint64_t bound) {
    ASSAY_CHECK(bound > 0);
    return next() % bound;
}

// SplitMix64: every seed gives a full-period, well-mixed sequence.
std::uint64_t FakeRandom::next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

}  // namespace assay
