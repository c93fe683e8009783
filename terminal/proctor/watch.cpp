#include "terminal/proctor/watch.h"

#include <algorithm>

#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr int kLiveWidth = 160;
constexpr int kLiveQuality = 60;

}  // namespace

Watch::Watch(record::ProctorPolicy policy, Tolerances tolerances, WatchPorts ports)
    : policy_(std::move(policy)),
      ports_(std::move(ports)),
      analysis_(std::move(tolerances)),
      coverage_(ports_.clock.steady()),
      evidence_(ports_.seal, [this](SteadyTime at) { return moment(at); },
                {policy_.next_segment, policy_.used_bytes, policy_.evidence_bytes_max}),
      observer_(ports_.models, policy_.identity),
      next_finding_(policy_.next_finding) {}

/// One steady time gives one time of day, until somebody sets the clock.
record::Moment Watch::moment(SteadyTime at) {
    const auto since = [&](SteadyTime time) {
        return anchor_.wall + std::chrono::floor<std::chrono::seconds>(time - anchor_.steady);
    };
    const record::Moment now{ports_.clock.steady(), ports_.clock.wall()};
    if (std::chrono::abs(since(now.steady) - now.wall) > std::chrono::seconds(1)) {
        anchor_ = now;
    }
    return {at, since(at)};
}

/// No camera is asked for, or an optional one was never there: nothing to find, nothing missing.
bool Watch::silent() const {
    return policy_.camera == record::CameraPolicy::kNone ||
           (policy_.camera == record::CameraPolicy::kOptional && !ever_opened_);
}

void Watch::start() {
    if (policy_.camera != record::CameraPolicy::kNone) {
        try_open(ports_.clock.steady());
    }
    ports_.send(record::ProctorHello{record::kProctorProtocol,
                                     ports_.models.detector != nullptr
                                         ? record::DetectorKind::kYunet
                                         : record::DetectorKind::kMotion,
                                     source_ != nullptr});
}

void Watch::try_open(SteadyTime now) {
    if (now - last_open_ < kReopenEvery) {
        return;
    }
    last_open_ = now;
    auto opened = ports_.open_source();
    if (!opened.ok()) {
        return;
    }
    source_ = std::move(*opened);
    if (!ever_opened_) {
        first_identity_ = source_->identity();
        ever_opened_ = true;
    }
}

std::optional<Frame> Watch::read(milliseconds wait) {
    auto frame = source_->next(wait);
    if (frame.ok()) {
        return std::move(*frame);
    }
    if (frame.error().code != Code::kInvalid && frame.error().code != Code::kLimit) {
        source_.reset();
    }
    return {};
}

void Watch::tick(milliseconds wait) {
    const SteadyTime begun = ports_.clock.steady();
    std::optional<Frame> frame;
    if (policy_.camera != record::CameraPolicy::kNone) {
        if (!source_) {
            try_open(begun);
        }
        if (source_) {
            frame = read(wait);
        }
    }
    const SteadyTime now = ports_.clock.steady();
    if (frame) {
        evidence_.offer(*frame);
        send_live(*frame, now);
    }
    // Without a frame the analysis is due a little later, so that a slow camera is no lost one.
    if (!silent() && now >= next_analysis_ + (frame ? milliseconds(0) : kAnalysisEvery)) {
        next_analysis_ = now + (load_shed_ ? 2 : 1) * kAnalysisEvery;
        analyse(frame ? &*frame : nullptr, now);
    }
    send_segments(evidence_.step(now));
    send_shed(now);
    send_health(now);
}

void Watch::analyse(const Frame* frame, SteadyTime now) {
    Observation seen;
    seen.at = now;
    if (frame != nullptr) {
        seen = observer_.observe(*frame, now, analysis_.wants_last_pass(now));
        seen.same_device = source_ == nullptr || source_->identity() == first_identity_;
    }
    const bool full = shed_level_ == record::ShedLevel::kNothingMore;
    seen.degraded = observer_.degraded() || load_shed_ || full;
    if (seen.frame) {
        covered_until_ = now;
        analysed_.push_back(now);
        send_gaps(coverage_.analysed(now));
    } else {
        observer_.lost();
        send_gaps(coverage_.tick(now, record::GapCause::kCameraLost));
    }
    send_events(analysis_.step(seen));
}

