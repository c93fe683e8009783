#pragma once
// Codes that people copy by hand. Pure functions, for any thread.
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

namespace assay::crypto {

/// Crockford's Base32 (crockford.com/base32.html), upper case, first bit first, the last character
/// padded with zero bits.
std::string crockford32(ByteView bytes);

/// The first 80 bits of a digest: what a person can copy by hand.
using ShortCode = Fixed<struct ShortCodeTag, 10>;

ShortCode short_of(const Digest& digest);

/// 16 characters and Crockford's check character (the 80-bit number mod 37).
std::string short_code(const Digest& digest);
std::string short_code(const ShortCode& code);
/// The same as a person reads it: "ABCD-EFGH-JKMN-PQRS-T".
std::string short_code_grouped(const ShortCode& code);

/// Takes lower case, I and L for 1, O for 0, and dashes or spaces anywhere. A wrong check
/// character is crypto.short-code.check: some character was copied wrongly. Another length is
/// crypto.short-code.length, a character that is none of the alphabet crypto.short-code.character.
/// All are kInvalid.
Result<ShortCode> read_short_code(std::string_view text);

}  // namespace assay::crypto
