#include "terminal/proctor/file_source.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr int kFpsDefault = 15;
constexpr int kFpsMax = 120;

struct Pace {
    std::string path;
    int fps = kFpsDefault;
    bool loop = false;
};

Error bad_option(const std::string& option) {
    return fail(Code::kUsage, "proctor.source.option"_id, {{"option", option}});
}

Status apply_option(const std::string& option, Pace& pace) {
    if (option == "loop=1") {
        pace.loop = true;
        return Ok();
    }
    if (option.rfind("fps=", 0) != 0) {
        return bad_option(option);
    }
    const char* end = option.data() + option.size();
    const auto [stop, failed] = std::from_chars(option.data() + 4, end, pace.fps);
    if (failed != std::errc() || stop != end || pace.fps < 1 || pace.fps > kFpsMax) {
        return bad_option(option);
    }
    return Ok();
}

Result<Pace> read_pace(const std::string& rest) {
    Pace pace;
    const std::size_t mark = rest.rfind('?');
    pace.path = rest.substr(0, mark);
    std::string options = mark == std::string::npos ? "" : rest.substr(mark + 1);
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        ASSAY_TRY_STATUS(apply_option(options.substr(0, end), pace));
        options.erase(0, end + 1);
    }
    return pace;
}

/// Where a list of pictures lies.
class Reel {
  public:
    virtual ~Reel() = default;
    virtual std::size_t count() const = 0;
    virtual Result<Bytes> picture(std::size_t index) = 0;
};

class MjpegReel final : public Reel {
  public:
    MjpegReel(std::unique_ptr<File> file, std::vector<Span> spans)
        : file_(std::move(file)), spans_(std::move(spans)) {}
    std::size_t count() const override { return spans_.size(); }
    Result<Bytes> picture(std::size_t index) override {
        const Span& span = spans_[index];
        Bytes out(static_cast<std::size_t>(std::min<std::uint64_t>(span.size, kJpegBytesMax)));
        ASSAY_TRY(const std::size_t got, file_->read_at(span.from, out));
        out.resize(got);
        return out;
    }

  private:
    std::unique_ptr<File> file_;
    std::vector<Span> spans_;
};

class FolderReel final : public Reel {
  public:
    FolderReel(Disk& disk, Path folder, std::vector<std::string> names)
        : disk_(disk), folder_(std::move(folder)), names_(std::move(names)) {}
    std::size_t count() const override { return names_.size(); }
    Result<Bytes> picture(std::size_t index) override {
        return read_file(disk_, folder_ / names_[index], kJpegBytesMax);
    }

  private:
    Disk& disk_;
    Path folder_;
    std::vector<std::string> names_;
};

/// Shows the picture that is due by the clock, as a camera would: late callers miss some.
class ReelSource final : public FrameSource {
  public:
    ReelSource(std::unique_ptr<Reel> reel, Pace pace, const SourcePorts& ports)
        : reel_(std::move(reel)),
          pace_(std::move(pace)),
          ports_(ports),
          start_(ports.clock.steady()) {}

    Result<std::optional<Frame>> next(std::chrono::milliseconds wait) override {
        if (due() <= shown_) {
            ports_.pause.pause(std::min(wait, std::chrono::milliseconds(1000 / pace_.fps)));
        }
        const std::int64_t number = due();
        if (number <= shown_) {
            return std::optional<Frame>();
        }
        const auto count = static_cast<std::int64_t>(reel_->count());
        if (!pace_.loop && number >= count) {
            return fail(Code::kUnavailable, "proctor.source.ended"_id, {{"path", pace_.path}});
        }
        shown_ = number;
        ASSAY_TRY(Bytes data, reel_->picture(static_cast<std::size_t>(number % count)));
        return std::optional<Frame>(
            Frame{PixelFormat::kJpeg, 0, 0, std::move(data), ports_.clock.steady()});
    }
    std::string identity() const override { return "file:" + pace_.path; }

  private:
    std::int64_t due() const { return (ports_.clock.steady() - start_).count() * pace_.fps / 1000; }

    std::unique_ptr<Reel> reel_;
    Pace pace_;
    SourcePorts ports_;
    SteadyTime start_;
    std::int64_t shown_ = -1;
};

Error empty_source(const std::string& path) {
    return fail(Code::kInvalid, "proctor.source.empty"_id, {{"path", path}});
}

}  // namespace

std::vector<Span> split_mjpeg(ByteView stream) {
    // A picture begins with FF D8 FF. Inside its coded data FF is followed by 00 or a restart
    // marker, so FF D9 is an end; only tables before it (a thumbnail) could hold another, which
    // cameras do not send.
    std::vector<Span> spans;
    std::size_t begin = stream.size();
    for (std::size_t i = 0; i + 1 < stream.size() && spans.size() < kMjpegFramesMax; ++i) {
        if (stream[i] != 0xFF) {
            continue;
        }
        const bool opens = stream[i + 1] == 0xD8 && i + 2 < stream.size() && stream[i + 2] == 0xFF;
        if (begin == stream.size() && opens) {
            begin = i;
        } else if (begin != stream.size() && stream[i + 1] == 0xD9) {
            spans.push_back({begin, i + 2 - begin});
            begin = stream.size();
            ++i;
        }
    }
    return spans;
}

Result<std::unique_ptr<FrameSource>> open_mjpeg(const std::string& rest, const SourcePorts& ports) {
    ASSAY_TRY(Pace pace, read_pace(rest));
    ASSAY_TRY(const Bytes all, read_file(ports.disk, pace.path, kMjpegBytesMax));
    std::vector<Span> spans = split_mjpeg(all);
    if (spans.empty()) {
        return empty_source(pace.path);
    }
    ASSAY_TRY(std::unique_ptr<File> file, ports.disk.open_read_only(pace.path));
    auto reel = std::make_unique<MjpegReel>(std::move(file), std::move(spans));
    return std::unique_ptr<FrameSource>(
        std::make_unique<ReelSource>(std::move(reel), std::move(pace), ports));
}

Result<std::unique_ptr<FrameSource>> open_images(const std::string& rest,
                                                 const SourcePorts& ports) {
    ASSAY_TRY(Pace pace, read_pace(rest));
    ASSAY_TRY(std::vector<std::string> names, ports.disk.list(pace.path));
    std::erase_if(names, [](const std::string& name) {
        return name.size() < 4 || name.substr(name.size() - 4) != ".jpg";
    });
    if (names.empty()) {
        return empty_source(pace.path);
    }
    auto reel = std::make_unique<FolderReel>(ports.disk, pace.path, std::move(names));
    return std::unique_ptr<FrameSource>(
        std::make_unique<ReelSource>(std::move(reel), std::move(pace), ports));
}

}  // namespace assay::proctor
