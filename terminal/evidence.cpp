#include "terminal/evidence.h"

#include <algorithm>

#include "crypto/age.h"

namespace assay::terminal {
namespace {

using sitting::Phase;

/// Where a camera is asked for and none is here, or the candidate said no: nothing was lost.
constexpr const char* kNoCamera = "CAM_NONE";

bool over(Phase phase) {
    return phase == Phase::kHandedIn || phase == Phase::kTerminated || phase == Phase::kSealed;
}

template <typename E>
std::string text_of(E value) {
    return std::string(record::word(value));
}

/// An accommodation's free words that name a finding: "LOOK_AWAY=off" and the like. The proctor
/// refuses what is none; the rest of the words is for the invigilator.
std::string tolerances_of(const record::Accommodations& accommodations) {
    std::string out;
    for (const std::string& word : accommodations.other) {
        const auto code = record::from_word<record::FindingCode>(word.substr(0, word.find('=')));
        if (code && (word.ends_with("=off") || word.ends_with("=wide"))) {
            out += (out.empty() ? "" : " ") + word;
        }
    }
    return out;
}

}  // namespace

void Evidence::round(sitting::Session& session) {
    const Phase phase = session.view().phase;
    if (phase == Phase::kCheckIn) {
        stopping_ = finished_ = no_camera_noted_ = false;  // the next candidate's evidence
        return;
    }
    if (finished_) {
        return;
    }
    if (over(phase)) {
        if (process_ && !stopping_) {
            process_->stop();
        }
        stopping_ = true;
    } else if (!process_) {
        begin(session);
    }
    if (process_) {
        for (const record::ProctorMessage& message : process_->drain()) {
            take(session, message);
        }
    }
    if (stopping_ && (!process_ || process_->ended())) {
        if (process_) {
            for (const record::ProctorMessage& message : process_->drain()) {
                take(session, message);
            }
        }
        session.evidence_finished();
        process_.reset();
        finished_ = true;
    }
}

void Evidence::begin(sitting::Session& session) {
    const auto rules = session.rules();
    const auto recipient = session.attempt_recipient();
    if (!rules || !recipient || rules->camera == record::CameraPolicy::kNone) {
        return;
    }
    const sitting::State state = session.state();
    if (!state.consent) {
        return;  // the invigilator checks the person by hand; that is no finding
    }
    if (settings_.camera == "none") {
        note_no_camera(session);
        return;
    }
    const auto age = crypto::AgeRecipient::from_bytes(recipient->view());
    if (!age.ok()) {
        return;
    }
    platform::ProctorSettings settings;
    settings.program = settings_.program;
    settings.socket = settings_.socket;
    settings.policy.camera = rules->camera;
    settings.policy.identity = rules->identity;
    settings.policy.source = settings_.camera;
    settings.policy.models = settings_.models;
    settings.policy.recipient = age->text();
    settings.policy.tolerances = tolerances_of(state.terms.accommodations);
    settings.policy.next_segment = state.evidence.segments.size() + 1;
    settings.policy.next_finding = state.evidence.findings + 1;
    settings.policy.used_bytes = state.evidence.bytes;
    covered_ = 0;
    process_ = std::make_unique<platform::ProctorProcess>(std::move(settings), clock_);
    const auto person = session.view().person;
    if (rules->identity && person && !person->photo.empty()) {
        process_->set_roster_picture(person->photo);
    }
}

// A seat without a camera where one is asked for: on record once, for a person to judge.
void Evidence::note_no_camera(sitting::Session& session) {
    if (no_camera_noted_ || session.state().evidence.open_findings.contains(kNoCamera)) {
        return;
    }
    no_camera_noted_ = session.finding({kNoCamera, 3, true}).ok();
    log_.warn("terminal.log.finding"_id, {{"finding", kNoCamera}, {"camera", settings_.camera}});
}

void Evidence::take_health(sitting::Session& session, const record::ProctorHealth& health) {
    if (health.covered_seconds < covered_) {
        covered_ = 0;  // another process
    }
    // In steps, so that a long exam has no record for each second.
    const std::uint64_t fresh = health.covered_seconds - covered_;
    if (fresh >= 10 || stopping_) {
        if (session.covered(fresh).ok()) {
            covered_ = health.covered_seconds;
        }
    }
}

void Evidence::take(sitting::Session& session, const record::ProctorMessage& message) {
    if (const auto* finding = std::get_if<record::ProctorFinding>(&message)) {
        if (finding->phase == record::Phase::kBegin) {
            log_.warn("terminal.log.finding"_id,
                      {{"finding", text_of(finding->code)}, {"camera", settings_.camera}});
        }
        if (finding->phase != record::Phase::kUpdate) {
            const bool begins = finding->phase == record::Phase::kBegin;
            (void)session.finding({text_of(finding->code),
                                   static_cast<std::int64_t>(finding->weight), begins,
                                   begins ? finding->onset.wall : finding->at.wall,
                                   finding->confidence, finding->number});
        }
    } else if (const auto* segment = std::get_if<record::ProctorSegment>(&message)) {
        (void)session.segment({text_of(segment->kind), segment->digest, segment->sealed.size(),
                               segment->from.wall, segment->to.wall},
                              segment->sealed);
    } else if (const auto* gap = std::get_if<record::ProctorGap>(&message)) {
        if (gap->phase == record::Phase::kEnd) {
            (void)session.gap({gap->from.wall, gap->to.wall, text_of(gap->cause)});
        }
    } else if (const auto* shed = std::get_if<record::ProctorShed>(&message)) {
        // A mark on the line of gaps: from here on less is kept, until the next mark or the end.
        (void)session.gap({shed->at.wall, shed->at.wall, "shed:" + text_of(shed->level)});
    } else if (const auto* health = std::get_if<record::ProctorHealth>(&message)) {
        take_health(session, *health);
    }
}

}  // namespace assay::terminal
