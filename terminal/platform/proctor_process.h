#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/record/proctor_channel.h"

namespace assay::platform {

inline constexpr std::size_t kProctorEventsMax = 4096;
inline constexpr std::size_t kProctorEventBytesMax = 32U << 20U;

struct ProctorSettings {
    Path program;  ///< assay-proctor
    /// Where a service manager hands connections to a proctor under a user of its own. Used where
    /// there is a socket; else `program` is started as a child, under ours.
    Path socket;
    record::ProctorPolicy policy;
    std::chrono::milliseconds gap_after{4000};    ///< of silence
    std::chrono::milliseconds kill_after{10000};  ///< of silence
    std::chrono::milliseconds backoff_first{250};
    std::chrono::milliseconds backoff_max{8000};
};

/// The terminal's side of the proctor: starts it, watches that it lives, starts it again after a
/// death or a stall, and turns both into gaps. A thread of its own does all of it; no call here
/// ever waits for the proctor but the destructor.
///
/// What drain() returns is in order and consistent whatever the process does: findings begin and
/// end, gaps begin and end, numbers of segments rise over restarts, digests are checked.
class ProctorProcess {
  public:
    /// `clock` outlives it.
    ProctorProcess(ProctorSettings settings, const Clock& clock);
    ProctorProcess(const ProctorProcess&) = delete;
    ProctorProcess& operator=(const ProctorProcess&) = delete;
    /// As stop(), and waits for at most three seconds.
    ~ProctorProcess();

    /// What came since the last call. Of health and live pictures only the newest is kept.
    std::vector<record::ProctorMessage> drain();
    /// A live view, a window's or the roster's picture. False where too much waits.
    bool send(record::ProctorMessage message);
    /// The roster's picture, for identity: given to each process that is started, so that a restart
    /// knows it as well. Before that, too.
    void set_roster_picture(Bytes jpeg);
    /// Asks the proctor to finish its clips and end. Go on draining until ended().
    void stop();
    /// The thread is through and everything is drained or in the queue.
    bool ended() const;
    /// Of the child that runs now, 0 for none and for a service's; for tests and status pages.
    int pid() const;

  private:
    class Life;
    struct Shared;

    std::shared_ptr<Shared> shared_;
    std::thread thread_;
};

}  // namespace assay::platform
