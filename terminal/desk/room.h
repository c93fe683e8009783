#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "crypto/base/clock.h"
#include "crypto/base/link.h"
#include "crypto/base/log.h"
#include "crypto/record/room_code_rows.h"
#include "crypto/record/verify.h"
#include "crypto/tls_identity.h"
#include "question-bank/sealed/bank.h"
#include "question-bank/sealed/statements.h"
#include "server/protocol/journal.h"
#include "server/protocol/keys.h"
#include "server/protocol/package.h"
#include "server/protocol/release.h"
#include "server/protocol/sitting.h"
#include "terminal/desk/allowed.h"
#include "terminal/desk/desk_folder.h"
#include "terminal/desk/desk_keys.h"
#include "terminal/desk/journal_shelf.h"
#include "terminal/desk/site_log.h"
#include "terminal/desk/upload_folder.h"
#include "terminal/desk/view.h"

namespace assay::desk {

/// What a room needs from the world. All outlive it.
struct RoomPorts {
    Disk& disk;
    Clock& clock;
    Random& random;
    Log& log;
};

struct RoomConfig {
    Path folder;
    SittingId sitting;
    RoomId room;
    std::uint32_t seats_max = 60;  ///< enrolments that a room code admits
    std::chrono::minutes code_valid{30};
};

inline constexpr std::int64_t kSeenMs = 5000;  ///< a terminal not heard of for longer is "away"
inline constexpr std::size_t kMessageBytesMax = 2000;
/// Orders are numbered from (opening - 1) times this, plus one: what a desk says that took charge
/// is above all that the one before it may still say.
inline constexpr std::uint64_t kOrdersPerOpening = 1'000'000;
/// Text of an order of extra time that credits dark time.
inline constexpr std::string_view kDarkCredit = "dark";
inline constexpr std::size_t kRefusedShownMax = 50;  ///< the others come up when these are mended

/// One room of one sitting at the desk in charge: enrols terminals, admits, relays journals, gives
/// orders, releases, moves, countersigns packages, seals. Everything that must survive is in the
/// folder before the call returns; a restarted desk goes on where it was. Thread-safe.
class Room {
  public:
    /// Opens the folder. Without a sitting in it yet only take_sitting and adopt_keys may follow.
    static Result<std::unique_ptr<Room>> open(RoomPorts ports, DeskKeys keys, RoomConfig config);

    // ---- setting up
    /// Key list of the organisation; the first one is believed as installed with the desk.
    Status adopt_keys(const protocol::KeyListReply& keys);
    /// The sitting's bundle from the server: manifest, attempts, roster, banks, kits.
    Status take_sitting(const protocol::SittingReply& bundle);
    Status take_photo(const Digest& digest, ByteView photo);
    /// bank.age, checked against its statement and the manifest.
    Status take_bank(const Digest& digest, ByteView bank);
    std::vector<Digest> missing_photos();
    std::vector<Digest> missing_banks();
    bool has_sitting();

    // ---- the invigilators
    /// Takes charge of the room; makes the move key under the PIN. Once; later calls give the same.
    Status open_room(const crypto::Pin& pin);
    /// A new room code; the one before ends.
    Result<record::RoomCode> make_room_code();
    Status assign_seat(const MachineId& terminal, const std::string& seat);
    // What allowed() says no to is refused with its reason, before anything is done.
    /// Asks the server for every part that is not a reserve.
    Status release_online(Link& server);
    /// With the organisation's code and invigilators' shares, as typed.
    Status release_offline(std::span<const crypto::SecretBytes> shares);
    Status order(record::OrderKind kind, std::optional<AttemptId> attempt, std::int64_t seconds,
                 const std::string& text, const std::string& reason,
                 std::vector<std::string> persons);
    /// Extra time for what CandidateRow::dark_ms proposed, in whole seconds, with its cause: the
    /// order's text is kDarkCredit. Refused where less than that is dark and uncredited.
    Status credit_dark(const AttemptId& attempt, std::int64_t seconds, const std::string& reason,
                       std::vector<std::string> persons);
    /// Sends an attempt to another terminal: opens its journal keys with the move key.
    Status move(const AttemptId& attempt, const MachineId& to, const crypto::Pin& pin);
    /// Closes the room's account. Attempts that handed in or never came explain themselves; for
    /// the others `decided` must say terminated or lost. kRefused names the first that is open.
    Status seal(const std::map<AttemptId, record::Disposition>& decided);

