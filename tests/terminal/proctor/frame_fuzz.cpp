// Property: whatever bytes a camera sends, as JPEG or as YUYV of a size that it claims, become an
// image of the shape that was asked for within the limits, or an error; and a stream of them is
// taken apart into pieces that lie inside it, in order.
#include "terminal/proctor/frame.h"

#include <cstddef>
#include <cstdint>

#include "crypto/base/check.h"
#include "terminal/proctor/file_source.h"
#include "terminal/proctor/jpeg.h"

namespace {

using namespace assay;
using namespace assay::proctor;

void check_image(const Frame& frame, int width_want, int channels) {
    const auto image = to_image(frame, width_want, channels);
    if (image.ok()) {
        ASSAY_CHECK(image->channels == channels);
        ASSAY_CHECK(image->width >= 1 && image->width <= kJpegSideMax);
        ASSAY_CHECK(image->height >= 1 && image->height <= kJpegSideMax);
        ASSAY_CHECK(image->pixels.size() ==
                    image->row_bytes() * static_cast<std::size_t>(image->height));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) {
        return 0;
    }
    const ByteView bytes(data + 4, size - 4);
    const int width_want = 1 + data[0] * 4;
    const int channels = data[1] % 2 == 0 ? 1 : 3;
    check_image({PixelFormat::kJpeg, 0, 0, to_bytes(bytes), {}}, width_want, channels);
    check_image({PixelFormat::kYuyv, data[2], data[3], to_bytes(bytes), {}}, width_want, channels);
    std::uint64_t end = 0;
    for (const Span& span : split_mjpeg(bytes)) {
        ASSAY_CHECK(span.from >= end && span.size >= 4 && span.from + span.size <= bytes.size());
        end = span.from + span.size;
    }
    return 0;
}
