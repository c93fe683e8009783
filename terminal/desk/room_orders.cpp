#include <algorithm>

#include "crypto/hash.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/kit.h"
#include "server/protocol/exchange.h"
#include "terminal/desk/room.h"
#include "terminal/desk/room_publish.h"

namespace assay::desk {
namespace {

constexpr int kMovePinLogNMax = 20;

Command command_of(record::OrderKind kind) {
    switch (kind) {
        case record::OrderKind::kStart:
            return Command::kStart;
        case record::OrderKind::kPause:
            return Command::kPause;
        case record::OrderKind::kResume:
            return Command::kResume;
        case record::OrderKind::kExtraTime:
            return Command::kExtraTime;
        default:
            return Command::kMessage;
    }
}

std::string counted(std::uint64_t number) {
    std::string out = std::to_string(number);
    out.insert(0, 6 - std::min<std::size_t>(6, out.size()), '0');
    return out;
}

}  // namespace

std::uint64_t Room::next_order_number() const {
    const std::uint64_t first = (opening_->object.number - 1) * kOrdersPerOpening + 1;
    return orders_.empty() ? first : std::max(first, orders_.back().object.number + 1);
}

Status Room::order(record::OrderKind kind, std::optional<AttemptId> attempt, std::int64_t seconds,
                   const std::string& text, const std::string& reason,
                   std::vector<std::string> persons) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(command_of(kind), attempt));
    if (text.size() > kMessageBytesMax || reason.size() > kMessageBytesMax) {
        return fail(Code::kLimit, "desk.order.text"_id,
                    {{"limit", std::to_string(kMessageBytesMax)}});
    }
    if (kind == record::OrderKind::kExtraTime && reason.empty()) {
        return fail(Code::kRefused, "desk.order.reason"_id);
    }
    record::DeskOrder order;
    order.attempt = attempt;
    order.kind = kind;
    order.seconds = seconds;
    order.text = text;
    order.reason = reason;
    order.persons = std::move(persons);
    return give(std::move(order));
}

Status Room::give(record::DeskOrder order) {
    order.manifest = manifest_->digest;
    order.room = config_.room;
    order.number = next_order_number();
    order.time = ports_.clock.wall();
    const record::OrderKind kind = order.kind;
    auto signed_order = record::sign(std::move(order), keys_.signing);
    ASSAY_TRY_STATUS(folder_.put_signed(
        "orders/" + counted(signed_order.object.number) + ".dsse.json", signed_order));
    ports_.log.info("desk.log.order"_id, {{"kind", std::string(record::word(kind))},
                                          {"number", std::to_string(signed_order.object.number)}});
    orders_.push_back(std::move(signed_order));
    return Ok{};
}

std::int64_t Room::uncredited_dark_ms(const AttemptId& attempt, std::int64_t told_ms) const {
    for (const auto& order : orders_) {
        if (order.object.kind == record::OrderKind::kExtraTime && order.object.attempt == attempt &&
            order.object.text == kDarkCredit) {
            told_ms -= order.object.seconds * 1000;
        }
    }
    return std::max<std::int64_t>(0, told_ms);
}

Status Room::credit_dark(const AttemptId& attempt, std::int64_t seconds, const std::string& reason,
                         std::vector<std::string> persons) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(Command::kExtraTime, attempt));
    if (reason.empty()) {
        return fail(Code::kRefused, "desk.order.reason"_id);
    }
    if (reason.size() > kMessageBytesMax) {
        return fail(Code::kLimit, "desk.order.text"_id,
                    {{"limit", std::to_string(kMessageBytesMax)}});
    }
    const record::RosterRow* const person = roster_row(attempt);
    if (person == nullptr || seconds <= 0 || seconds * 1000 > candidate_row(*person).dark_ms) {
        return fail(Code::kRefused, "desk.off.no-dark"_id);
    }
    record::DeskOrder order;
    order.attempt = attempt;
    order.kind = record::OrderKind::kExtraTime;
    order.seconds = seconds;
    order.text = kDarkCredit;
    order.reason = reason;
    order.persons = std::move(persons);
    return give(std::move(order));
}

Status Room::keep_release(const protocol::ReleaseReply& reply, const PartId& part,
                          crypto::AgeIdentity key) {
    const std::string name = "releases/" + part.hex();
    ASSAY_TRY(const auto release, record::read_signed<record::Release>(reply.release));
    if (reply.batch) {
        ASSAY_TRY_STATUS(folder_.put(name + ".batch", *reply.batch));
    }
    if (reply.kit) {
        ASSAY_TRY_STATUS(folder_.put(name + ".kit", *reply.kit));
    }
    ASSAY_TRY_STATUS(folder_.put(name + ".key.age",
                                 sealed::make_capsule(ports_.random, key, keys_.age.recipient())));
    ASSAY_TRY_STATUS(publish(name + ".dsse.json", release));
    parts_.at(part).key = std::move(key);
    ports_.log.info("desk.log.released"_id, {{"part", part.hex()}});
    return Ok{};
}

