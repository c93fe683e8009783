#include <algorithm>

#include "crypto/hash.h"
#include "terminal/desk/room.h"
#include "terminal/desk/room_publish.h"

namespace assay::desk {
namespace {

std::string journal_name(const record::JournalId& journal) { return "starts/" + journal.hex(); }

}  // namespace

Status Room::load_attempts() {
    for (const std::string& name : folder_.names("starts", ".dsse.json")) {
        ASSAY_TRY(auto start, folder_.get_signed<record::Start>("starts/" + name + ".dsse.json"));
        const record::JournalId journal = record::journal_id(start);
        journal_owner_[journal] = {start.object.attempt, start.object.terminal};
        state_[start.object.attempt].runs.push_back(Run{std::move(start), journal});
    }
    for (const std::string& name : folder_.names("moves", ".dsse.json")) {
        ASSAY_TRY(auto move, folder_.get_signed<record::Move>("moves/" + name + ".dsse.json"));
        state_[move.object.attempt].moves.push_back(std::move(move));
    }
    for (auto& [id, attempt] : state_) {
        std::ranges::sort(attempt.runs, {}, [](const Run& run) { return run.start.object.epoch; });
        std::ranges::sort(attempt.moves, {}, [](const auto& move) { return move.object.epoch; });
    }
    for (const std::string& name : folder_.names("orders", ".dsse.json")) {
        ASSAY_TRY(auto order,
                  folder_.get_signed<record::DeskOrder>("orders/" + name + ".dsse.json"));
        orders_.push_back(std::move(order));
    }
    return Ok{};
}

bool Room::moved_to(const AttemptId& id, const MachineId& machine) const {
    const auto found = state_.find(id);
    return found != state_.end() && !found->second.moves.empty() && !found->second.package &&
           assigned_terminal(found->second) == machine;
}

Result<const record::RosterRow*> Room::find_person(const Terminal& terminal,
                                                   const protocol::CheckInRequest& request) const {
    const record::RosterRow* found = nullptr;
    for (const record::RosterRow& row : roster_.rows) {
        const bool here = request.number ? row.number == *request.number
                                         : !terminal.seat.empty() && row.seat == terminal.seat;
        if (!request.number && moved_to(row.attempt, terminal.enrolment.machine)) {
            return &row;  // a spare terminal has no seat of its own, or somebody else's
        }
        if (here) {
            found = &row;
        }
    }
    if (found == nullptr) {
        return request.number ? fail(Code::kNotFound, "desk.check-in.number"_id)
                              : fail(Code::kNotFound, "desk.check-in.seat"_id);
    }
    if (request.number &&
        (!request.seat_code ||
         !crypto::equal_secret(as_bytes(*request.seat_code), as_bytes(found->seat_code)))) {
        return fail(Code::kDenied, "desk.check-in.code"_id);
    }
    return found;
}

Result<protocol::CheckInReply> Room::check_in(const MachineId& machine,
                                              const protocol::CheckInRequest& request) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_opening());
    ASSAY_TRY(const Terminal* const here, terminal(machine));
    ASSAY_TRY(const record::RosterRow* const row, find_person(*here, request));
    protocol::CheckInReply out;
    out.row = *row;
    out.room_name = manifest_->object.find_room(config_.room)->name;
    if (row->photo) {
        if (auto picture = folder_.get_sealed("photos/" + row->photo->hex() + ".age");
            picture.ok()) {
            out.photo = std::move(picture).value();
        }
    }
    return out;
}

Epoch Room::current_epoch(const Attempt& attempt) const {
    Epoch out{0};
    for (const Run& run : attempt.runs) {
        out = std::max(out, run.start.object.epoch);
    }
    for (const auto& move : attempt.moves) {
        out = std::max(out, move.object.epoch);
    }
    return out;
}

std::optional<MachineId> Room::assigned_terminal(const Attempt& attempt) const {
    const Epoch epoch = current_epoch(attempt);
    for (const auto& move : attempt.moves) {
        if (move.object.epoch == epoch) {
            return move.object.terminal;
        }
    }
    for (const Run& run : attempt.runs) {
        if (run.start.object.epoch == epoch) {
            return run.start.object.terminal;
        }
    }
    return std::nullopt;
}

Status Room::check_new_start(const record::Signed<record::Start>& start, const Attempt& attempt,
                             const MachineId& machine) const {
    const Epoch epoch = current_epoch(attempt);
    const std::optional<MachineId> assigned = assigned_terminal(attempt);
    if (!assigned) {  // never started: epoch 1, nothing continued
        if (start.object.epoch.value != 1 || start.object.continued) {
            return fail(Code::kRefused, "desk.start.epoch"_id, {{"expected", "1"}});
        }
        return Ok{};
    }
    const auto move = std::ranges::find_if(
        attempt.moves, [&](const auto& each) { return each.object.epoch == epoch; });
    if (move == attempt.moves.end() || *assigned != machine) {
        return fail(Code::kConflict, "desk.start.elsewhere"_id,
                    {{"attempt", start.object.attempt.hex()}});
    }
    if (start.object.epoch != epoch || start.object.continued != move->object.continued) {
        return fail(Code::kRefused, "desk.start.epoch"_id,
                    {{"expected", std::to_string(epoch.value)}});
    }
    const bool begun = std::ranges::any_of(
        attempt.runs, [&](const Run& run) { return run.start.object.epoch == epoch; });
    if (begun) {
        return fail(Code::kConflict, "desk.start.elsewhere"_id,
                    {{"attempt", start.object.attempt.hex()}});
    }
    return Ok{};
}

