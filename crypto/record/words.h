#pragma once
// Enumerations as words. Pure, any thread; nothing for a word that is none.
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace assay::record {

/// The words of an enumeration in JSON. Each enumeration E that stands in a record has a
/// specialisation `Words<E>` with `static constexpr std::array kWords{std::pair{E::kA, "a"}, ...}`.
template <typename E>
struct Words;

template <typename E>
constexpr std::string_view word(E value) {
    for (const auto& [each, text] : Words<E>::kWords) {
        if (each == value) {
            return text;
        }
    }
    return "";
}

template <typename E>
constexpr std::optional<E> from_word(std::string_view text) {
    for (const auto& [each, known] : Words<E>::kWords) {
        if (known == text) {
            return each;
        }
    }
    return std::nullopt;
}

}  // namespace assay::record
