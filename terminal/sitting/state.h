#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crypto/record/answers.h"
#include "crypto/record/desk_order.h"
#include "crypto/record/event.h"
#include "crypto/record/manifest.h"
#include "crypto/record/package.h"
#include "crypto/record/start.h"

// The state of one attempt on one terminal: a fold over the records of its journals and nothing
// else. The table of phases and events is in README.md.
namespace assay::sitting {

enum class Phase {
    kCheckIn,     ///< no journal yet
    kWaiting,     ///< admitted, the bank is closed
    kReleased,    ///< the bank is open, the time has not begun for this candidate
    kRunning,     ///< the candidate answers
    kReviewing,   ///< as running, on the review screen
    kPaused,      ///< by the desk; the time stands
    kReopened,    ///< an attempt that had begun goes on in a new journal; the bank is closed here
    kHandedIn,    ///< no answer is taken any more
    kTerminated,  ///< by the desk; answers so far are handed in
    kSealed,      ///< the desk sealed the room
};

/// What the manifest and the roster say about one attempt. Constant.
struct Terms {
    Digest manifest;
    AttemptId attempt;
    record::SittingRules rules;
    record::Accommodations accommodations;

    /// The whole time with the accommodation, before orders of the desk.
    std::int64_t duration_ms() const;
};

/// Where at_ms stands on this machine: at_ms = at + (steady - base), within one boot.
struct ClockBase {
    std::string boot;
    std::int64_t steady_ms = 0;
    std::int64_t at_ms = 0;
};

struct TimeState {
    std::int64_t at_ms = 0;         ///< of the newest record of this journal
    std::int64_t remaining_ms = 0;  ///< at at_ms; below zero after the end
    std::int64_t used_ms = 0;       ///< since the start, without pauses
    std::int64_t dark_ms = 0;       ///< of it: measured while no program ran
    bool dark_unknown = false;      ///< a power cut: only the desk can tell how long
    std::int64_t paused_at_ms = 0;
    std::int64_t grace_until_ms = 0;  ///< no forced hand-in before: the desk may credit dark time
    ClockBase base;
    WallTime desk_time;  ///< the desk's time at at_ms 0
};

struct ItemState {
    std::map<std::string, record::AnsweredResponse> responses;
    std::map<std::string, record::AnsweredFile> files;
    /// Edits since the whole value, of responses that have a whole one in this journal.
    std::map<std::string, int> edits;
    std::string note;
    bool opened = false;
    bool flagged = false;

    /// Some response is not NULL, or there is a file.
    bool answered() const;
};

/// A sentence of the invigilator, an errata beside an item, or extra time, which has no words.
struct DeskText {
    std::uint64_t order = 0;
    record::OrderKind kind{};
    std::string item;
    std::string text;
    std::int64_t seconds = 0;
};

struct EvidenceState {
    std::vector<record::SegmentEntry> segments;
    std::vector<record::GapEntry> gaps;
    std::uint64_t bytes = 0;
    std::uint64_t covered_seconds = 0;
    std::uint64_t findings = 0;
    std::set<std::string> open_findings;  ///< codes

    record::EvidenceCounts counts() const;
};

struct State {
    Terms terms;
    // This journal.
    std::optional<record::Start> start;
    bool confirmed = false;  ///< before admission: the person said who they are
    std::string confirmed_by;
    bool consent = false;
    std::vector<record::PartDigest> released;
    bool handed_in = false;
    bool terminated = false;
    bool sealed = false;
    record::PackageKind hand_in_kind = record::PackageKind::kHandedIn;
    // The attempt, over all its journals.
    bool started = false;
    bool paused = false;
    bool reviewing = false;
    bool late = false;  ///< the start came after the latest entry; an override lets in
    bool storage_allowed = false;
    std::uint64_t last_order = 0;
    std::string current_item;
    TimeState time;
    std::map<std::string, ItemState> items;
    std::vector<DeskText> desk_texts;
    std::vector<record::PackageFile> files;  ///< age files of results, in the order of the journal
    EvidenceState evidence;

    Phase phase() const;
    bool clock_runs() const { return started && !paused && !handed_in; }
    /// Remaining time at `at_ms`, never below zero.
    std::int64_t remaining_ms(std::int64_t at_ms) const;
    /// The same below zero too: how long the end is past.
    std::int64_t remaining_signed_ms(std::int64_t at_ms) const;
    /// at_ms of an instant of this boot; the newest record's where the boot is another.
    std::int64_t at_of(const std::string& boot, SteadyTime steady) const;
    /// The member answers.json as it stands.
    record::Answers answers() const;
};

inline constexpr std::int64_t kResumeGraceMs = 60'000;  ///< see TimeState::grace_until_ms

/// Before anything happened.
State initial(Terms terms);

/// The start of a journal: the first one, or one that continues the attempt here.
State begin_journal(State state, const record::Start& start);

/// The next state. Any prefix of a journal's events gives a valid state.
State fold(State state, const record::Event& event);

}  // namespace assay::sitting
