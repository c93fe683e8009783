#pragma once

#include <variant>

#include "crypto/record/release.h"
#include "terminal/sitting/state.h"

// What happens to a sitting, and what follows. Pure: no clock, no disk, no randomness.
namespace assay::sitting {

// ---- inputs; README.md tells in which phases each is taken

/// The candidate said who they are. `by`: name, number or desk.
struct PersonConfirmed {
    std::string by = "name";
    bool consent = true;  ///< to the camera and the rules as shown
};
/// The desk countersigned the start of the journal. `boot` and `steady` of this moment.
struct Admitted {
    record::Start start;
    std::string boot;
    SteadyTime steady{0};
};
/// A release that the shell verified.
struct Released {
    record::Signed<record::Release> release;
};
/// An order whose signature the shell verified.
struct Ordered {
    record::Signed<record::DeskOrder> order;
};
struct ItemOpened {
    std::string item;
};
struct AnswerChanged {
    std::string item;
    std::string response;
    std::optional<std::vector<std::string>> values;  ///< none: NULL
    std::optional<std::string> typed;                ///< the raw text, where capture changed it
    /// The record (index in the chain) whose value this brings back; none: the candidate made it.
    std::optional<std::uint64_t> restores = std::nullopt;
    bool whole = false;  ///< no difference: another change of the same write may be before it
};
struct FlagSet {
    std::string item;
    bool flagged = true;
};
struct NoteChanged {
    std::string item;
    std::string text;
};
/// A result of a practical task whose age file lies durable on the disk.
struct FileSaved {
    std::string item;
    std::string name;
    Digest digest;  ///< of the plain file
    std::uint64_t bytes = 0;
    Digest sealed_digest;
    std::uint64_t sealed_bytes = 0;
};
/// Time passed; sent about every 250 ms. `gap_ms`: since the tick before, of this process.
struct Ticked {
    std::int64_t gap_ms = 0;
};
struct ReviewEntered {};
struct ReviewLeft {};
/// The candidate pressed "hand in": asks for the confirmation, changes nothing.
struct HandInAsked {};
struct HandInConfirmed {};
struct FindingSeen {
    std::string code;
    std::int64_t weight = 0;
    bool begins = true;
    std::optional<WallTime> onset{};  ///< the first frame that met the condition
    int confidence = 0;               ///< percent
    std::uint64_t number = 0;         ///< as its segments name it
};
/// A segment whose age file lies durable on the disk.
struct SegmentMade {
    record::SegmentEntry segment;
};
struct GapSeen {
    record::GapEntry gap;
};
struct Covered {
    std::uint64_t seconds = 0;
};
struct TroubleShown {
    std::string id;
};
/// The program runs again and has read its journal.
struct Resumed {
    std::string boot;
    SteadyTime steady{0};
};
struct RoomSealed {
    std::optional<Digest> seal;  ///< none where the desk told no more than that
};

struct Input {
    /// `at_ms` on the journal's scale (State::at_of) and the wall clock.
    std::int64_t at_ms = 0;
    WallTime wall;
    std::variant<PersonConfirmed, Admitted, Released, Ordered, ItemOpened, AnswerChanged, FlagSet,
                 NoteChanged, FileSaved, Ticked, ReviewEntered, ReviewLeft, HandInAsked,
                 HandInConfirmed, FindingSeen, SegmentMade, GapSeen, Covered, TroubleShown, Resumed,
                 RoomSealed>
        what;
};

// ---- effects, in the order in which the shell performs them

/// Journal records; durable before any other effect of the step.
struct WriteEvents {
    std::vector<record::Event> events;
};
/// Ask the desk for the start of a journal.
struct AskAdmission {};
/// Open the part that was released.
struct OpenPart {
    record::PartDigest part;
};
/// Show a message or an errata of the desk.
struct ShowDeskText {
    DeskText text;
};
/// Show what changed about the time: a pause, extra time, the start.
struct ShowTime {};
/// Ask whether to hand in.
struct ConfirmHandIn {};
/// Editors hand over what is typed but not yet an answer: the end is near.
struct FlushEditors {};
/// End the camera and build the package.
struct BuildPackage {};
/// Dark time to tell the desk, which alone credits it.
struct ReportDark {
    std::int64_t dark_ms = 0;
    bool unknown = false;
};

using Effect = std::variant<WriteEvents, AskAdmission, OpenPart, ShowDeskText, ShowTime,
                            ConfirmHandIn, FlushEditors, BuildPackage, ReportDark>;

inline constexpr std::int64_t kLastAnswersMs = 2'000;   ///< after the end, for what is in editors
inline constexpr std::int64_t kClockRecordMs = 10'000;  ///< between records while the time runs
inline constexpr std::int64_t kDarkMs = 5'000;          ///< a longer gap between ticks was dark
inline constexpr std::size_t kNameBytesMax = 512;       ///< item, response and file names
inline constexpr std::size_t kNoteBytesMax = 64U << 10U;
inline constexpr std::size_t kAnswerBytesMax = 400U << 10U;  ///< values and typed, together
inline constexpr std::size_t kEditedBytesMin = 1024;  ///< a shorter value is always written whole
inline constexpr int kEditsMax = 255;                 ///< in a row; then the whole value

/// What follows from an input: either refused with the reason, or events and effects.
struct Decision {
    std::vector<record::Event> events;
    std::vector<Effect> effects;  ///< without the writing of `events`
    std::optional<Error> refused;
    bool confirms = false;  ///< PersonConfirmed before there is a journal
};
Decision decide(const State& state, const Input& input);

struct Step {
    State state;
    std::vector<Effect> effects;
    std::optional<Error> refused;  ///< the state is the old one
};
/// decide, then fold. `state` after it is what the journal with the written events folds to.
Step step(const State& state, const Input& input);

/// The decision's change of the state, for a shell that moves its state.
State apply(State state, const Input& input, const Decision& decision);

}  // namespace assay::sitting
