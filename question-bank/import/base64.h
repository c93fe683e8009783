#pragma once

#include <optional>
#include <string_view>

#include "crypto/base/bytes.h"

namespace assay::import {

/// Base64 with white space anywhere; nothing for anything else.
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace assay::import
