#pragma once

#include <functional>
#include <memory>

#include "crypto/record/proctor_message.h"
#include "terminal/proctor/analysis.h"
#include "terminal/proctor/coverage.h"
#include "terminal/proctor/evidence.h"
#include "terminal/proctor/frame.h"
#include "terminal/proctor/observer.h"

namespace assay::proctor {

inline constexpr milliseconds kReopenEvery{1000};
inline constexpr milliseconds kHealthEvery{1000};
inline constexpr milliseconds kLivePictureEvery{250};

/// What the process used so far.
struct Usage {
    std::chrono::microseconds cpu{0};
    std::uint32_t resident_kib = 0;
};

/// What a watch may use. All of it outlives the watch.
struct WatchPorts {
    const Clock& clock;
    std::function<Result<std::unique_ptr<FrameSource>>()> open_source;
    Models models;
    Seal seal;
    std::function<Usage()> usage;
    std::function<void(record::ProctorMessage)> send;
};

/// The proctor's core: reads frames, analyses four a second, sends findings, gaps, segments and
/// health. One thread; tick() again and again.
class Watch {
  public:
    Watch(record::ProctorPolicy policy, Tolerances tolerances, WatchPorts ports);

    /// Opens the source and says hello.
    void start();
    /// One turn, at most about `wait` and one analysis long.
    void tick(milliseconds wait);
    /// For campaigns: how the newest samples of identity compare.
    const Identity& identity() const { return observer_.identity(); }
    /// Pictures and the live view; other messages are ignored.
    void take(const record::ProctorMessage& message);
    /// Ends findings, clips and gaps.
    void finish();

  private:
    void try_open(SteadyTime now);
    std::optional<Frame> read(milliseconds wait);
    void analyse(const Frame* frame, SteadyTime now);
    void send_events(const std::vector<Event>& events);
    void send_gaps(const std::vector<GapTurn>& turns);
    void send_segments(std::vector<record::ProctorSegment> segments);
    void send_shed(SteadyTime now);
    void send_health(SteadyTime now);
    void send_live(const Frame& frame, SteadyTime now);
    void weigh_load(const record::ProctorHealth& health);
    record::Moment moment(SteadyTime at);
    bool silent() const;

    record::ProctorPolicy policy_;
    WatchPorts ports_;
    std::unique_ptr<FrameSource> source_;
    std::string first_identity_;
    bool ever_opened_ = false;
    Analysis analysis_;
    Coverage coverage_;
    Evidence evidence_;
    Observer observer_;
    std::map<record::FindingCode, std::uint64_t> numbers_;
    std::uint64_t next_finding_;
    record::ShedLevel shed_level_ = record::ShedLevel::kNone;
    SteadyTime last_open_{-1000000};
    SteadyTime next_analysis_{0};
    SteadyTime last_health_{0};
    SteadyTime last_live_{0};
    SteadyTime covered_until_{0};
    std::deque<SteadyTime> analysed_;
    std::deque<std::pair<SteadyTime, std::chrono::microseconds>> cpu_;
    record::Moment anchor_;
    bool load_shed_ = false;
    bool live_ = false;
};

}  // namespace assay::proctor
