#include "terminal/proctor/watch.h"

#include <algorithm>

#include "terminal/proctor/jpeg.h"

namespace assay::proctor {
namespace {

constexpr int kLiveWidth = 160;
constexpr int kLiveQuality = 60;

/// FNV-1a: equal pictures give equal values; nobody gains by a collision that raises a finding.
std::uint64_t hash_of(ByteView bytes) {
    std::uint64_t hash = 1469598103934665603ULL;
    for (const std::uint8_t byte : bytes) {
        hash = (hash ^ byte) * 1099511628211ULL;
    }
    return hash;
}

}  // namespace

Watch::Watch(record::ProctorPolicy policy, WatchPorts ports)
    : policy_(std::move(policy)),
      ports_(std::move(ports)),
      coverage_(ports_.clock.steady()),
      evidence_(ports_.seal, [this](SteadyTime at) { return moment(at); },
                {policy_.next_segment, policy_.used_bytes, policy_.evidence_bytes_max}),
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
    ports_.send(record::ProctorHello{
        record::kProctorProtocol,
        ports_.detector != nullptr ? record::DetectorKind::kYunet : record::DetectorKind::kMotion,
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
        next_analysis_ = now + kAnalysisEvery;
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
        const auto luma = to_image(*frame, kFirstPassWidth, 1);
        if (luma.ok()) {
            seen = observe(*frame, *luma, now);
        }
    }
    seen.degraded = ports_.detector == nullptr || shed_level_ == record::ShedLevel::kNothingMore;
    if (seen.frame) {
        covered_until_ = now;
        analysed_.push_back(now);
        send_gaps(coverage_.analysed(now));
    } else {
        last_luma_ = {};
        send_gaps(coverage_.tick(now, record::GapCause::kCameraLost));
    }
    send_events(analysis_.step(seen));
}

Observation Watch::observe(const Frame& frame, const Image& luma, SteadyTime now) {
    Observation seen;
    seen.at = now;
    seen.frame = true;
    seen.raw_hash = hash_of(frame.data);
    seen.picture = statistics(luma);
    // The first frame after a break moved as much as any: not still, not absent.
    seen.change = difference(luma, last_luma_);
    last_luma_ = luma;
    const Seen found = look(frame, now);
    seen.faces = found.faces;
    seen.second_score = found.second_score;
    seen.same_device = source_ == nullptr || source_->identity() == first_identity_;
    return seen;
}

std::vector<Face> Watch::faces_at(const Frame& frame, int width) {
    const auto image = to_image(frame, width, 3);
    return image.ok() ? ports_.detector->detect(*image) : std::vector<Face>();
}

Watch::Seen Watch::look(const Frame& frame, SteadyTime now) {
    if (ports_.detector == nullptr) {
        return {};
    }
    const bool second_due = now - last_second_pass_ >= kSecondFaceEvery;
    std::vector<Face> faces;
    if (!second_due) {
        faces = faces_at(frame, kFirstPassWidth);
    }
    if (faces.empty()) {
        faces = faces_at(frame, kSecondPassWidth);
        last_second_pass_ = second_due ? now : last_second_pass_;
    }
    if (faces.empty() && analysis_.wants_last_pass(now)) {
        faces = faces_at(frame, kLastPassWidth);
    }
    std::sort(faces.begin(), faces.end(),
              [](const Face& a, const Face& b) { return a.width > b.width; });
    Seen seen{0, 1.0};
    for (const Face& face : faces) {
        const bool counts = face.width >= kSecondFaceWidthMin && face.score >= kSecondFaceScoreMin;
        if (*seen.faces == 0 || counts) {
            seen.faces = *seen.faces + 1;
            seen.second_score = std::min(seen.second_score, face.score);
        }
    }
    last_faces_ = *seen.faces;
    return seen;
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
}

void Watch::send_live(const Frame& frame, SteadyTime now) {
    if (!live_ || now - last_live_ < kLivePictureEvery) {
        return;
    }
    last_live_ = now;
    const auto image = to_image(frame, kLiveWidth, 3);
    if (image.ok()) {
        ports_.send(record::ProctorLivePicture{moment(now), last_faces_,
                                               encode_jpeg(*image, kLiveQuality)});
    }
}

void Watch::take(const record::ProctorMessage& message) {
    if (const auto* live = std::get_if<record::ProctorLiveView>(&message)) {
        live_ = live->on;
    } else if (const auto* picture = std::get_if<record::ProctorWindowPicture>(&message)) {
        // A picture that is none comes from our own terminal: it is dropped, the next may be good.
        static_cast<void>(policy_.window_pictures && evidence_.window(*picture).ok());
    }
}

void Watch::finish() {
    const SteadyTime now = ports_.clock.steady();
    send_events(analysis_.finish(now));
    send_gaps(coverage_.finish(now));
    send_segments(evidence_.finish(now));
}

}  // namespace assay::proctor
