#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "terminal/proctor/image.h"

namespace assay::proctor {

/// A camera is untrusted input; a webcam's picture is far below these.
inline constexpr std::size_t kJpegBytesMax = 2U << 20U;
inline constexpr int kJpegSideMax = 4096;

/// Decodes at the smallest scale n/8 that is at least `width_want` wide (else at full size), as 1
/// channel (luma, cheap) or 3. Refuses what cameras never send: progressive and arithmetic coding,
/// CMYK, a picture with anything missing. kInvalid or kLimit.
Result<Image> decode_jpeg(ByteView jpeg, int width_want, int channels);

/// Baseline JPEG, `quality` 1 to 100.
Bytes encode_jpeg(const Image& image, int quality);

}  // namespace assay::proctor
