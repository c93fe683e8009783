#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "crypto/record/proctor_message.h"
#include "terminal/proctor/analysis.h"
#include "terminal/proctor/frame.h"

namespace assay::proctor {

inline constexpr milliseconds kRingEvery{200};
inline constexpr milliseconds kRingLength{6000};
/// A hostile camera may send large pictures; 6 s of a webcam are about 1 MiB.
inline constexpr std::size_t kRingBytesMax = 8U << 20U;
inline constexpr milliseconds kClipBefore{5000};
inline constexpr milliseconds kClipAfter{10000};
inline constexpr int kClipWidth = 320;
inline constexpr int kClipHeight = 240;
inline constexpr int kClipQuality = 50;
inline constexpr std::size_t kClipsOpenMax = 3;
inline constexpr int kKeyWidth = 640;
inline constexpr int kKeyHeight = 480;
inline constexpr int kKeyQuality = 60;
inline constexpr milliseconds kSnapshotEvery{30000};
inline constexpr milliseconds kSnapshotEveryThin{120000};
/// The age header, its chunks' tags, and the tar's own blocks stay below this.
inline constexpr std::size_t kSealOverheadMax = 8192;

/// Seals plain bytes to the attempt.
using Seal = std::function<Bytes(ByteView plain)>;
/// Both clocks at a steady time.
using MomentOf = std::function<record::Moment(SteadyTime)>;

/// What the sitting's store may still take: thins out at half and three quarters of the cap.
class Budget {
  public:
    Budget(std::uint64_t used, std::uint64_t max) : used_(used), max_(max) {}

    record::ShedLevel level() const;
    std::uint64_t used() const { return used_; }
    bool fits(std::uint64_t bytes) const { return used_ + bytes <= max_; }
    void take(std::uint64_t bytes) { used_ += bytes; }

  private:
    std::uint64_t used_;
    std::uint64_t max_;
};

/// Makes sealed segments out of frames and findings. Plain pixels stay in memory. One thread.
class Evidence {
  public:
    struct Start {
        std::uint64_t next_segment = 1;
        std::uint64_t used_bytes = 0;
        std::uint64_t bytes_max = 64U << 20U;
    };
    Evidence(Seal seal, MomentOf moment_of, const Start& start);

    /// Offers each frame that was read; keeps those it wants.
    void offer(const Frame& frame);
    /// A finding began, or rose: a clip around it.
    void finding(const Event& event, std::uint64_t number);
    /// A picture of the terminal's window, a JPEG. kInvalid where it is none.
    Status window(const record::ProctorWindowPicture& picture);
    /// Finishes what is due. The segments that are ready, in the order of their numbers.
    std::vector<record::ProctorSegment> step(SteadyTime now);
    /// Finishes all clips, however short.
    std::vector<record::ProctorSegment> finish(SteadyTime now);

    const Budget& budget() const { return budget_; }

  private:
    struct Picture {
        SteadyTime at{0};
        bool key = false;
        Bytes jpeg;
    };
    struct Clip {
        std::uint64_t finding = 0;
        record::FindingCode code{};
        bool moving = true;  ///< key frames only, otherwise
        SteadyTime raised{0};
        std::vector<Picture> pictures;
        std::vector<SteadyTime> keys_due;
    };

    void add_to_ring(const Frame& frame);
    void add_to_clips(const Frame& frame);
    void snapshot(SteadyTime now);
    bool wants_moving(const Event& event);
    void close_due(SteadyTime now);
    void close(Clip clip);
    void emit(record::SegmentKind kind, std::uint64_t finding,
              std::optional<record::FindingCode> code, std::vector<Picture> pictures);
    std::vector<record::ProctorSegment> take_ready();

    Seal seal_;
    MomentOf moment_of_;
    Budget budget_;
    std::uint64_t next_segment_;
    std::deque<Frame> ring_;
    std::size_t ring_bytes_ = 0;
    std::optional<SteadyTime> last_snapshot_;
    std::vector<Clip> clips_;
    std::map<record::FindingCode, record::FindingWeight> worst_;
    std::vector<record::ProctorSegment> ready_;
};

}  // namespace assay::proctor
