#pragma once

#include <array>
#include <span>

#include "crypto/secret.h"
#include "crypto/slip39.h"
#include "crypto/slip39_words.h"

// Internal to the SLIP-39 files of this folder: one share and its words.
namespace assay::crypto::slip39 {

/// The words of a share as numbers; wiped when it goes.
class ShareWords {
  public:
    ShareWords() = default;
    ShareWords(const ShareWords&) = default;
    ShareWords& operator=(const ShareWords&) = default;
    ~ShareWords();

    /// The share must not be full.
    void push(Word word);
    std::size_t size() const { return size_; }
    std::span<const Word> view() const { return {words_.data(), size_}; }

  private:
    std::array<Word, kShareWordsMax> words_{};
    std::size_t size_ = 0;
};

/// Words separated by white space, any case, four letters or more of each.
Result<ShareWords> read_words(ByteView typed);
/// The same after the words that are there; on an error some may have been added.
Status add_words(ByteView typed, ShareWords& words);
/// Lower case, single spaces.
SecretBytes write_words(const ShareWords& words);

struct Share {
    ShareLabel label;
    SecretBytes value;
};

ShareWords encode(const Share& share);
/// Checks length, checksum, padding and fields.
Result<Share> decode(const ShareWords& words);

}  // namespace assay::crypto::slip39