    // ---- the terminals; `machine` was proven by TLS
    std::optional<MachineId> machine_of(const crypto::TlsKey& key);
    Result<protocol::EnrolReply> enrol(const protocol::EnrolRequest& request,
                                       const crypto::TlsKey& peer,
                                       const crypto::TlsExporter& exporter);
    Status put_half(const MachineId& machine, const protocol::StoreHalf& half);
    Result<protocol::StoreHalf> half(const MachineId& machine);
    Result<protocol::KeyListReply> key_list();
    Result<protocol::RoomReply> room();
    Result<Bytes> bank(const Digest& digest);
    Result<protocol::CheckInReply> check_in(const MachineId& machine,
                                            const protocol::CheckInRequest& request);
    Result<protocol::StartReply> admit(const MachineId& machine,
                                       const protocol::StartRequest& request);
    Result<protocol::RecordsReply> take_records(const MachineId& machine,
                                                const record::JournalId& journal,
                                                const protocol::RecordsRequest& request);
    Result<protocol::RecordsHeld> held_records(const MachineId& machine,
                                               const record::JournalId& journal,
                                               std::uint64_t first);
    Result<protocol::HeartbeatReply> heartbeat(const MachineId& machine,
                                               const protocol::HeartbeatRequest& request);
    Result<protocol::ReleaseReply> release_for(const MachineId& machine, const PartId& part);
    Result<protocol::MoveReply> move_for(const MachineId& machine, const AttemptId& attempt);
    Result<protocol::PackageReply> take_package(const Digest& statement, ByteView upload);
    /// By the slip's short code as somebody typed it: with or without hyphens, in any case.
    Result<protocol::ReceiptReply> receipt(const std::string& short_code);
    Result<Bytes> log_resource(std::string_view path);
    /// The site log's proof of a statement that this desk logged, for an auditor's folder.
    Result<std::string> site_proof(const Digest& statement);

    // ---- the relay to the server
    struct Pending {
        enum class Kind { kStatement, kPackage } kind{};
        std::string object;  ///< kName
        Digest statement;
        Bytes body;
    };
    /// The oldest thing that the server has not answered yet.
    std::optional<Pending> next_pending();
    /// Writes everything that the server has not answered yet into a folder, a stick: statements as
    /// `<number>-<object>.dsse.json`, packages as `<number>-<short code>.assay-package`, for
    /// `assay-server import`. It goes on waiting here: only the server's answer ends that. Gives
    /// the number of files.
    Result<std::size_t> export_waiting(const Path& stick);
    Status answered(const Digest& statement, const std::string& receipt);
    /// The server said no for good: kept, named on the screen, not sent again by itself.
    Status refused(const Digest& statement, const Error& error);
    /// The same for a segment or a candidate's file, whose bytes the upload folder keeps.
    Status refused_upload(const Digest& file, const std::string& kind, const std::string& attempt,
                          const Error& error);
    /// It arrived after all: nothing is named any more.
    Status forget_refusal(const Digest& digest);
    /// Somebody mended the cause: what was refused waits once more. Gives the number of statements.
    Result<std::size_t> retry_refused();
    /// Every minute: the newest acknowledgement of each running journal enters the site log.
    Status log_heads();

    /// Keeps what terminals last told, where it is news, so that a restarted desk shows it. Every
    /// few seconds, and at the end.
    Status keep_heard();

    // ---- the screen
    RoomView view();
    /// How many of the segments and files that the attempt's package names are not among `held`.
    std::uint64_t missing_evidence(const AttemptId& attempt, const UploadFolder::Held& held);
    Result<Bytes> photo(const Digest& digest);

  private:
    struct Terminal {
        record::Enrolment enrolment;
        std::string seat;
        protocol::HeartbeatRequest last;
        std::optional<SteadyTime> seen;
        bool heard = false;  ///< `last` is what it once told, perhaps to this desk's last run
    };
    struct Run {  ///< one (attempt, epoch)
        record::Signed<record::Start> start;
        record::JournalId journal;
    };
    struct Attempt {
        std::vector<Run> runs;  ///< by epoch
        std::vector<record::Signed<record::Move>> moves;
        std::optional<record::Signed<record::Package>> package;
        bool before_seal = false;
    };
    struct Part {
        record::Signed<sealed::BankPart> statement;
        std::optional<crypto::AgeIdentity> key;  ///< R, once released
    };

