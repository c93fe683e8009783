#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "question-bank/item/item.h"

namespace assay::item {

/// A repeatable stream of numbers from a recorded seed: what a candidate saw and what a rule drew
/// can be worked out again. It protects nothing and is no source of keys.
class SeededNumbers {
  public:
    explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 <= result < bound; bound is at least 1.
    std::uint64_t below(std::uint64_t bound);
    /// 0 <= result < 1.
    double fraction();

  private:
    std::uint64_t state_;
};

/// A seed of its own for a named use of another seed ("Q3/RESPONSE").
std::uint64_t seed_for(std::uint64_t seed, std::string_view use);

/// Indexes into interaction.choices in the order the candidate sees; fixed choices stay where they
/// are, each set of a match keeps to itself. Without `shuffle` it is 0, 1, 2, ...
std::vector<std::size_t> choice_order(const Interaction& interaction, std::uint64_t seed);

}  // namespace assay::item
