#include "terminal/platform/proctor_process.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "crypto/hash.h"
#include "terminal/platform/child.h"
#include "terminal/platform/local_socket.h"

namespace assay::platform {

using record::ProctorMessage;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kTurn{100};
constexpr milliseconds kFarewell{2500};
constexpr milliseconds kHealthyAfter{30000};
constexpr std::size_t kOrdersMax = 64;

std::size_t weight_of(const ProctorMessage& message) {
    const auto* segment = std::get_if<record::ProctorSegment>(&message);
    return 256 + (segment != nullptr ? segment->sealed.size() : 0);
}

/// Only the newest of these is worth anything.
bool replaces(const ProctorMessage& newer, const ProctorMessage& older) {
    return newer.index() == older.index() &&
           (std::holds_alternative<record::ProctorHealth>(newer) ||
            std::holds_alternative<record::ProctorLivePicture>(newer));
}

}  // namespace

/// What both threads touch.
struct ProctorProcess::Shared {
    std::mutex mutex;
    std::deque<ProctorMessage> events;
    std::size_t event_bytes = 0;
    std::vector<ProctorMessage> orders;
    std::optional<record::ProctorRosterPicture> roster;
    std::atomic<bool> stop = false;
    std::atomic<bool> ended = false;
    std::atomic<int> pid = 0;

    /// False where there was no room.
    bool put(ProctorMessage message) {
        const std::lock_guard lock(mutex);
        const std::size_t weight = weight_of(message);
        std::erase_if(events, [&](const ProctorMessage& old) {
            const bool goes = replaces(message, old);
            event_bytes -= goes ? weight_of(old) : 0;
            return goes;
        });
        if (events.size() >= kProctorEventsMax || event_bytes + weight > kProctorEventBytesMax) {
            return false;
        }
        event_bytes += weight;
        events.push_back(std::move(message));
        return true;
    }
};

/// Everything the thread knows.
class ProctorProcess::Life {
  public:
    Life(ProctorSettings settings, const Clock& clock, Shared& shared)
        : settings_(std::move(settings)),
          clock_(clock),
          shared_(shared),
          backoff_(settings_.backoff_first) {}

    void run() {
        last_sign_ = clock_.steady();
        while (!shared_.stop) {
            if (start()) {
                watch();
                lose();
            } else {
                begin_gap(record::GapCause::kProcessEnded);
            }
            wait();
        }
        end_gap();
        shared_.ended = true;
    }

