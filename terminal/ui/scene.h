#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "terminal/sitting/session.h"
#include "terminal/widgets/look.h"

namespace assay::terminal_ui {

enum class ScreenName {
    kLanguage,
    kCheckIn,
    kPerson,
    kRules,
    kWaiting,
    kPaper,
    kPaused,
    kReview,
    kConfirm,
    kLast,
    kDisplay,
    kMessages,
};

/// What stands over the screen of the phase because the candidate asked for it.
enum class Panel { kNone, kDisplay, kMessages };

/// What the candidate has done on the screens that is no record: nothing here survives a restart,
/// and nothing here matters to the exam.
struct Choices {
    bool begun = false;      ///< a language was chosen
    bool by_number = false;  ///< number and seat code instead of the seat
    bool person_right = false;
    bool asked_hand_in = false;
    bool hand_up = false;
    bool page_restarted = false;  ///< the web view crashed a moment ago
    Panel panel = Panel::kNone;
    std::size_t messages_read = 0;
    std::string item;  ///< shown now
    widgets::Look look;
};

/// One item in the navigator.
struct ItemMark {
    std::string item;
    std::string title;
    bool answered = false;
    bool flagged = false;
    bool current = false;
};

/// Everything a screen draws: a value, made by make_scene and by nothing else.
struct Scene {
    ScreenName screen = ScreenName::kLanguage;
    sitting::View view;
    Choices choices;
    bool saving = false;  ///< something typed is not yet durable
    bool save_failed = false;
    std::vector<ItemMark> items;
    std::size_t current = 0;
    std::size_t unanswered = 0;
    std::size_t flagged = 0;
    bool hand_in_open = true;   ///< the earliest hand-in is reached
    bool timed = false;         ///< the remaining time is shown
    bool last_minutes = false;  ///< remaining time is shown with seconds
    std::string exam_title;
    std::optional<record::SittingRules> rules;
    /// What does not work, in calm words; nothing to do but to go on.
    std::optional<MessageId> trouble;
    /// Minutes left, for a while after a mark of kTimeMarksMinutes was passed.
    std::optional<int> minutes_left;
    /// The newest message of the desk that was not read yet.
    std::optional<std::string> message;
};

struct Facts {
    sitting::View view;
    sitting::State state;
    std::shared_ptr<const sitting::Paper> paper;  ///< none before the release
    std::optional<record::SittingRules> rules;
    Choices choices;
    std::size_t waiting_saves = 0;
    bool save_failed = false;
};

inline constexpr std::int64_t kSecondsShownMs = 60'000;
inline constexpr int kTimeMarksMinutes[] = {15, 5, 1};
inline constexpr std::int64_t kTimeMarkShownMs = 30'000;

/// Pure: the same facts give the same scene.
Scene make_scene(const Facts& facts);

/// "0:00:59" in the last minute, hours and minutes ("1:05") before.
std::string time_text(std::int64_t remaining_ms);

}  // namespace assay::terminal_ui
