#pragma once

#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::crypto {

/// age's strict PEM, "-----BEGIN AGE ENCRYPTED FILE-----", 64 columns.
std::string age_armor(ByteView file);
/// Strict: LF or CRLF, whole 64-column lines, canonical Base64; white space only before and after.
Result<Bytes> age_dearmor(std::string_view text);
/// Decides by the first line, after white space.
bool is_age_armor(ByteView file);

}  // namespace assay::crypto
