#pragma once
// Keys as text. Lengths are bytes. Pure functions, for any thread.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

namespace assay::crypto {

/// Bech32 (BIP 173, without its limit of 90 characters, as age has it), lower case. `prefix` is the
/// human-readable part, lower case.
std::string to_bech32(std::string_view prefix, ByteView bytes);
/// The same in upper case and in memory for secrets, as age writes its identities.
SecretBytes to_bech32_secret(std::string_view prefix, ByteView bytes);

/// Exactly out.size() bytes under exactly this prefix, all lower or all upper case;
/// kInvalid (crypto.bech32.malformed) otherwise, and `out` then holds nothing of use.
Status read_bech32(std::string_view prefix, std::string_view text, std::span<std::uint8_t> out);

}  // namespace assay::crypto
