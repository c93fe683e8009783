#include "question-bank/item/shuffle.h"

#include <utility>

namespace assay::item {

std::uint64_t SeededNumbers::next() {
    // SplitMix64, because its whole state is the seed that the record keeps.
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

std::uint64_t SeededNumbers::below(std::uint64_t bound) {
    const std::uint64_t fair = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t drawn = next();
    while (drawn >= fair) {
        drawn = next();
    }
    return drawn % bound;
}

double SeededNumbers::fraction() {
    constexpr double kScale = 1.0 / 9007199254740992.0;
    return static_cast<double>(next() >> 11U) * kScale;
}

std::uint64_t seed_for(std::uint64_t seed, std::string_view use) {
    std::uint64_t mixed = seed ^ 0xCBF29CE484222325U;
    for (const char c : use) {
        mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    }
    return SeededNumbers(mixed).next();
}

std::vector<std::size_t> choice_order(const Interaction& interaction, std::uint64_t seed) {
    std::vector<std::size_t> order(interaction.choices.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    if (!interaction.shuffle) {
        return order;
    }
    SeededNumbers numbers(seed_for(seed, interaction.response));
    for (const std::size_t set : {std::size_t{0}, std::size_t{1}}) {
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (!interaction.choices[i].fixed && interaction.choices[i].set == set) {
                free.push_back(i);
            }
        }
        for (std::size_t i = free.size(); i > 1; --i) {
            std::swap(order[free[i - 1]], order[free[numbers.below(i)]]);
        }
    }
    return order;
}

}  // namespace assay::item
