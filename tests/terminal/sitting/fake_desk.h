#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/base/clock.h"
#include "crypto/base/link.h"
#include "crypto/ed25519.h"
#include "crypto/record/document.h"
#include "crypto/record/journal.h"
#include "crypto/record/key_list.h"
#include "crypto/record/package.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/statements.h"
#include "server/protocol/exchange.h"
#include "server/protocol/journal.h"
#include "server/protocol/package.h"
#include "server/protocol/release.h"
#include "server/protocol/sitting.h"
#include "tests/terminal/sitting/world.h"

namespace assay::sitting::test {

inline constexpr std::uint64_t kOrdersPerOpening = 1'000'000;  ///< as terminal/desk numbers them

/// A desk in memory: what a terminal needs of it, strict about what it signs.
class FakeDesk {
  public:
    FakeDesk(World& world, Clock& clock);

    LinkReply answer(const LinkRequest& request, const MachineId& terminal);
    void order(record::OrderKind kind, std::int64_t seconds = 0,
               std::optional<RoomId> room = std::nullopt, const std::string& text = "text");
    /// The spare desk takes charge of the room, with all that this one holds: it signs the orders
    /// that stand too, and numbers its own above all that the first one may still give.
    void take_over();
    /// The spare desk with what this one held at this moment; this one does not know of it.
    std::unique_ptr<FakeDesk> spare() const;
    /// It learned that another one is in charge: it signs nothing more.
    void stand_down() { stands_down_ = true; }
    const std::vector<std::string>& packages_signed() const { return packages_signed_; }
    void release() { released_ = true; }
    void seal() { sealed_ = true; }
    /// The same desk opens its room for the next group.
    void next_sitting();
    /// Sends the attempt to the other terminal.
    void move_to(const MachineId& terminal, const crypto::AgeIdentity& age);
    /// The desk's disk is put back to how it was after `count` records.
    void forget_records_after(std::size_t count);

    struct Held {
        record::Signed<record::Start> start;
        crypto::JournalKey key;
        std::vector<Bytes> records;
    };
    std::vector<Held> journals;
    std::optional<record::Signed<record::Package>> package;
    Bytes package_age;
    std::vector<record::Signed<record::Move>> moves;
    std::optional<protocol::HeartbeatRequest> last_heartbeat;
    int starts_asked = 0;

  private:
    void sign_room();
    Result<Bytes> route(const LinkRequest& request, const MachineId& terminal);
    Result<Bytes> start(ByteView body);
    Result<Bytes> heartbeat(ByteView body, const MachineId& terminal);
    Result<Bytes> records(const std::string& path, ByteView body);
    Result<Bytes> held(const std::string& path);
    Result<Bytes> put_package(ByteView body);
    Result<Bytes> move_reply();
    static record::RoomOpening first_opening(const World& world) {
        record::RoomOpening out;
        out.room = world.room;
        out.desk = world.desk;
        out.move_recipient = record::public_of(world.move_key.recipient());
        return out;
    }
    Bytes room_reply();
    Bytes release_reply();
    Held* find(const std::string& journal);
    const crypto::SigningKey& signer() const {
        return opening_.object.number == 1 ? world_.desk_key : world_.spare_desk_key;
    }

