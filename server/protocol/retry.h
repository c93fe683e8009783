#pragma once

#include <chrono>
#include <optional>

#include "crypto/base/link.h"

namespace assay::protocol {

/// Whatever a peer says, it is asked again after an hour.
inline constexpr std::chrono::seconds kRetryAfterMax{3600};
/// The argument of an error that says so.
inline constexpr const char* kRetryAfter = "retry-after";

/// What the peer asked for by Retry-After with its refusal, at most kRetryAfterMax; nothing where
/// it did not.
std::optional<std::chrono::seconds> retry_after(const Error& error);

/// The header's value as an argument of the error.
Error with_retry_after(Error error, const LinkReply& reply);

}  // namespace assay::protocol
