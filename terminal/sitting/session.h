#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/link.h"
#include "crypto/base/random.h"
#include "crypto/record/key_list.h"
#include "crypto/record/slip.h"
#include "terminal/sitting/chain.h"
#include "terminal/sitting/paper.h"
#include "terminal/sitting/step.h"
#include "terminal/sitting/store.h"

namespace assay::sitting {

/// The outside world of a session. All outlive it.
struct SessionPorts {
    Disk& disk;
    Clock& clock;
    Random& random;
    Link& desk;  ///< used by pump() only
    Store& store;
};

struct SessionConfig {
    Path folder;       ///< sittings of this machine, a folder for each attempt
    Path banks;        ///< bank files, "<H(bank.age) in hex>.age"; fetched from the desk if missing
    std::string boot;  ///< the kernel's boot id
    MachineId terminal;
    const crypto::SigningKey& signing;
    const crypto::AgeIdentity& age;
    record::TrustedKeys keys;
    std::string language = "zh-CN";
    bool camera = false;  ///< hand-in waits for evidence_finished(), at most kEvidenceWaitMs
    /// Asks the desk for a key list that is newer than the one in use; nothing where there is none.
    /// Called by pump() before a room is asked for. May be empty.
    std::function<Result<std::optional<record::TrustedKeys>>(Link&)> newer_keys{};
    SealerMaker sealers;  ///< none: record::JournalSealer
};

/// The person at this seat, before it is confirmed.
struct Person {
    record::RosterRow row;
    std::string room_name;
    Bytes photo;  ///< PNG or JPEG, may be empty
};

/// How the desk can be reached, in calm words of the screen.
enum class LinkState { kUnknown, kUp, kDown };

/// What screens draw, without the answers. A value.
struct View {
    std::uint64_t version = 0;  ///< rises whenever something below or the state changed
    Phase phase = Phase::kCheckIn;
    std::int64_t remaining_ms = 0;
    LinkState link = LinkState::kUnknown;
    bool room_known = false;         ///< manifest and opening of the room are here and verified
    bool may_finish = false;         ///< sealed and countersigned: finish() may be called
    bool finished = false;           ///< the last sitting is over here; the next one is awaited
    std::string exam_title;          ///< of the sitting, as its manifest has it
    std::optional<Person> person;    ///< after check_in() was answered
    bool confirmed = false;          ///< the person said yes; the desk's admission is awaited
    std::optional<Error> trouble;    ///< the newest thing that did not work; shown until it does
    std::uint64_t records = 0;       ///< in the journal
    std::uint64_t acknowledged = 0;  ///< of them at the desk
    std::size_t answered = 0;        ///< items
    std::size_t items = 0;           ///< of the open paper
    bool disk_full = false;          ///< answers live on the reserve; evidence and files stop
    bool fenced = false;             ///< the attempt goes on at another terminal
    bool package_built = false;
    bool countersigned = false;
    std::optional<record::Slip> slip;  ///< after hand-in; without proof until the desk signed
    std::string short_code;            ///< of the package's Statement, for the last screen
    /// What the desk said to this candidate, in its order: messages, errata, extra time.
    std::vector<DeskText> desk_texts;
};

/// An effect that the program performs (the shell performs the others).
using Notice = std::variant<OpenPart, ShowDeskText, ShowTime, ConfirmHandIn, FlushEditors,
                            BuildPackage, ReportDark>;

/// A file that waits to be uploaded by tus to the desk, with the metadata of server/protocol.
struct Upload {
    std::string kind;  ///< protocol::kUploadKindSegment or kUploadKindFile
    AttemptId attempt;
    std::string name;
    Digest digest;
    std::uint64_t bytes = 0;
    Path path;
};

struct PumpReport {
    bool worked = false;                   ///< something moved: call again at once
    std::optional<Error> trouble;          ///< why not
    std::chrono::milliseconds wait{1000};  ///< else call again after this
};

inline constexpr std::int64_t kEvidenceWaitMs = 5'000;
inline constexpr std::int64_t kResumeWaitMs =
    3'000;  ///< for the desk to give back what a disk lost

/// One candidate's attempt on one terminal: performs what step() decides. Every call is safe from
/// any thread. Calls of the screen take one write and one sync of the disk at most and never wait
/// for the network; pump() is the only one that talks to the desk and belongs to a worker thread.
///
/// A program: open(), then pump() on a worker every PumpReport::wait, tick() every 250 ms, and the
/// calls below as the candidate acts. After a crash open() gives the same state again.
class Session {
  public:
    /// Continues the newest unfinished attempt that lies in config.folder, or starts at check-in.
    /// An attempt that was handed in is continued as long as its package is not countersigned.
    static Result<std::unique_ptr<Session>> open(const SessionPorts& ports, SessionConfig config);
    virtual ~Session() = default;