    World& world_;
    Clock& clock_;
    record::Signed<record::SittingManifest> manifest_;
    Bytes attempts_;
    record::Signed<record::RoomOpening> opening_;
    record::Signed<sealed::BankPart> bank_statement_;
    std::vector<record::Signed<record::DeskOrder>> orders_;
    bool released_ = false;
    bool sealed_ = false;
    MachineId in_charge_of_;
    std::optional<crypto::AgeIdentity> moved_to_age_;
    bool stands_down_ = false;
    std::vector<std::string> packages_signed_;  ///< digests of their Statements
};

// ---- definitions; inline, because tests of several kinds use them

inline FakeDesk::FakeDesk(World& world, Clock& clock)
    : world_(world),
      clock_(clock),
      manifest_(record::make(world.manifest_object())),
      opening_(record::make(first_opening(world))),
      bank_statement_(record::make(world.bank_part)),
      in_charge_of_(world.terminal) {
    sign_room();
    bank_statement_.envelope.add_signature(world.officer_1);
    bank_statement_.envelope.add_signature(world.officer_2);
}

inline void FakeDesk::sign_room() {
    record::AttemptsFile attempts;
    attempts.sitting = world_.sitting;
    attempts.attempts = {{world_.attempt, world_.room,
                          record::public_of(world_.attempt_key.recipient()),
                          world_.row.accommodations, record::person_digest(world_.row)}};
    attempts_ = record::write_document(attempts);
    auto manifest = world_.manifest_object();
    manifest.attempts = crypto::sha256(attempts_);
    manifest_ = record::sign(manifest, world_.officer_1);
    manifest_.envelope.add_signature(world_.officer_2);
    record::RoomOpening opening = first_opening(world_);
    opening.manifest = manifest_.digest;
    opening_ = record::sign(opening, world_.desk_key);
}

inline void FakeDesk::next_sitting() {
    world_.sitting = world_.random.id<SittingId>();
    world_.attempt = world_.random.id<AttemptId>();
    world_.row.attempt = world_.attempt;
    journals.clear();
    package.reset();
    orders_.clear();
    released_ = sealed_ = false;
    sign_room();
}

inline LinkReply FakeDesk::answer(const LinkRequest& request, const MachineId& terminal) {
    const Result<Bytes> body = route(request, terminal);
    return body.ok() ? LinkReply{200, {}, *body}
                     : LinkReply{protocol::http_status(body.error().code),
                                 {},
                                 protocol::write_refusal(body.error())};
}

inline Result<Bytes> FakeDesk::route(const LinkRequest& request, const MachineId& terminal) {
    const std::string& path = request.path;
    const auto refused = fail(Code::kDenied, "base.link.lost"_id);
    if (stands_down_) {
        return fail(Code::kUnavailable, "base.link.lost"_id);
    }
    if (path == "/v1/room") {
        return room_reply();
    }
    if (path == "/v1/check-in") {
        ASSAY_TRY(const auto ask, record::read_document<protocol::CheckInRequest>(request.body));
        const bool by_seat = !ask.number && terminal == in_charge_of_;
        if (!by_seat &&
            (ask.number != world_.row.number || ask.seat_code != world_.row.seat_code)) {
            return refused;
        }
        return record::write_document(protocol::CheckInReply{world_.row, "301", {}});
    }
    if (path == "/v1/starts") {
        return start(request.body);
    }
    if (path == "/v1/heartbeat") {
        return heartbeat(request.body, terminal);
    }
    if (path.starts_with("/v1/banks/")) {
        return world_.bank;
    }
    if (path.starts_with("/v1/releases/")) {
        return released_ ? Result<Bytes>(release_reply()) : refused;
    }
    if (path.starts_with("/v1/journals/")) {
        return request.method == "POST" ? records(path, request.body) : held(path);
    }
    if (path.starts_with("/v1/packages/")) {
        return put_package(request.body);
    }
    if (path.starts_with("/v1/moves/")) {
        return move_reply();
    }
    return fail(Code::kNotFound, "base.link.lost"_id);
}

inline Bytes FakeDesk::room_reply() {
    return record::write_document(
        protocol::RoomReply{to_bytes(manifest_.json()),
                            attempts_,
                            to_bytes(opening_.json()),
                            {{world_.part, to_bytes(bank_statement_.json()), world_.bank.size()}},
                            "site-log"});
}

inline Bytes FakeDesk::release_reply() {
    record::Batch batch;
    batch.exam = world_.exam;
    batch.parts = {{world_.part, world_.bank_part.bank}};
    auto signed_batch = record::sign(batch, world_.officer_1);
    signed_batch.envelope.add_signature(world_.officer_2);
    record::Release release;
    release.part = world_.part;
    release.bank = world_.bank_part.bank;
    release.site = world_.site;
    release.room = world_.room;
    release.desk = opening_.object.desk;
    release.sitting = world_.sitting;
    release.manifest = manifest_.digest;
    release.batch = signed_batch.digest;
    release.nonce = record::Nonce{};
    release.time = WallTime{1'800'000'000};
    const auto& age = moved_to_age_ ? *moved_to_age_ : world_.terminal_age;
    return record::write_document(protocol::ReleaseReply{
        to_bytes(record::sign(release, world_.release_key).json()), to_bytes(signed_batch.json()),
        std::nullopt, sealed::make_capsule(world_.random, world_.part_key, age.recipient())});
}

inline Result<Bytes> FakeDesk::start(ByteView body) {
    ++starts_asked;
    ASSAY_TRY(const auto request, record::read_document<protocol::StartRequest>(body));
    ASSAY_TRY(auto start, record::read_signed<record::Start>(request.start));
    ASSAY_TRY(const crypto::SecretBytes opened,
              crypto::age_decrypt_secret(request.wrapped_key, world_.move_key));
    ASSAY_TRY(auto key, crypto::JournalKey::from_bytes(opened.view()));
    if (record::journal_key_digest(key) != start.object.key_digest) {
        return fail(Code::kRefused, "base.link.lost"_id);
    }
    for (const Held& held : journals) {
        if (held.start.object.epoch == start.object.epoch && held.start.digest != start.digest) {
            return fail(Code::kConflict, "base.link.lost"_id);  // two first journals
        }
    }
    start.envelope.add_signature(signer());
    if (journals.empty() || journals.back().start.digest != start.digest) {
        journals.push_back({start, std::move(key), {}});
    }
    return record::write_document(protocol::StartReply{to_bytes(start.json())});
}

inline Result<Bytes> FakeDesk::heartbeat(ByteView body, const MachineId& terminal) {
    ASSAY_TRY(last_heartbeat, record::read_document<protocol::HeartbeatRequest>(body));
    protocol::HeartbeatReply reply;
    reply.time = clock_.wall();
    for (const auto& order : orders_) {
        if (order.object.number > last_heartbeat->orders_seen) {
            reply.orders.push_back(to_bytes(order.json()));
        }
    }
    if (released_) {
        reply.released = {world_.part};
    }
    if (!moves.empty() && terminal == in_charge_of_ &&
        journals.back().start.object.epoch < moves.back().object.epoch) {
        reply.assigned = world_.attempt;
    }
    reply.fenced = terminal != in_charge_of_;
    reply.sealed = sealed_;
    return record::write_document(reply);
}

inline FakeDesk::Held* FakeDesk::find(const std::string& journal) {
    for (Held& held : journals) {
        if (record::journal_id(held.start).hex() == journal) {
            return &held;
        }
    }
    return nullptr;
}

inline Result<Bytes> FakeDesk::records(const std::string& path, ByteView body) {
    ASSAY_TRY(const auto request, record::read_document<protocol::RecordsRequest>(body));
    Held* held = find(path.substr(13, 64));
    if (held == nullptr || request.first > held->records.size()) {
        return fail(Code::kInvalid, "base.link.lost"_id);  // as a real desk says it
    }
    std::size_t index = request.first;
    for (const Bytes& record : request.records) {
        if (index == held->records.size()) {
            held->records.push_back(record);
        } else if (held->records[index] != record) {
            return fail(Code::kConflict, "base.link.lost"_id);
        }
        ++index;
    }
    protocol::RecordsReply reply;
    const auto head = record::chain_head(record::journal_id(held->start), held->records);
    reply.count = head.count;
    if (head.count > 0) {
        record::Acknowledgement ack{head.journal, head.count - 1, head.head, clock_.wall()};
        reply.acknowledgement = to_bytes(record::sign(ack, signer()).json());
    }
    return record::write_document(reply);
}

inline Result<Bytes> FakeDesk::held(const std::string& path) {
    const Held* held = find(path.substr(13, 64));
    if (held == nullptr) {
        return fail(Code::kNotFound, "base.link.lost"_id);
    }
    const std::size_t first = std::stoul(path.substr(path.rfind('=') + 1));
    protocol::RecordsHeld reply{first, {}};
    for (std::size_t i = first; i < held->records.size(); ++i) {
        reply.records.push_back(held->records[i]);
    }
    return record::write_document(reply);
}

inline Result<Bytes> FakeDesk::put_package(ByteView body) {
    ASSAY_TRY(const auto upload, record::read_upload(body));
    ASSAY_TRY(auto read, record::read_signed<record::Package>(upload.statement));
    const auto& held = journals.back();
    const auto head = record::chain_head(record::journal_id(held.start), held.records);
    if (read.object.journals.back() != head ||
        crypto::sha256(upload.package) != read.object.package) {
        return fail(Code::kRefused, "base.link.lost"_id);
    }
    read.envelope.add_signature(signer());
    package = read;
    package_age = upload.package;
    packages_signed_.push_back(read.digest.hex());
    return record::write_document(
        protocol::PackageReply{to_bytes(read.json()), "a proof", std::nullopt});
}

inline void FakeDesk::order(record::OrderKind kind, std::int64_t seconds,
                            std::optional<RoomId> room, const std::string& text) {
    record::DeskOrder order;
    order.manifest = manifest_.digest;
    order.room = room.value_or(world_.room);
    const std::uint64_t first = (opening_.object.number - 1) * kOrdersPerOpening + 1;
    order.number = orders_.empty() ? first : std::max(first, orders_.back().object.number + 1);
    order.kind = kind;
    order.seconds = seconds;
    order.text = text;
    order.reason = "reason";
    order.time = clock_.wall();
    orders_.push_back(record::sign(order, signer()));
}

inline void FakeDesk::move_to(const MachineId& terminal, const crypto::AgeIdentity& age) {
    const Held& last = journals.back();
    record::Move move;
    move.manifest = manifest_.digest;
    move.attempt = world_.attempt;
    move.epoch = Epoch{last.start.object.epoch.value + 1};
    move.continued = record::chain_head(record::journal_id(last.start), last.records);
    move.room = world_.room;
    move.terminal = terminal;
    move.time = clock_.wall();
    moves.push_back(record::sign(move, signer()));
    in_charge_of_ = terminal;
    moved_to_age_ = age.copy();
}

inline Result<Bytes> FakeDesk::move_reply() {
    if (moves.empty()) {
        return fail(Code::kNotFound, "base.link.lost"_id);
    }
    protocol::MoveReply reply;
    for (const auto& move : moves) {
        reply.moves.push_back(to_bytes(move.json()));
    }
    for (const Held& held : journals) {
        reply.journals.push_back(
            {to_bytes(held.start.json()),
             crypto::age_encrypt(world_.random, held.key.view(), moved_to_age_->recipient()),
             held.records, std::nullopt});
    }
    reply.attempt = {world_.attempt, world_.room, record::public_of(world_.attempt_key.recipient()),
                     world_.row.accommodations, record::person_digest(world_.row)};
    return record::write_document(reply);
}

inline void FakeDesk::take_over() {
    record::RoomOpening opening = opening_.object;
    opening.predecessor = opening_.digest;
    opening.number = 2;
    opening.persons = {"one invigilator", "another invigilator"};
    opening.desk = world_.spare_desk;
    opening_ = record::sign(opening, world_.spare_desk_key);
    for (auto& order : orders_) {
        order.envelope.add_signature(signer());
    }
}

inline std::unique_ptr<FakeDesk> FakeDesk::spare() const {
    auto out = std::make_unique<FakeDesk>(world_, clock_);
    for (const Held& held : journals) {
        out->journals.push_back({held.start, held.key.copy(), held.records});
    }
    out->package = package;
    out->package_age = package_age;
    out->moves = moves;
    out->manifest_ = manifest_;
    out->attempts_ = attempts_;
    out->opening_ = opening_;
    out->bank_statement_ = bank_statement_;
    out->orders_ = orders_;
    out->released_ = released_;
    out->sealed_ = sealed_;
    out->packages_signed_ = packages_signed_;
    out->take_over();
    return out;
}

inline void FakeDesk::forget_records_after(std::size_t count) {
    journals.back().records.resize(count);
}

}  // namespace assay::sitting::test