Result<protocol::StartReply> Room::admit(const MachineId& machine,
                                         const protocol::StartRequest& request) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_opening());
    ASSAY_TRY(const Terminal* const here, terminal(machine));
    ASSAY_TRY(auto start, record::read_signed<record::Start>(request.start));
    const record::JournalId journal = record::journal_id(start);
    if (journal_owner_.contains(journal)) {  // asked again: the reply got lost
        ASSAY_TRY(const Bytes known, folder_.get(journal_name(journal) + ".dsse.json"));
        return protocol::StartReply{known};
    }
    ASSAY_TRY_STATUS(record::check_start(start, here->enrolment, *manifest_, attempts_));
    if (start.object.room != config_.room || roster_row(start.object.attempt) == nullptr) {
        return fail(Code::kRefused, "desk.start.room"_id);
    }
    Attempt& attempt = state_[start.object.attempt];
    if (const Status allowed = check_new_start(start, attempt, machine); !allowed.ok()) {
        ASSAY_TRY_STATUS(
            folder_.put("refused/start-" + start.digest.hex() + ".dsse.json", request.start));
        return allowed.error();
    }
    start.envelope.add_signature(keys_.signing);
    // The wrapped key first: an admitted journal can always be moved or recovered.
    ASSAY_TRY_STATUS(folder_.put(journal_name(journal) + ".key.age", request.wrapped_key));
    ASSAY_TRY_STATUS(publish(journal_name(journal) + ".dsse.json", start));
    journal_owner_[journal] = {start.object.attempt, machine};
    ports_.log.info("desk.log.admitted"_id, {{"attempt", start.object.attempt.hex()},
                                             {"epoch", std::to_string(start.object.epoch.value)}});
    protocol::StartReply out{to_bytes(start.json())};
    attempt.runs.push_back(Run{std::move(start), journal});
    return out;
}

Result<std::string> Room::acknowledge(const record::JournalHead& head) {
    record::Acknowledgement ack{head.journal, head.count - 1, head.head, ports_.clock.wall()};
    return record::sign(std::move(ack), keys_.signing).json();
}

Result<protocol::RecordsReply> Room::take_records(const MachineId& machine,
                                                  const record::JournalId& journal,
                                                  const protocol::RecordsRequest& request) {
    {
        const std::lock_guard guard(lock_);
        const auto owner = journal_owner_.find(journal);
        if (owner == journal_owner_.end() || owner->second.second != machine) {
            return fail(Code::kDenied, "desk.journal.unknown"_id, {{"journal", journal.hex()}});
        }
    }
    // The shelf has a lock of its own: one terminal's disk write never holds up a screen.
    ASSAY_TRY(const record::JournalHead head,
              journals_.take(journal, request.first, request.records));
    protocol::RecordsReply out{head.count, std::nullopt};
    if (head.count > 0) {
        ASSAY_TRY(const std::string ack, acknowledge(head));
        out.acknowledgement = to_bytes(ack);
    }
    return out;
}

Result<protocol::RecordsHeld> Room::held_records(const MachineId& machine,
                                                 const record::JournalId& journal,
                                                 std::uint64_t first) {
    {
        const std::lock_guard guard(lock_);
        const auto owner = journal_owner_.find(journal);
        if (owner == journal_owner_.end() || owner->second.second != machine) {
            return fail(Code::kDenied, "desk.journal.unknown"_id, {{"journal", journal.hex()}});
        }
    }
    ASSAY_TRY(std::vector<Bytes> records,
              journals_.records(journal, first, protocol::kRecordsPerCallMax));
    return protocol::RecordsHeld{first, std::move(records)};
}

Result<protocol::HeartbeatReply> Room::heartbeat(const MachineId& machine,
                                                 const protocol::HeartbeatRequest& request) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(Terminal* const here, terminal(machine));
    here->last = request;
    here->seen = ports_.clock.steady();
    here->heard = true;
    protocol::HeartbeatReply out;
    out.time = ports_.clock.wall();
    for (const auto& [id, part] : parts_) {
        if (part.key) {
            out.released.push_back(id);
        }
    }
    for (const auto& order : orders_) {
        const bool for_this = !order.object.attempt || order.object.attempt == request.attempt;
        if (order.object.number > request.orders_seen && for_this) {
            out.orders.push_back(to_bytes(order.json()));
        }
    }
    for (const auto& [id, attempt] : state_) {
        // Told until its journal begins there: who checked in before hearing it must still learn
        // it.
        const bool begun = std::ranges::any_of(attempt.runs, [&](const Run& run) {
            return run.start.object.epoch == current_epoch(attempt);
        });
        if (assigned_terminal(attempt) == machine && !attempt.moves.empty() && !begun &&
            !attempt.package) {
            out.assigned = id;
        }
    }
    if (request.attempt) {
        const auto found = state_.find(*request.attempt);
        const auto assigned =
            found == state_.end() ? std::nullopt : assigned_terminal(found->second);
        out.fenced = assigned && *assigned != machine;
    }
    out.sealed = seal_.has_value();
    return out;
}

Status Room::log_heads() {
    const std::lock_guard guard(lock_);
    for (const auto& [journal, owner] : journal_owner_) {
        const auto attempt = state_.find(owner.first);
        if (attempt != state_.end() && attempt->second.package) {
            continue;
        }
        ASSAY_TRY(const record::JournalHead head, journals_.head(journal));
        if (head.count > 0) {
            ASSAY_TRY(const std::string ack, acknowledge(head));
            ASSAY_TRY(const auto read, record::read_signed<record::Acknowledgement>(as_bytes(ack)));
            ASSAY_TRY(const std::string proof, site_log_->add(read.envelope.payload));
        }
    }
    return Ok{};
}

}  // namespace assay::desk