Status Room::load_releases() {
    for (auto& [id, part] : parts_) {
        const std::string name = "releases/" + id.hex();
        if (folder_.has(name + ".dsse.json")) {
            ASSAY_TRY(const Bytes capsule, folder_.get(name + ".key.age"));
            ASSAY_TRY(part.key,
                      sealed::open_capsule(capsule, keys_.age, part.statement.object.recipient));
        }
    }
    return Ok{};
}

std::vector<PartId> Room::unreleased_parts() const {
    std::vector<PartId> out;
    for (const auto& [id, part] : parts_) {
        const record::ManifestPart* listed = manifest_->object.find_part(id);
        if (!part.key && listed != nullptr && !listed->reserve) {
            out.push_back(id);
        }
    }
    return out;
}

Status Room::take_release(const PartId& id, const protocol::ReleaseReply& reply) {
    const std::lock_guard guard(lock_);
    Part& part = parts_.at(id);
    if (part.key) {
        return Ok{};
    }
    ASSAY_TRY(const auto release, record::read_signed<record::Release>(reply.release));
    if (!reply.batch || release.object.part != id) {
        return fail(Code::kInvalid, "desk.release.reply"_id);
    }
    ASSAY_TRY(const auto batch, record::read_signed<record::Batch>(*reply.batch));
    ASSAY_TRY_STATUS(record::check_release(release, *manifest_, *opening_, &batch, *trusted_));
    ASSAY_TRY(crypto::AgeIdentity key,
              sealed::open_capsule(reply.key, keys_.age, part.statement.object.recipient));
    return keep_release(reply, id, std::move(key));
}

Status Room::release_online(Link& server) {
    std::vector<protocol::ReleaseRequest> requests;
    {
        const std::lock_guard guard(lock_);
        ASSAY_TRY_STATUS(may(Command::kRelease));
        for (const PartId& part : unreleased_parts()) {
            requests.push_back({config_.sitting, config_.room, part, to_bytes(opening_->json())});
        }
    }
    // Not under the lock: a slow server must not keep a terminal from saving.
    for (const protocol::ReleaseRequest& request : requests) {
        ASSAY_TRY(const auto reply,
                  protocol::call<protocol::ReleaseReply>(server, "POST", "/v1/releases", request));
        ASSAY_TRY_STATUS(take_release(request.part, reply));
    }
    return Ok{};
}

Status Room::release_offline(std::span<const crypto::SecretBytes> shares) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(Command::kReleaseOffline));
    bool any = false;
    for (const auto& kit : kits_) {
        const auto part = parts_.find(kit.object.part);
        if (part == parts_.end() || part->second.key) {
            continue;
        }
        std::vector<crypto::SecretBytes> own;  // a room types the shares of all parts at once
        for (const crypto::SecretBytes& share : shares) {
            if (sealed::find_share(kit.object, share.view()).ok()) {
                own.push_back(share.copy());
            }
        }
        if (own.empty()) {
            continue;
        }
        ASSAY_TRY_STATUS(
            sealed::check_kit(kit, *trusted_, part->second.statement, manifest_->object.site));
        ASSAY_TRY(sealed::OpenedKit opened, sealed::open_kit(kit.object, own));
        record::Release release;
        release.part = kit.object.part;
        release.bank = kit.object.bank;
        release.site = manifest_->object.site;
        release.room = config_.room;
        release.desk = keys_.id;
        release.sitting = config_.sitting;
        release.manifest = manifest_->digest;
        release.kit = kit.digest;
        release.shares = opened.shares;
        release.time = ports_.clock.wall();
        if (release.time < part->second.statement.object.not_before) {
            return fail(Code::kRefused, "record.release.too-early"_id,
                        {{"time", release.time.text()},
                         {"not_before", part->second.statement.object.not_before.text()}});
        }
        const auto signed_release = record::sign(std::move(release), keys_.signing);
        protocol::ReleaseReply reply;
        reply.release = to_bytes(signed_release.json());
        reply.kit = to_bytes(kit.json());
        ASSAY_TRY_STATUS(keep_release(reply, kit.object.part, std::move(opened.part_key)));
        any = true;
    }
    return any ? Status(Ok{}) : fail(Code::kDenied, "desk.release.shares"_id);
}

Result<protocol::ReleaseReply> Room::release_for(const MachineId& machine, const PartId& part) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const Terminal* const here, terminal(machine));
    const auto found = parts_.find(part);
    if (found == parts_.end() || !found->second.key) {
        return fail(Code::kNotFound, "desk.release.none"_id);
    }
    const std::string name = "releases/" + part.hex();
    protocol::ReleaseReply out;
    ASSAY_TRY(out.release, folder_.get(name + ".dsse.json"));
    if (folder_.has(name + ".batch")) {
        ASSAY_TRY(out.batch, folder_.get(name + ".batch"));
    }
    if (folder_.has(name + ".kit")) {
        ASSAY_TRY(out.kit, folder_.get(name + ".kit"));
    }
    ASSAY_TRY(const auto recipient,
              crypto::AgeRecipient::from_bytes(here->enrolment.keys.age.view()));
    out.key = sealed::make_capsule(ports_.random, *found->second.key, recipient);
    return out;
}

