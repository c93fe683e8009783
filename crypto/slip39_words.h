#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

// Internal to the SLIP-39 files of this folder: the list of words.
namespace assay::crypto::slip39 {

using Word = std::uint16_t;

constexpr std::size_t kWords = 1024;
/// A word is known by its first four letters.
constexpr std::size_t kTellingLetters = 4;
constexpr std::size_t kWordLettersMax = 8;

/// `word` is below kWords.
std::string_view word_of(Word word);
/// The word that begins so: at least four lower-case letters.
std::optional<Word> find_word(std::string_view typed);

}  // namespace assay::crypto::slip39
