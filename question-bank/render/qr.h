#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"

namespace assay::render {

inline constexpr std::size_t kQrTextBytesMax = 1800;

/// The modules of a QR code: `size` rows of `size`, without the quiet zone.
struct QrCode {
    std::size_t size = 0;
    std::vector<bool> modules;

    bool dark(std::size_t row, std::size_t column) const { return modules[row * size + column]; }
};

/// Bytes of any kind, at most kQrTextBytesMax, error correction level M. Errors: kLimit.
Result<QrCode> make_qr(std::string_view text);

/// A drawing of `code` with its quiet zone of four modules, black on white, that scales. `label`
/// is what a screen reader says.
std::string qr_svg(const QrCode& code, std::string_view label);

}  // namespace assay::render
