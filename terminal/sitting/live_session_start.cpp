#include "crypto/record/document.h"
#include "server/protocol/exchange.h"
#include "terminal/sitting/hand_in.h"
#include "terminal/sitting/live_session.h"

// Admission, hand-in and move: what terminal and desk sign together.
namespace assay::sitting {

using record::Signed;

namespace {

constexpr std::int64_t kCopyAgainMs = 10'000;

}  // namespace

Result<bool> LiveSession::ask_admission() {
    {
        const std::lock_guard lock(core_);
        if (!want_admission_ || !chain_ || !room_) {
            return false;
        }
    }
    if (!desk_time_) {
        return false;  // the start carries the desk's time
    }
    Bytes wrapped_key;
    ASSAY_TRY(const Signed<record::Start> start, pending_start(wrapped_key));
    const protocol::StartRequest request{to_bytes(start.json()), wrapped_key};
    ASSAY_TRY(const auto reply,
              protocol::call<protocol::StartReply>(ports_.desk, "POST", "/v1/starts", request));
    const std::lock_guard lock(core_);
    ASSAY_TRY(const Signed<record::Start> countersigned, verify_start(start, reply, room()));
    ASSAY_TRY_STATUS(begin_admitted(countersigned));
    return true;
}

// The desk before it admitted here, and this one took charge without having heard of it.
Result<bool> LiveSession::present_start() {
    protocol::StartRequest request;
    {
        const std::lock_guard lock(core_);
        if (!want_presented_ || !chain_ || !chain().writing() || fenced_) {
            return false;
        }
        ASSAY_TRY(const std::optional<Bytes> kept,
                  store_.get(named("/pending/" + std::to_string(epoch().value))));
        if (!kept) {
            return fail(Code::kNotFound, "sitting.journal.none"_id);
        }
        ASSAY_TRY(request, record::read_document<protocol::StartRequest>(*kept));
    }
    ASSAY_TRY(const auto start, record::read_signed<record::Start>(request.start));
    const auto reply =
        protocol::call<protocol::StartReply>(ports_.desk, "POST", "/v1/starts", request);
    const std::lock_guard lock(core_);
    if (!reply.ok()) {
        // The attempt began or goes on elsewhere: a person decides.
        fenced_ = fenced_ || reply.error().code == Code::kConflict;
        return reply.error();
    }
    ASSAY_TRY_STATUS(verify_start(start, *reply, room()));
    want_presented_ = false;
    acknowledged_ = 0;
    return true;
}

Result<Epoch> LiveSession::next_epoch() const {
    if (chain().heads().empty()) {
        return Epoch{1};
    }
    ASSAY_TRY(const auto moved, moves());
    if (moved.empty()) {
        return fail(Code::kRefused, "sitting.desk.other"_id, {{"object", "move"}});
    }
    return moved.back().object.epoch;
}

// The request is on the disk before it leaves: a desk that said yes to a start whose terminal
// crashed must be asked with the same start, for a second one would be another first journal.
Result<Signed<record::Start>> LiveSession::pending_start(Bytes& wrapped_key) {
    const std::lock_guard lock(core_);
    ASSAY_TRY(const Epoch next, next_epoch());
    ASSAY_TRY(const std::optional<Bytes> kept,
              store_.get(named("/pending/" + std::to_string(next.value))));
    if (kept) {
        ASSAY_TRY(auto request, record::read_document<protocol::StartRequest>(*kept));
        wrapped_key = std::move(request.wrapped_key);
        return record::read_signed<record::Start>(request.start);
    }
    return new_start(next, wrapped_key);
}

Result<Signed<record::Start>> LiveSession::new_start(Epoch next, Bytes& wrapped_key) {
    const auto key = crypto::JournalKey::random(ports_.random);
    record::Start start;
    start.manifest = room().manifest.digest;
    start.room = room().opening.object.room;
    start.attempt = row().attempt;
    start.epoch = next;
    start.terminal = config_.terminal;
    start.random = ports_.random.id<record::Nonce>();
    start.key_digest = record::journal_key_digest(key);
    const std::vector<record::JournalHead> heads = chain().heads();
    if (!heads.empty()) {
        start.continued = heads.back();
    }
    start.desk_time = desk_now();
    asked_at_ = ports_.clock.steady();
    Signed<record::Start> out = record::sign(start, config_.signing);
    const std::array recipients{record::age_recipient(row().recipient),
                                record::age_recipient(room().opening.object.move_recipient)};
    wrapped_key = crypto::age_encrypt(ports_.random, key.view(), recipients);
    ASSAY_TRY_STATUS(chain().keep_key(next, key));
    ASSAY_TRY_STATUS(write_file(ports_.disk, folder().wrapped_key(next), wrapped_key));
    ASSAY_TRY_STATUS(store_.put(
        named("/pending/" + std::to_string(next.value)),
        record::write_document(protocol::StartRequest{to_bytes(out.json()), wrapped_key})));
    return out;
}

// ---- hand-in

Result<bool> LiveSession::build() {
    {
        const std::lock_guard lock(core_);
        const bool waits = config_.camera && !evidence_finished_ &&
                           ports_.clock.steady().count() - handed_in_at_ < kEvidenceWaitMs;
        if (!state_.handed_in || statement_ || waits || resume_pending_ || fenced_) {
            return false;
        }
    }
    // Without its paper the package still holds every answer; the report then lists no item.
    const auto paper = open_paper();
    const std::lock_guard lock(core_);
    const std::string suffix = '/' + std::to_string(epoch().value);
    salt_ = ports_.random.id<record::Salt>();
    ASSAY_TRY_STATUS(store_.put(named("/salt") + suffix, salt_.view()));
    ASSAY_TRY(auto journals, chain().packaged());
    ASSAY_TRY(auto moved, moves());
    const HandIn hand_in{state_,
                         std::move(journals),
                         std::move(moved),
                         chain().heads(),
                         paper.ok() ? paper->get() : nullptr,
                         salt_,
                         config_.terminal,
                         row().recipient,
                         desk_now()};
    ASSAY_TRY(BuiltPackage built, build_package(ports_.random, config_.signing, hand_in));
    ASSAY_TRY_STATUS(write_file(ports_.disk, folder().package(epoch()), built.package));
    ASSAY_TRY_STATUS(
        write_file(ports_.disk, folder().statement(epoch()), as_bytes(built.statement.json())));
    statement_ = std::move(built.statement);
    ++version_;
    return true;
}

Result<bool> LiveSession::deliver() {
    record::PackageUpload upload;
    std::optional<Signed<record::Package>> sent;
    Path path;
    std::string proof_name;
    {
        const std::lock_guard lock(core_);
        if (!statement_ || countersigned_ || fenced_ ||
            acknowledged_ < chain().writer().head().count) {
            return false;
        }
        sent = statement_;
        upload.statement = to_bytes(sent->json());
        ASSAY_TRY(upload.package,
                  read_file(ports_.disk, folder().package(epoch()), record::kPackageBytesMax));
        path = folder().statement(epoch());
        proof_name = named("/proof/" + std::to_string(epoch().value));
    }
    const auto body = protocol::send(ports_.desk, "PUT", "/v1/packages/" + sent->digest.hex(),
                                     record::write_upload(upload), std::chrono::seconds(60));
    if (!body.ok()) {
        copy_again();
        return body.error();
    }
    ASSAY_TRY(const auto reply, record::read_document<protocol::PackageReply>(*body));
    const std::lock_guard lock(core_);
    ASSAY_TRY(auto package, verify_countersigned(*sent, reply.statement, room()));
    ASSAY_TRY_STATUS(store_.put(proof_name, as_bytes(reply.proof)));
    ASSAY_TRY_STATUS(write_file(ports_.disk, path, as_bytes(package.json())));
    statement_ = std::move(package);
    proof_ = reply.proof;
    countersigned_ = true;
    ++version_;
    return true;
}

// A desk that took charge, or came back from an older copy, signs a package only when it holds the
// whole journal: it gets it again, now and then.
void LiveSession::copy_again() {
    const SteadyTime now = ports_.clock.steady();
    const std::lock_guard lock(core_);
    if (!copied_again_ || (now - *copied_again_).count() > kCopyAgainMs) {
        copied_again_ = now;
        acknowledged_ = 0;
    }
}

// ---- move

Result<bool> LiveSession::fetch_move() {
    std::optional<AttemptId> wanted;
    {
        const std::lock_guard lock(core_);
        wanted = room_ ? want_move_ : std::nullopt;
    }
    if (!wanted) {
        return false;
    }
    ASSAY_TRY(const auto reply, protocol::call<protocol::MoveReply>(ports_.desk, "GET",
                                                                    "/v1/moves/" + wanted->hex()));
    const std::lock_guard lock(core_);
    ASSAY_TRY_STATUS(adopt_move(reply));
    want_move_.reset();
    if (row_ && state_.start) {  // reopened where it was: the person is known
        moved_ = state_;
        want_admission_ = true;
    } else if (row_) {  // the person was asked before the desk told of the move
        ASSAY_TRY_STATUS(load_attempt(row().attempt));
    } else {
        want_person_ = protocol::CheckInRequest{};
    }
    return true;
}

Status LiveSession::adopt_move(const protocol::MoveReply& reply) {
    ASSAY_TRY(
        const AdoptedMove move,
        verify_move(reply, room(), config_.keys, {config_.terminal, config_.age}, config_.sealers));
    const record::AttemptRow* row = room().attempts.find(move.move.object.attempt);
    if (row == nullptr || *row != reply.attempt) {
        return fail(Code::kRefused, "sitting.desk.other"_id, {{"object", "attempt"}});
    }
    const SittingFolder folder(config_.folder, row->attempt);
    ASSAY_TRY_STATUS(folder.make(ports_.disk));
    Chain chain(ports_.disk, store_, config_.sealers, folder, row->attempt);
    for (const record::PackagedJournal& journal : move.journals) {
        ASSAY_TRY_STATUS(
            chain.adopt(journal.start, journal.key, journal.records, journal.acknowledgement));
    }
    for (const auto& each : move.moves) {
        ASSAY_TRY_STATUS(
            write_file(ports_.disk, folder.move(each.object.epoch), as_bytes(each.json())));
    }
    return Ok{};
}

}  // namespace assay::sitting
