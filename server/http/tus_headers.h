#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/base/ids.h"
#include "server/http/tus.h"

namespace assay::http {

inline constexpr std::string_view kTusVersion = "1.0.0";
inline constexpr std::string_view kTusContentType = "application/offset+octet-stream";
/// 460 Checksum Mismatch: a status of the checksum extension.
inline constexpr int kTusChecksumMismatch = 460;
inline constexpr std::size_t kTusMetadataBytesMax = 4096;
inline constexpr std::size_t kTusMetadataKeysMax = 16;

/// Upload-Metadata: "key base64,key base64,key"; each key once. kInvalid or kLimit.
Result<TusMetadata> read_tus_metadata(std::string_view header);

/// Decimal digits only, at most 2^63 - 1.
std::optional<std::uint64_t> read_tus_number(std::string_view text);

/// "sha256 BASE64" of Upload-Checksum. Nothing where the algorithm is another one or the digest has
/// another length.
std::optional<Digest> read_tus_checksum(std::string_view header);

/// A last segment that a store may have given out: 1 to 128 of [0-9A-Za-z_-].
bool is_tus_id(std::string_view text);

/// What is wrong with the head of a PATCH before the store is asked: 0, or a status.
int check_tus_patch(const Request& request);

}  // namespace assay::http
