#pragma once

#include <memory>
#include <optional>
#include <string>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/result.h"
#include "terminal/proctor/image.h"

namespace assay::proctor {

using std::chrono::milliseconds;

enum class PixelFormat { kJpeg, kYuyv };

/// One picture as the camera gave it.
struct Frame {
    PixelFormat format = PixelFormat::kJpeg;
    int width = 0;
    int height = 0;
    Bytes data;
    SteadyTime at{0};
};

/// The frame as an image at least `width_want` wide where the frame is (JPEG), or about that wide
/// (YUYV). kInvalid or kLimit for what is not a whole picture.
Result<Image> to_image(const Frame& frame, int width_want, int channels);

/// Where frames come from. One thread.
class FrameSource {
  public:
    virtual ~FrameSource() = default;
    /// The newest frame, older ones are dropped; nothing where none came within `wait`.
    /// kUnavailable: the source is gone and must be opened again. kInvalid: this frame is damaged,
    /// the next may be good.
    virtual Result<std::optional<Frame>> next(std::chrono::milliseconds wait) = 0;
    /// What tells this device from another: driver, card, place, serial. Stable while it is there.
    virtual std::string identity() const = 0;
};

/// Waits, so that virtual time needs no waiting. The real one sleeps.
class Pause {
  public:
    virtual ~Pause() = default;
    virtual void pause(std::chrono::milliseconds length) = 0;
};
class SystemPause final : public Pause {
  public:
    void pause(std::chrono::milliseconds length) override;
};
/// Moves a fake clock instead.
class FakePause final : public Pause {
  public:
    explicit FakePause(FakeClock& clock) : clock_(clock) {}
    void pause(std::chrono::milliseconds length) override { clock_.advance(length); }

  private:
    FakeClock& clock_;
};

/// What a source may use of the world.
struct SourcePorts {
    const Clock& clock;
    Pause& pause;
    Disk& disk;
};

/// Opens what `spec` names (README.md, section "Sources"): "v4l2", "v4l2:/dev/video0",
/// "mjpeg:FILE", "images:FOLDER", "script:FILE", files with "?fps=N&loop=1" behind them.
/// kUsage for a spec that is none, else what opening found.
Result<std::unique_ptr<FrameSource>> open_source(const std::string& spec, const SourcePorts& ports);

}  // namespace assay::proctor
