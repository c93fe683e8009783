#pragma once
// The text that a candidate takes home. A value, any thread; kInvalid, kLimit. Lengths are bytes.
#include "crypto/record/types.h"

namespace assay::record {

/// What the candidate takes home. It is no score. Text form, a QR holds the same lines:
///
///     assay-slip/v1
///     statement <64 hex>
///     salt <64 hex>                (absent on the desk's print)
///     countersigned yes|no
///     <empty line>
///     <C2SP tlog-proof of the package's Statement in the site log; absent without the desk>
struct Slip {
    Digest statement;
    std::optional<Salt> salt;
    bool countersigned = false;
    std::string proof;

    std::string text() const;
    static Result<Slip> from_text(std::string_view text);
    friend bool operator==(const Slip&, const Slip&) = default;
};

inline constexpr std::size_t kSlipBytesMax = 16384;

}  // namespace assay::record
