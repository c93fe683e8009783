#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "terminal/sitting/session.h"
#include "terminal/ui/history.h"
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
    kHistory,
};

/// What stands over the screen of the phase because the candidate asked for it.
enum class Panel { kNone, kDisplay, kMessages, kHistory };

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
    std::string item;                   ///< shown now
    std::vector<HistoryEntry> history;  ///< of this item, when the panel was opened
    std::size_t version = 0;            ///< of it, shown now
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
    bool history_open = false;  ///< the item has a typed answer
    bool hand_in_open = true;   ///< the earliest hand-in is reached
    bool timed = false;         ///< the remaining time is shown
    std::string exam_title;
    std::optional<record::SittingRules> rules;
    /// What does not work, in calm words; nothing to do but to go on.
    std::optional<MessageId> trouble;
    /// Minutes left, for a while after a mark of kTimeMarksMinutes was passed.
    std::optional<int> minutes_left;
    /// The newest of the desk that was not read yet; words by desk_words().
    std::optional<sitting::DeskText> message;
    /// The whole time of this candidate, the accommodation in it.
    std::int64_t whole_seconds = 0;
    bool more_time = false;   ///< it is longer than the others'
    bool camera_here = true;  ///< this seat has a camera
};

struct Facts {
    sitting::View view;
    sitting::State state;
    std::shared_ptr<const sitting::Paper> paper;  ///< none before the release
    std::optional<record::SittingRules> rules;
    Choices choices;
    std::size_t waiting_saves = 0;
    bool save_failed = false;
    bool camera_here = true;
};

inline constexpr int kTimeMarksMinutes[] = {15, 5, 1};
inline constexpr std::int64_t kTimeMarkShownMs = 30'000;

/// Pure: the same facts give the same scene.
Scene make_scene(const Facts& facts);

}  // namespace assay::terminal_ui
