#pragma once
// The text form of age files. Lengths are bytes. Pure functions, for any thread.
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::crypto {

/// An age file as text, for key files only: c2sp.org/age "ASCII armor", which is strict PEM (RFC
/// 7468) with the label "AGE ENCRYPTED FILE", 64 columns, LF.
std::string age_armor(ByteView file);
/// Strict: LF or CRLF, whole 64-column lines, canonical Base64; white space only before and after.
/// kInvalid (crypto.armor.malformed) otherwise.
Result<Bytes> age_dearmor(std::string_view text);
/// Decides by the first line, after white space.
bool is_age_armor(ByteView file);

}  // namespace assay::crypto