    virtual View view() const = 0;
    virtual State state() const = 0;
    /// What the program has to do, each once, oldest first.
    virtual std::vector<Notice> take_notices() = 0;

    // ---- check-in
    /// Asks the desk who sits here: by this terminal's seat, or by number and seat code. pump()
    /// brings the answer into view().person or view().trouble.
    virtual void check_in(std::optional<std::string> number,
                          std::optional<std::string> seat_code) = 0;
    /// view().person is who sits here. pump() asks for admission until the desk says yes.
    virtual Status confirm_person(const std::string& by, bool consent) = 0;
    /// No, that is somebody else: back to the beginning.
    virtual void reject_person() = 0;

    // ---- the paper
    /// Opens the banks of all released parts and reads the paper; takes its time, any thread. What
    /// was released since the last call is opened then. The paper is kept for the package.
    virtual Result<std::shared_ptr<const Paper>> open_paper() = 0;
    /// The same paper in another language of the bank (item::test_in_language); opens it if need
    /// be.
    virtual Result<std::shared_ptr<const Paper>> paper_in(const std::string& language) = 0;
    /// A file of an open bank (Paper::Entry::bank), from any thread. kRefused before open_paper().
    virtual Result<Bytes> bank_file(std::size_t bank, const std::string& name) = 0;

    // ---- while it runs: success means durable
    virtual Status open_item(const std::string& item) = 0;
    virtual Status answer(const AnswerChanged& change) = 0;
    virtual Status answer(const std::vector<AnswerChanged>& changes) = 0;
    virtual Status flag(const std::string& item, bool flagged) = 0;
    virtual Status note(const std::string& item, const std::string& text) = 0;
    /// A result of a practical task: encrypted to the attempt, durable, recorded, queued.
    virtual Status save_file(const std::string& item, const std::string& name, ByteView plain) = 0;
    /// The bytes of a result that was saved here in this process; results of an earlier process
    /// are encrypted to the organisation and come back as kNotFound unless the store kept them.
    virtual Result<Bytes> saved_file(const std::string& item, const std::string& name) = 0;
    virtual Result<std::vector<AnswerVersion>> history(const std::string& item,
                                                       const std::string& response) = 0;
    /// An earlier version of history() stands again: a change of its own, which names the record
    /// that it brings back. kNotFound where the history has no such record.
    virtual Status restore(const std::string& item, const std::string& response,
                           std::uint64_t record) = 0;
    virtual void tick() = 0;
    virtual void raise_hand(bool up) = 0;
    virtual Status trouble_shown(const std::string& id) = 0;

    // ---- evidence
    virtual Status finding(const FindingSeen& finding) = 0;
    /// The sealed bytes are written to the store folder, recorded and queued.
    virtual Status segment(const record::SegmentEntry& segment, ByteView sealed) = 0;
    virtual Status gap(const record::GapEntry& gap) = 0;
    virtual Status covered(std::uint64_t seconds) = 0;
    /// The camera's process ended after hand-in; the package can be built.
    virtual void evidence_finished() = 0;
    /// P_a's public half, for the proctor's policy; nothing before check-in.
    virtual std::optional<record::AgePublic> attempt_recipient() const = 0;
    virtual std::optional<record::SittingRules> rules() const = 0;

    // ---- review and hand-in
    virtual Status enter_review() = 0;
    virtual Status leave_review() = 0;
    /// Success gives the notices FlushEditors and ConfirmHandIn.
    virtual Status ask_hand_in() = 0;
    virtual Status confirm_hand_in() = 0;
    /// The package as a file for a stick: `<short code>.assay-package` in `folder`, after it was
    /// built. Gives its path.
    virtual Result<Path> export_package(const Path& folder) = 0;

    // ---- after it
    /// The room is sealed and the desk has the package: back to the beginning, for the next group.
    /// Its files stay, sealed as they are, and what is still to be uploaded goes on. Refused before
    /// view().may_finish. A room of another sitting at the desk does the same by itself, and so
    /// does the seal where the attempt went on at another terminal.
    virtual Status finish() = 0;

    // ---- the worker
    /// One round with the desk: at most a few requests. Blocks on the link only.
    virtual PumpReport pump() = 0;
    /// Of this attempt, and of those before it.
    virtual std::vector<Upload> uploads() const = 0;
    /// The desk has all of it, durably.
    virtual Status uploaded(const Digest& digest) = 0;
};

}  // namespace assay::sitting
