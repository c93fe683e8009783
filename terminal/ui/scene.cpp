#include "terminal/ui/scene.h"

#include <algorithm>

namespace assay::terminal_ui {
namespace {

using sitting::Phase;

ScreenName check_in_screen(const Facts& facts) {
    if (facts.view.confirmed) {
        return ScreenName::kWaiting;
    }
    if (!facts.view.person) {
        return ScreenName::kCheckIn;
    }
    return facts.choices.person_right ? ScreenName::kRules : ScreenName::kPerson;
}

ScreenName screen_of_phase(const Facts& facts) {
    const Phase phase = facts.view.phase;
    const bool over =
        phase == Phase::kHandedIn || phase == Phase::kTerminated || phase == Phase::kSealed;
    if (over) {
        return ScreenName::kLast;
    }
    if (phase == Phase::kCheckIn) {
        return facts.choices.begun ? check_in_screen(facts) : ScreenName::kLanguage;
    }
    if (phase == Phase::kPaused) {
        return ScreenName::kPaused;
    }
    if ((phase == Phase::kRunning || phase == Phase::kReviewing) && facts.paper) {
        if (facts.choices.asked_hand_in) {
            return ScreenName::kConfirm;
        }
        return phase == Phase::kReviewing ? ScreenName::kReview : ScreenName::kPaper;
    }
    return ScreenName::kWaiting;
}

ScreenName screen_of(const Facts& facts) {
    switch (facts.choices.panel) {
        case Panel::kDisplay:
            return ScreenName::kDisplay;
        case Panel::kMessages:
            return ScreenName::kMessages;
        case Panel::kHistory:
            return ScreenName::kHistory;
        case Panel::kNone:
            break;
    }
    return screen_of_phase(facts);
}

bool time_runs(Phase phase) {
    return phase == Phase::kRunning || phase == Phase::kReviewing || phase == Phase::kPaused;
}

/// The worst first. What only people at the desk can mend is not told twice.
std::optional<MessageId> trouble_of(const Facts& facts) {
    const sitting::View& view = facts.view;
    const bool camera = facts.rules && facts.rules->camera != record::CameraPolicy::kNone &&
                        facts.state.consent && time_runs(view.phase) &&
                        (facts.state.evidence.open_findings.contains("CAM_LOST") ||
                         facts.state.evidence.open_findings.contains("CAM_NONE"));
    if (view.fenced) {
        return "terminal.trouble.fenced"_id;
    }
    if (view.disk_full) {
        return "terminal.trouble.disk"_id;
    }
    if (view.link == sitting::LinkState::kDown) {
        return "terminal.header.link-down"_id;
    }
    if (facts.choices.page_restarted) {
        return "terminal.trouble.page"_id;
    }
    if (!camera) {
        return std::nullopt;
    }
    return facts.camera_here ? "terminal.trouble.camera"_id : "terminal.trouble.no-camera"_id;
}

std::optional<int> mark_passed(const sitting::View& view) {
    if (view.phase != Phase::kRunning && view.phase != Phase::kReviewing) {
        return std::nullopt;
    }
    for (const int minutes : kTimeMarksMinutes) {
        const std::int64_t mark = std::int64_t{minutes} * 60'000;
        if (view.remaining_ms <= mark && view.remaining_ms > mark - kTimeMarkShownMs) {
            return minutes;
        }
    }
    return std::nullopt;
}

bool has_history(const sitting::Paper::Entry& entry, const sitting::State& state) {
    const auto known = state.items.find(entry.identifier);
    return known != state.items.end() &&
           std::ranges::any_of(typed_responses(entry), [&](const std::string& response) {
               return known->second.responses.contains(response);
           });
}

void mark_items(Scene& scene, const Facts& facts) {
    for (const sitting::Paper::Entry& entry : facts.paper->entries) {
        ItemMark mark{entry.identifier, entry.item->title};
        if (const auto known = facts.state.items.find(entry.identifier);
            known != facts.state.items.end()) {
            mark.answered = known->second.answered();
            mark.flagged = known->second.flagged;
        }
        mark.current = entry.identifier == facts.choices.item;
        if (mark.current) {
            scene.current = scene.items.size();
            scene.history_open = has_history(entry, facts.state);
        }
        scene.unanswered += mark.answered ? 0 : 1;
        scene.flagged += mark.flagged ? 1 : 0;
        scene.items.push_back(std::move(mark));
    }
}

}  // namespace

Scene make_scene(const Facts& facts) {
    Scene scene;
    scene.screen = screen_of(facts);
    scene.view = facts.view;
    scene.choices = facts.choices;
    scene.saving = facts.waiting_saves > 0;
    scene.save_failed = facts.save_failed;
    scene.rules = facts.rules;
    scene.timed = time_runs(facts.view.phase);
    scene.trouble = trouble_of(facts);
    scene.minutes_left = mark_passed(facts.view);
    if (facts.view.desk_texts.size() > facts.choices.messages_read) {
        scene.message = facts.view.desk_texts.back();
    }
    scene.camera_here = facts.camera_here;
    scene.exam_title = facts.view.exam_title;
    if (facts.paper) {
        scene.exam_title = facts.paper->title;
        mark_items(scene, facts);
    }
    if (facts.rules) {
        sitting::Terms terms;
        terms.rules = *facts.rules;
        if (facts.view.person) {
            terms.accommodations = facts.view.person->row.accommodations;
        }
        scene.whole_seconds = terms.duration_ms() / 1000;
        scene.more_time = terms.accommodations.extra_time_percent > 0;
        const std::int64_t earliest = std::int64_t{facts.rules->earliest_hand_in_minutes} * 60'000;
        scene.hand_in_open = facts.state.time.used_ms >= earliest;
    }
    return scene;
}

}  // namespace assay::terminal_ui
