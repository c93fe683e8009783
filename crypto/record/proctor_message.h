#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/words.h"

/// The messages between a terminal and its proctor process, over one stream socket pair.
/// Layout: README.md of this folder, section "Proctor messages".
namespace assay::record {

inline constexpr std::uint32_t kProctorProtocol = 1;
inline constexpr std::size_t kProctorHeaderBytesMax = 16384;
inline constexpr std::size_t kProctorPayloadBytesMax = 2U << 20U;
inline constexpr std::chrono::milliseconds kSegmentLengthMax{15000};
inline constexpr std::size_t kProctorTextBytesMax = 4096;

/// One instant on both clocks: `steady` orders and measures, `wall` is for people.
struct Moment {
    SteadyTime steady{0};
    WallTime wall;
    friend bool operator==(const Moment&, const Moment&) = default;
};

enum class FindingCode {
    kFaceAbsent,
    kFaceMultiple,
    kIdMismatch,
    kIdUnverified,
    kLookAway,
    kCameraCovered,
    kCameraDark,
    kCameraMoved,
    kFeedFrozen,
    kFeedLoop,
    kFeedStill,
    kCameraLost,
    kCameraChanged,
    kProctorDegraded,
};
enum class FindingWeight { kInfo, kLow, kMedium, kHigh };
/// An update says that the weight rose.
enum class Phase { kBegin, kUpdate, kEnd };
enum class SegmentKind { kSnapshot, kClip, kWindow };
enum class GapCause { kCameraLost, kProcessEnded, kProcessStalled, kStarved, kShed };
enum class ShedLevel { kNone, kThinSnapshots, kKeyFramesOnly, kNothingMore };
/// How well the findings are founded: a face detector, or motion alone.
enum class DetectorKind { kYunet, kMotion };

template <>
struct Words<FindingCode> {
    static constexpr std::array kWords{
        std::pair{FindingCode::kFaceAbsent, std::string_view("FACE_ABSENT")},
        std::pair{FindingCode::kFaceMultiple, std::string_view("FACE_MULTIPLE")},
        std::pair{FindingCode::kIdMismatch, std::string_view("ID_MISMATCH")},
        std::pair{FindingCode::kIdUnverified, std::string_view("ID_UNVERIFIED")},
        std::pair{FindingCode::kLookAway, std::string_view("LOOK_AWAY")},
        std::pair{FindingCode::kCameraCovered, std::string_view("CAM_COVERED")},
        std::pair{FindingCode::kCameraDark, std::string_view("CAM_DARK")},
        std::pair{FindingCode::kCameraMoved, std::string_view("CAM_MOVED")},
        std::pair{FindingCode::kFeedFrozen, std::string_view("FEED_FROZEN")},
        std::pair{FindingCode::kFeedLoop, std::string_view("FEED_LOOP")},
        std::pair{FindingCode::kFeedStill, std::string_view("FEED_STILL")},
        std::pair{FindingCode::kCameraLost, std::string_view("CAM_LOST")},
        std::pair{FindingCode::kCameraChanged, std::string_view("CAM_CHANGED")},
        std::pair{FindingCode::kProctorDegraded, std::string_view("PROCTOR_DEGRADED")},
    };
};
template <>
struct Words<FindingWeight> {
    static constexpr std::array kWords{
        std::pair{FindingWeight::kInfo, std::string_view("info")},
        std::pair{FindingWeight::kLow, std::string_view("low")},
        std::pair{FindingWeight::kMedium, std::string_view("medium")},
        std::pair{FindingWeight::kHigh, std::string_view("high")},
    };
};
template <>
struct Words<Phase> {
    static constexpr std::array kWords{
        std::pair{Phase::kBegin, std::string_view("begin")},
        std::pair{Phase::kUpdate, std::string_view("update")},
        std::pair{Phase::kEnd, std::string_view("end")},
    };
};
template <>
struct Words<SegmentKind> {
    static constexpr std::array kWords{
        std::pair{SegmentKind::kSnapshot, std::string_view("snapshot")},
        std::pair{SegmentKind::kClip, std::string_view("clip")},
        std::pair{SegmentKind::kWindow, std::string_view("window")},
    };
};
template <>
struct Words<GapCause> {
    static constexpr std::array kWords{
        std::pair{GapCause::kCameraLost, std::string_view("camera-lost")},
        std::pair{GapCause::kProcessEnded, std::string_view("process-ended")},
        std::pair{GapCause::kProcessStalled, std::string_view("process-stalled")},
        std::pair{GapCause::kStarved, std::string_view("starved")},
        std::pair{GapCause::kShed, std::string_view("shed")},
    };
};
template <>
struct Words<ShedLevel> {
    static constexpr std::array kWords{
        std::pair{ShedLevel::kNone, std::string_view("none")},
        std::pair{ShedLevel::kThinSnapshots, std::string_view("thin-snapshots")},
        std::pair{ShedLevel::kKeyFramesOnly, std::string_view("key-frames-only")},
        std::pair{ShedLevel::kNothingMore, std::string_view("nothing-more")},
    };
};
template <>
struct Words<DetectorKind> {
    static constexpr std::array kWords{
        std::pair{DetectorKind::kYunet, std::string_view("yunet")},
        std::pair{DetectorKind::kMotion, std::string_view("motion")},
    };
};

// ---- from the proctor ----

/// First message after Policy was taken in and the source was tried.
struct ProctorHello {
    std::uint32_t protocol = kProctorProtocol;
    DetectorKind detector = DetectorKind::kMotion;
    bool camera = false;  ///< the source opened
    friend bool operator==(const ProctorHello&, const ProctorHello&) = default;
};

/// An observation for a person to judge. Each number begins once, may be updated, and ends once, in
/// that order.
struct ProctorFinding {
    std::uint64_t number = 0;
    FindingCode code = FindingCode::kFaceAbsent;
    Phase phase = Phase::kBegin;
    Moment onset;  ///< first frame that met the condition
    Moment at;     ///< when it was raised or updated, or when the condition was last met
    FindingWeight weight = FindingWeight::kInfo;  ///< the highest so far
    int confidence = 0;                           ///< percent; at most 30 from motion alone
    friend bool operator==(const ProctorFinding&, const ProctorFinding&) = default;
};

/// One sealed piece of evidence. The payload is the age file; `digest` is its SHA-256.
struct ProctorSegment {
    std::uint64_t number = 0;
    SegmentKind kind = SegmentKind::kSnapshot;
    Moment from;
    Moment to;
    std::uint64_t finding = 0;  ///< the finding it belongs to; 0 for none
    Digest digest;
    Bytes sealed;
    friend bool operator==(const ProctorSegment&, const ProctorSegment&) = default;
};

/// Seconds without an analysed frame: [from, to). A begin has from == to.
struct ProctorGap {
    Phase phase = Phase::kBegin;
    GapCause cause = GapCause::kCameraLost;
    Moment from;
    Moment to;
    friend bool operator==(const ProctorGap&, const ProctorGap&) = default;
};

/// Less evidence is kept from now on, because the cap of the sitting comes near.
struct ProctorShed {
    ShedLevel level = ShedLevel::kNone;
    Moment at;
    std::uint64_t used_bytes = 0;
    friend bool operator==(const ProctorShed&, const ProctorShed&) = default;
};

/// Once a second. Five seconds without one are a stall.
struct ProctorHealth {
    std::uint32_t frames_per_minute = 0;  ///< analysed
    std::uint64_t covered_seconds = 0;    ///< since this process started
    SteadyTime covered_until{0};          ///< the last analysed frame; 0 for none yet
    std::uint32_t cpu_permille = 0;       ///< of one core, over the last ten seconds
    std::uint32_t resident_kib = 0;
    std::uint64_t used_bytes = 0;  ///< sealed evidence of this sitting
    friend bool operator==(const ProctorHealth&, const ProctorHealth&) = default;
};

/// A small JPEG for the candidate's own screen, only while LiveView is on.
struct ProctorLivePicture {
    Moment at;
    int faces = 0;
    Bytes jpeg;
    friend bool operator==(const ProctorLivePicture&, const ProctorLivePicture&) = default;
};

// ---- to the proctor ----

/// First message to a proctor; exactly one.
struct ProctorPolicy {
    CameraPolicy camera = CameraPolicy::kOptional;
    bool identity = false;
    bool window_pictures = false;
    std::string source;      ///< see terminal/proctor/README.md, e.g. "v4l2:/dev/video0"
    std::string models;      ///< folder with model files; empty for none
    std::string recipient;   ///< the attempt's age recipient, "age1..."
    std::string tolerances;  ///< of the candidate's accommodation: "LOOK_AWAY=off FACE_ABSENT=wide"
    std::uint64_t evidence_bytes_max = 64U << 20U;
    // Where a restarted process goes on:
    std::uint64_t next_finding = 1;
    std::uint64_t next_segment = 1;
    std::uint64_t used_bytes = 0;
    friend bool operator==(const ProctorPolicy&, const ProctorPolicy&) = default;
};

/// The picture of the roster, for identity.
struct ProctorRosterPicture {
    Bytes jpeg;
    friend bool operator==(const ProctorRosterPicture&, const ProctorRosterPicture&) = default;
};

/// A picture that the terminal took of its own window, to be sealed as evidence.
struct ProctorWindowPicture {
    Moment at;
    Bytes jpeg;
    friend bool operator==(const ProctorWindowPicture&, const ProctorWindowPicture&) = default;
};

/// Small live pictures on or off.
struct ProctorLiveView {
    bool on = false;
    friend bool operator==(const ProctorLiveView&, const ProctorLiveView&) = default;
};

/// Finish open clips and findings, then end.
struct ProctorStop {
    friend bool operator==(const ProctorStop&, const ProctorStop&) = default;
};

using ProctorMessage =
    std::variant<ProctorHello, ProctorFinding, ProctorSegment, ProctorGap, ProctorShed,
                 ProctorHealth, ProctorLivePicture, ProctorPolicy, ProctorRosterPicture,
                 ProctorWindowPicture, ProctorLiveView, ProctorStop>;

/// The message as it goes over the socket. The message must keep the limits (a bug otherwise).
Bytes write_proctor_message(const ProctorMessage& message);

/// Takes a byte stream apart. After an error it stays in error: the other side is broken.
class ProctorReader {
  public:
    /// Adds what was read from the socket.
    void feed(ByteView bytes);
    /// The next whole message, nothing where more bytes are needed, or kInvalid / kLimit.
    Result<std::optional<ProctorMessage>> next();

  private:
    Result<std::optional<ProctorMessage>> take();

    Bytes buffer_;
    std::size_t start_ = 0;
    std::optional<Error> broken_;
};

}  // namespace assay::record
