#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/secret.h"

// A share as a person types it or as it is dictated by telephone, row by row.
namespace assay::crypto {

/// Takes rows of numbers (slip39_numbers: up to four words of four digits and a check digit) or
/// rows of words (any number of them, four letters of each are enough), mixed as they come. A wrong
/// row is named at once and not taken: it is typed again and nothing else. One thread.
class TypedShare {
  public:
    TypedShare();
    TypedShare(TypedShare&&) noexcept;
    TypedShare& operator=(TypedShare&&) noexcept;
    TypedShare(const TypedShare&) = delete;
    TypedShare& operator=(const TypedShare&) = delete;
    ~TypedShare();

    /// crypto.slip39.row (kInvalid) names the row, counted from 1; crypto.slip39.word the word of
    /// the whole share. crypto.slip39.length where the share would become too long.
    Status add_row(ByteView row);
    /// Rows that were taken.
    std::size_t rows() const;
    /// 20 or 33 words whose checksum is right: nothing more is to be typed.
    bool complete() const;
    /// The share in its hashed form. crypto.slip39.checksum (kInvalid) where a word is wrong all
    /// the same, crypto.slip39.length where rows are missing.
    Result<SecretBytes> mnemonic() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The words of the list that begin with `typed` (lower case), at most `most` of them, sorted: what
/// a program offers while somebody types.
std::vector<std::string_view> slip39_suggestions(std::string_view typed, std::size_t most = 8);

}  // namespace assay::crypto
