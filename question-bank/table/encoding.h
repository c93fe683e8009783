#pragma once

#include <string>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::table {

enum class Encoding { kUtf8, kUtf16, kGb18030 };

struct Decoded {
    std::string text;  ///< UTF-8 without a byte order mark
    Encoding encoding = Encoding::kUtf8;
};

/// Text of a college's spreadsheet or zip name as UTF-8: a byte order mark decides; else what is
/// valid UTF-8 is UTF-8; else what is valid GB18030 is that. kInvalid for anything else.
Result<Decoded> decode(ByteView bytes);

}  // namespace assay::table
