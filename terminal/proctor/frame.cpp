#include "terminal/proctor/frame.h"

#include <thread>

#include "terminal/proctor/file_source.h"
#include "terminal/proctor/jpeg.h"
#include "terminal/proctor/script_source.h"
#include "terminal/proctor/v4l2_source.h"

namespace assay::proctor {

Result<Image> to_image(const Frame& frame, int width_want, int channels) {
    if (frame.format == PixelFormat::kJpeg) {
        return decode_jpeg(frame.data, width_want, channels);
    }
    const bool sized = frame.width >= 2 && frame.width % 2 == 0 && frame.width <= kJpegSideMax &&
                       frame.height >= 1 && frame.height <= kJpegSideMax;
    if (!sized || frame.data.size() != static_cast<std::size_t>(frame.width) *
                                           static_cast<std::size_t>(frame.height) * 2) {
        return fail(Code::kInvalid, "proctor.frame.size"_id,
                    {{"bytes", std::to_string(frame.data.size())}});
    }
    return from_yuyv(frame.data, frame.width, frame.height, width_want, channels);
}

void SystemPause::pause(std::chrono::milliseconds length) { std::this_thread::sleep_for(length); }

Result<std::unique_ptr<FrameSource>> open_source(const std::string& spec,
                                                 const SourcePorts& ports) {
    const std::size_t colon = spec.find(':');
    const std::string kind = spec.substr(0, colon);
    const std::string rest = colon == std::string::npos ? "" : spec.substr(colon + 1);
    if (kind == "v4l2") {
        return open_v4l2(rest, ports);
    }
    if (kind == "mjpeg") {
        return open_mjpeg(rest, ports);
    }
    if (kind == "images") {
        return open_images(rest, ports);
    }
    if (kind == "script") {
        return open_script(rest, ports);
    }
    return fail(Code::kUsage, "proctor.source.kind"_id, {{"source", spec}});
}

}  // namespace assay::proctor