Result<std::vector<protocol::MovedJournal>> Room::unwrap_journals(
    const Attempt& attempt, const record::Enrolment& to, const crypto::AgeIdentity& move_key) {
    ASSAY_TRY(const auto recipient, crypto::AgeRecipient::from_bytes(to.keys.age.view()));
    std::vector<protocol::MovedJournal> out;
    for (const Run& run : attempt.runs) {
        ASSAY_TRY(const Bytes wrapped, folder_.get("starts/" + run.journal.hex() + ".key.age"));
        ASSAY_TRY(const crypto::SecretBytes opened, crypto::age_decrypt_secret(wrapped, move_key));
        ASSAY_TRY(const auto key, crypto::JournalKey::from_bytes(opened.view()));
        if (record::journal_key_digest(key) != run.start.object.key_digest) {
            return fail(Code::kCorrupt, "desk.move.key"_id);
        }
        protocol::MovedJournal journal;
        journal.start = to_bytes(run.start.json());
        journal.key = crypto::age_encrypt(ports_.random, key.view(), recipient);
        out.push_back(std::move(journal));
    }
    return out;
}

Status Room::move(const AttemptId& id, const MachineId& to, const crypto::Pin& pin) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(Command::kMove, id));
    ASSAY_TRY(const Terminal* const target, terminal(to));
    for (const auto& [other, each] : state_) {
        if (assigned_terminal(each) == to) {
            return fail(Code::kConflict, "desk.move.taken"_id);
        }
    }
    Attempt& attempt = state_.at(id);
    ASSAY_TRY(const Bytes locked, folder_.get("move-key.age"));
    const auto text = crypto::age_decrypt_passphrase(locked, pin, kMovePinLogNMax);
    if (!text.ok()) {
        ports_.log.warn("desk.log.move-pin"_id);
        return fail(Code::kDenied, "desk.move.pin"_id);
    }
    ASSAY_TRY(const auto move_key, crypto::AgeIdentity::from_text(as_text(text->view())));
    ASSAY_TRY(const auto journals, unwrap_journals(attempt, target->enrolment, move_key));
    record::Move move;
    move.manifest = manifest_->digest;
    move.attempt = id;
    move.epoch = Epoch{current_epoch(attempt).value + 1};
    ASSAY_TRY(move.continued, journals_.head(attempt.runs.back().journal));
    move.room = config_.room;
    move.terminal = to;
    move.time = ports_.clock.wall();
    auto signed_move = record::sign(move, keys_.signing);
    const std::string name = "moves/" + id.hex() + '-' + counted(signed_move.object.epoch.value);
    protocol::MoveReply reply;
    reply.journals = journals;
    reply.attempt = *attempts_.find(id);
    for (const auto& each : attempt.moves) {
        reply.moves.push_back(to_bytes(each.json()));
    }
    reply.moves.push_back(to_bytes(signed_move.json()));
    ASSAY_TRY_STATUS(folder_.put(name + ".reply", record::write_document(reply)));
    ASSAY_TRY_STATUS(publish(name + ".dsse.json", signed_move));
    attempt.moves.push_back(std::move(signed_move));
    ports_.log.info("desk.log.moved"_id, {{"attempt", id.hex()}, {"to", to.hex()}});
    return Ok{};
}

Result<protocol::MoveReply> Room::move_for(const MachineId& machine, const AttemptId& id) {
    const std::lock_guard guard(lock_);
    const auto found = state_.find(id);
    if (found == state_.end() || found->second.moves.empty() ||
        assigned_terminal(found->second) != machine) {
        return fail(Code::kDenied, "desk.move.not-here"_id);
    }
    const Attempt& attempt = found->second;
    const Epoch epoch = attempt.moves.back().object.epoch;
    ASSAY_TRY(const Bytes stored,
              folder_.get("moves/" + id.hex() + '-' + counted(epoch.value) + ".reply"));
    ASSAY_TRY(protocol::MoveReply out, record::read_document<protocol::MoveReply>(stored));
    for (std::size_t i = 0; i < out.journals.size(); ++i) {
        const record::JournalId journal = attempt.runs[i].journal;
        // As they stood at the move: what an old terminal sends later is evidence, not history.
        const bool last = i + 1 == out.journals.size();
        ASSAY_TRY(const record::JournalHead head, journals_.head(journal));
        const std::uint64_t count = last ? attempt.moves.back().object.continued.count : head.count;
        ASSAY_TRY(out.journals[i].records, journals_.records(journal, 0, count));
    }
    return out;
}

}  // namespace assay::desk
