#pragma once

#include "terminal/proctor/frame.h"

namespace assay::proctor {

inline constexpr std::uint64_t kMjpegBytesMax = 1U << 30U;
inline constexpr std::size_t kMjpegFramesMax = 200000;

/// A place in a file.
struct Span {
    std::uint64_t from = 0;
    std::uint64_t size = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// The pictures in a stream of JPEG files one behind the other, at most kMjpegFramesMax. Bytes
/// between pictures are skipped, a last one without its end is left out.
std::vector<Span> split_mjpeg(ByteView stream);

/// "FILE?fps=N&loop=1": pictures at that pace (15), over again or ending as a lost camera does.
Result<std::unique_ptr<FrameSource>> open_mjpeg(const std::string& rest, const SourcePorts& ports);
/// The same for the *.jpg files of a folder, in the order of their names.
Result<std::unique_ptr<FrameSource>> open_images(const std::string& rest, const SourcePorts& ports);

}  // namespace assay::proctor