    Room(RoomPorts ports, DeskKeys keys, RoomConfig config);
    Status load();
    Status load_sitting();
    Status load_openings();
    Status load_terminals();
    Status load_attempts();
    Status load_releases();
    Status load_packages();
    /// Finishes publish() of what a crash left on a shelf and nowhere else.
    Status mend_outbox();

    Status need_sitting() const;
    Status need_opening() const;
    Result<Terminal*> terminal(const MachineId& machine);
    const record::RosterRow* roster_row(const AttemptId& attempt) const;
    /// The attempt was moved to this machine and is not handed in.
    bool moved_to(const AttemptId& id, const MachineId& machine) const;
    Result<const record::RosterRow*> find_person(const Terminal& terminal,
                                                 const protocol::CheckInRequest& request) const;
    std::optional<MachineId> assigned_terminal(const Attempt& attempt) const;
    Epoch current_epoch(const Attempt& attempt) const;

    template <typename T>
    Status publish(const std::string& name, const record::Signed<T>& object);
    Status queue(const std::string& object, const Digest& statement, const std::string& file);
    /// What the marker of this name in the outbox stands for.
    std::optional<Pending> pending_named(const std::string& name);
    Status check_new_start(const record::Signed<record::Start>& start, const Attempt& attempt,
                           const MachineId& machine) const;
    Result<std::vector<protocol::MovedJournal>> unwrap_journals(
        const Attempt& attempt, const record::Enrolment& to, const crypto::AgeIdentity& move_key);
    Result<std::string> acknowledge(const record::JournalHead& head);
    std::uint64_t next_order_number() const;
    Status give(record::DeskOrder order);
    std::int64_t uncredited_dark_ms(const AttemptId& attempt, std::int64_t told_ms) const;
    std::vector<PartId> unreleased_parts() const;
    Status take_release(const PartId& part, const protocol::ReleaseReply& reply);
    Status keep_release(const protocol::ReleaseReply& reply, const PartId& part,
                        crypto::AgeIdentity key);
    Status check_package(const record::Signed<record::Package>& package, ByteView age_file);
    Status keep_refused(const Digest& statement, ByteView upload, const Error& why);
    Status seal_again();
    Result<std::vector<record::SealRow>> seal_rows(
        const std::map<AttemptId, record::Disposition>& decided) const;
    Status write_seal(std::vector<record::SealRow> rows);
    Status keep_refusal(const Digest& digest, const std::string& what,
                        std::optional<AttemptId> attempt, const Error& error);
    std::vector<RefusedRow> refused_rows();
    Status load_heard();
    bool anyone_admitted() const;
    RoomFacts facts() const;
    SeatState seat_state(const std::optional<AttemptId>& attempt) const;
    Status may(Command command, const std::optional<AttemptId>& attempt = {}) const;
    Seen seen_of(const Terminal& terminal) const;
    TerminalRow terminal_row(const MachineId& id, const Terminal& terminal) const;
    CandidateRow candidate_row(const record::RosterRow& row);

    std::mutex lock_;
    RoomPorts ports_;
    DeskKeys keys_;
    RoomConfig config_;
    DeskFolder folder_;
    JournalShelf journals_;
    std::optional<SiteLog> site_log_;
    std::optional<record::TrustedKeys> trusted_;
    std::optional<protocol::KeyListReply> key_list_;
    std::optional<record::Signed<record::SittingManifest>> manifest_;
    Bytes attempts_file_;
    record::AttemptsFile attempts_;
    record::SiteRoster roster_;
    std::vector<record::Signed<sealed::SiteKit>> kits_;
    std::map<PartId, Part> parts_;
    std::optional<record::Signed<record::RoomOpening>> opening_;
    std::optional<record::RoomCode> code_;
    SteadyTime code_until_{0};
    std::uint32_t code_used_ = 0;
    std::map<MachineId, Terminal> terminals_;
    std::map<AttemptId, Attempt> state_;
    std::map<record::JournalId, std::pair<AttemptId, MachineId>> journal_owner_;
    std::vector<record::Signed<record::DeskOrder>> orders_;
    std::optional<record::Signed<record::Seal>> seal_;
    Bytes heard_;  ///< as keep_heard() wrote it last, without what changes every second
};

}  // namespace assay::desk