  private:
    record::Moment now() const { return {clock_.steady(), clock_.wall()}; }
    record::Moment moment(SteadyTime at) const {
        const auto ago = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - at);
        return {at, clock_.wall() + -ago};
    }

    bool start() {
        const Result<int> socket = reach();
        if (!socket.ok()) {
            return false;
        }
        channel_ = std::make_unique<record::ProctorChannel>(*socket);
        channel_->send(settings_.policy);
        send_roster();
        started_ = clock_.steady();
        last_sign_ = std::max(last_sign_, started_);
        cause_ = record::GapCause::kProcessEnded;
        return true;
    }

    /// A service that does not answer is a gap, and never a reason to run it as ourselves.
    Result<int> reach() {
        if (is_local_socket(settings_.socket)) {
            return connect_local(settings_.socket);
        }
        // One thread in the libraries too; nothing else of our environment is the proctor's.
        ASSAY_TRY(Child child, Child::start({settings_.program,
                                             {},
                                             {"OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"},
                                             false,
                                             3}));
        child_ = std::make_unique<Child>(std::move(child));
        shared_.pid = child_->pid();
        return child_->take_socket();
    }

    void send_roster() {
        const std::lock_guard lock(shared_.mutex);
        if (shared_.roster) {
            channel_->send(*shared_.roster);
        }
    }

    /// Until the process is lost, or told to stop and through.
    void watch() {
        std::optional<SteadyTime> end;
        while (!end || clock_.steady() < *end) {
            if (shared_.stop && !end) {
                channel_->send(record::ProctorStop{});
                end = clock_.steady() + kFarewell;
            }
            forward_orders();
            const auto messages = channel_->exchange(kTurn);
            if (!messages.ok()) {
                return;
            }
            for (const ProctorMessage& message : *messages) {
                if (!take(message)) {
                    return;
                }
            }
            if (!alive()) {
                return;
            }
        }
    }

    bool alive() {
        const SteadyTime silent = clock_.steady() - last_sign_;
        if (silent >= settings_.gap_after) {
            cause_ = record::GapCause::kProcessStalled;
            begin_gap(cause_);
        }
        return silent < settings_.kill_after;
    }

    void forward_orders() {
        std::vector<ProctorMessage> orders;
        {
            const std::lock_guard lock(shared_.mutex);
            orders.swap(shared_.orders);
        }
        for (const ProctorMessage& order : orders) {
            channel_->send(order);
        }
    }

    /// False for what no proctor of ours says: it is ended.
    bool take(const ProctorMessage& message) {
        if (const auto* hello = std::get_if<record::ProctorHello>(&message)) {
            sign_of_life();
            put(*hello);
        } else if (const auto* health = std::get_if<record::ProctorHealth>(&message)) {
            covered_until_ = std::max(covered_until_, health->covered_until);
            sign_of_life();
            put(*health);
        } else if (const auto* finding = std::get_if<record::ProctorFinding>(&message)) {
            return take_finding(*finding);
        } else if (const auto* segment = std::get_if<record::ProctorSegment>(&message)) {
            return take_segment(*segment);
        } else if (std::holds_alternative<record::ProctorGap>(message)) {
            take_gap(std::get<record::ProctorGap>(message));
        } else if (std::holds_alternative<record::ProctorShed>(message) ||
                   std::holds_alternative<record::ProctorLivePicture>(message)) {
            put(message);
        } else {
            return false;
        }
        return true;
    }

    bool take_finding(const record::ProctorFinding& finding) {
        const bool begins = finding.phase == record::Phase::kBegin;
        if (begins ? finding.number < settings_.policy.next_finding
                   : !open_.contains(finding.number)) {
            return false;
        }
        if (begins) {
            settings_.policy.next_finding = finding.number + 1;
        }
        open_[finding.number] = finding;
        if (finding.phase == record::Phase::kEnd) {
            open_.erase(finding.number);
        }
        put(finding);
        return true;
    }

    bool take_segment(const record::ProctorSegment& segment) {
        if (segment.number < settings_.policy.next_segment ||
            crypto::sha256(segment.sealed) != segment.digest) {
            return false;
        }
        settings_.policy.next_segment = segment.number + 1;
        settings_.policy.used_bytes += segment.sealed.size();
        if (!shared_.put(segment)) {
            // Nobody drains: the evidence is lost, and that is told as soon as there is room.
            put(record::ProctorShed{record::ShedLevel::kNothingMore, now(),
                                    settings_.policy.used_bytes});
        }
        return true;
    }

    void take_gap(const record::ProctorGap& gap) {
        open_gap_.reset();
        if (gap.phase == record::Phase::kBegin) {
            open_gap_ = gap;
        }
        put(gap);
    }

    void sign_of_life() {
        last_sign_ = clock_.steady();
        end_gap();
        if (last_sign_ - started_ > kHealthyAfter) {
            backoff_ = settings_.backoff_first;
        }
    }

    /// The process is gone, or must go.
    void lose() {
        if (child_) {
            child_->kill();
        }
        channel_.reset();
        child_.reset();
        shared_.pid = 0;
        for (auto& [number, finding] : std::exchange(open_, {})) {
            finding.phase = record::Phase::kEnd;
            finding.at = moment(std::max(finding.onset.steady, covered_until_));
            put(finding);
        }
        if (open_gap_) {
            open_gap_->phase = record::Phase::kEnd;
            open_gap_->to = moment(std::max(open_gap_->from.steady, last_sign_));
            put(*open_gap_);
            open_gap_.reset();
        }
        if (!shared_.stop) {
            begin_gap(cause_);
        }
    }

    void begin_gap(record::GapCause cause) {
        if (!gap_) {
            const record::Moment from =
                moment(covered_until_ > SteadyTime(0) ? covered_until_ : last_sign_);
            gap_ = record::ProctorGap{record::Phase::kBegin, cause, from, from};
            put(*gap_);
        }
    }

    void end_gap() {
        if (gap_) {
            gap_->phase = record::Phase::kEnd;
            gap_->to = now();
            put(*gap_);
            gap_.reset();
        }
    }

    void wait() {
        const SteadyTime end = clock_.steady() + backoff_;
        backoff_ = std::min(2 * backoff_, settings_.backoff_max);
        while (!shared_.stop && clock_.steady() < end) {
            std::this_thread::sleep_for(std::min(kTurn, backoff_));
        }
    }

    void put(ProctorMessage message) { static_cast<void>(shared_.put(std::move(message))); }

    ProctorSettings settings_;
    const Clock& clock_;
    Shared& shared_;
    milliseconds backoff_;
    std::unique_ptr<Child> child_;  ///< none: a service's
    std::unique_ptr<record::ProctorChannel> channel_;
    SteadyTime started_{0};
    SteadyTime last_sign_{0};
    SteadyTime covered_until_{0};
    record::GapCause cause_ = record::GapCause::kProcessEnded;
    std::optional<record::ProctorGap> gap_;       ///< ours: the process is away
    std::optional<record::ProctorGap> open_gap_;  ///< the proctor's own
    std::map<std::uint64_t, record::ProctorFinding> open_;
};

ProctorProcess::ProctorProcess(ProctorSettings settings, const Clock& clock)
    : shared_(std::make_shared<Shared>()),
      thread_([settings = std::move(settings), &clock, shared = shared_] {
          Life(settings, clock, *shared).run();
      }) {}

ProctorProcess::~ProctorProcess() {
    stop();
    thread_.join();
}

std::vector<ProctorMessage> ProctorProcess::drain() {
    const std::lock_guard lock(shared_->mutex);
    std::vector<ProctorMessage> out(std::make_move_iterator(shared_->events.begin()),
                                    std::make_move_iterator(shared_->events.end()));
    shared_->events.clear();
    shared_->event_bytes = 0;
    return out;
}

bool ProctorProcess::send(ProctorMessage message) {
    const std::lock_guard lock(shared_->mutex);
    if (shared_->orders.size() >= kOrdersMax) {
        return false;
    }
    shared_->orders.push_back(std::move(message));
    return true;
}

void ProctorProcess::set_roster_picture(Bytes jpeg) {
    const std::lock_guard lock(shared_->mutex);
    if (jpeg.size() > record::kProctorPayloadBytesMax) {
        return;  // no photo of a person; the check-in still counts
    }
    shared_->roster = record::ProctorRosterPicture{std::move(jpeg)};
    shared_->orders.emplace_back(*shared_->roster);
}

void ProctorProcess::stop() { shared_->stop = true; }
bool ProctorProcess::ended() const { return shared_->ended; }
int ProctorProcess::pid() const { return shared_->pid; }

}  // namespace assay::platform