void Watch::send_events(const std::vector<Event>& events) {
    for (const Event& event : events) {
        if (event.phase == record::Phase::kBegin) {
            numbers_[event.code] = next_finding_++;
        }
        const std::uint64_t number = numbers_[event.code];
        ports_.send(record::ProctorFinding{number, event.code, event.phase, moment(event.onset),
                                           moment(event.at), event.weight, event.confidence});
        const bool shown = event.code != record::FindingCode::kProctorDegraded;
        if (event.phase == record::Phase::kBegin && shown) {
            evidence_.finding(event, number);
        }
    }
}

void Watch::send_gaps(const std::vector<GapTurn>& turns) {
    for (const GapTurn& turn : turns) {
        ports_.send(record::ProctorGap{turn.phase, turn.cause, moment(turn.from), moment(turn.to)});
    }
}

void Watch::send_segments(std::vector<record::ProctorSegment> segments) {
    for (record::ProctorSegment& segment : segments) {
        ports_.send(std::move(segment));
    }
}

void Watch::send_shed(SteadyTime now) {
    const record::ShedLevel level = evidence_.budget().level();
    if (level != shed_level_) {
        shed_level_ = level;
        ports_.send(record::ProctorShed{level, moment(now), evidence_.budget().used()});
    }
}

void Watch::send_health(SteadyTime now) {
    if (now - last_health_ < kHealthEvery) {
        return;
    }
    last_health_ = now;
    const Usage usage = ports_.usage();
    cpu_.emplace_back(now, usage.cpu);
    while (now - cpu_.front().first > std::chrono::seconds(10)) {
        cpu_.pop_front();
    }
    while (!analysed_.empty() && now - analysed_.front() > std::chrono::minutes(1)) {
        analysed_.pop_front();
    }
    const auto span = (now - cpu_.front().first).count();
    const auto spent = (usage.cpu - cpu_.front().second).count();
    record::ProctorHealth health;
    health.frames_per_minute = static_cast<std::uint32_t>(analysed_.size());
    health.covered_seconds = coverage_.covered_seconds();
    health.covered_until = covered_until_;
    health.cpu_permille = span > 0 ? static_cast<std::uint32_t>(spent / span) : 0;
    health.resident_kib = usage.resident_kib;
    health.used_bytes = evidence_.budget().used();
    ports_.send(health);
    weigh_load(health);
}

void Watch::weigh_load(const record::ProctorHealth& health) {
    // Before ten seconds are over, loading the models would count.
    const bool whole = cpu_.back().first - cpu_.front().first >= std::chrono::seconds(9);
    if (whole && health.cpu_permille > kLoadPermilleMax) {
        load_shed_ = true;
    } else if (health.cpu_permille < kLoadPermilleGood) {
        load_shed_ = false;
    }
}

void Watch::send_live(const Frame& frame, SteadyTime now) {
    if (!live_ || now - last_live_ < kLivePictureEvery) {
        return;
    }
    last_live_ = now;
    const auto image = to_image(frame, kLiveWidth, 3);
    if (image.ok()) {
        ports_.send(record::ProctorLivePicture{moment(now), observer_.faces(),
                                               encode_jpeg(*image, kLiveQuality)});
    }
}

void Watch::take(const record::ProctorMessage& message) {
    if (const auto* live = std::get_if<record::ProctorLiveView>(&message)) {
        live_ = live->on;
    } else if (const auto* picture = std::get_if<record::ProctorWindowPicture>(&message)) {
        // A picture that is none comes from our own terminal: it is dropped, the next may be good.
        static_cast<void>(policy_.window_pictures && evidence_.window(*picture).ok());
    } else if (const auto* roster = std::get_if<record::ProctorRosterPicture>(&message)) {
        // Without it only the check-in counts; a photo that shows no face is no fault of theirs.
        static_cast<void>(observer_.take_roster(roster->jpeg).ok());
    }
}

void Watch::finish() {
    const SteadyTime now = ports_.clock.steady();
    send_events(analysis_.finish(now));
    send_gaps(coverage_.finish(now));
    send_segments(evidence_.finish(now));
}

}  // namespace assay::proctor
