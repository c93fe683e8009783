#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// SLIP-39 (github.com/satoshilabs/slips, slip-0039.md): a secret split in groups, `group_threshold`
// of which, each by `threshold` of its members, give it back. Shares are words of a list of 1024.
// Pure functions, for any thread. Every text that comes in is checked word by word; errors name the
// word or row, never repeat it: crypto.slip39.word, .length, .checksum, .malformed (all kInvalid).
namespace assay::crypto {

/// A 256-bit share has 33 words, a 128-bit one 20.
constexpr std::size_t kShareWordsMax = 33;
/// Groups, and members of a group (four bits each in the format).
constexpr std::size_t kShareGroupsMax = 16;
/// Shares given to combine at most.
constexpr std::size_t kSharesMax = 256;

struct ShareGroup {
    int threshold = 1;
    int count = 1;
};

struct SharePlan {
    int group_threshold = 1;
    std::vector<ShareGroup> groups;
    /// The work is 2500 * 4 * 2^e rounds of PBKDF2: 0 for keys that are random anyway.
    int iteration_exponent = 0;
};

/// What a mnemonic says about itself.
struct ShareLabel {
    std::uint16_t identifier = 0;  ///< 15 bits, the same in all shares of a set
    bool extendable = true;
    int iteration_exponent = 0;
    int group_index = 0;
    int group_threshold = 1;
    int group_count = 1;
    int member_index = 0;
    int member_threshold = 1;
    std::size_t secret_bytes = 0;
    friend bool operator==(const ShareLabel&, const ShareLabel&) = default;
};

/// A mnemonic: words in lower case with single spaces, in memory for secrets. Groups, then members.
/// `master` has 16 or 32 bytes. kUsage for a plan that the format cannot hold.
Result<std::vector<std::vector<SecretBytes>>> slip39_split(Random& random,
                                                           const SecretBytes& master,
                                                           const SharePlan& plan,
                                                           const SecretBytes& passphrase = {});

/// Exactly the threshold of groups with exactly their thresholds of members, in any order.
/// crypto.slip39.few (kDenied) names what is missing; .many, .mixed (shares of two sets), .repeated
/// (kInvalid); .digest (kCorrupt) where the shares do not belong together all the same. A wrong
/// passphrase gives another secret, never an error: that is the format.
Result<SecretBytes> slip39_combine(std::span<const SecretBytes> mnemonics,
                                   const SecretBytes& passphrase = {});

/// Checks one mnemonic by itself: words, RS1024 checksum, padding, fields.
Result<ShareLabel> slip39_label(const SecretBytes& mnemonic);

/// Lower case, single spaces, four-letter beginnings made whole: the form that is hashed.
Result<SecretBytes> slip39_tidy(ByteView typed);

/// For dictation over a telephone: rows of four words, each word as its number (0000 to 1023, four
/// digits) and a check digit at the end of the row, rows separated by newlines.
Result<SecretBytes> slip39_numbers(const SecretBytes& mnemonic);
/// Reads the rows back; a wrong check digit names its row (crypto.slip39.row).
Result<SecretBytes> slip39_from_numbers(ByteView typed);

}  // namespace assay::crypto
