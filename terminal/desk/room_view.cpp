#include <algorithm>

#include "crypto/base32.h"
#include "terminal/desk/room.h"

namespace assay::desk {
namespace {

Seen seen_of(const std::optional<SteadyTime>& seen, SteadyTime now) {
    if (!seen) {
        return Seen::kNever;
    }
    return (now - *seen).count() <= kSeenMs ? Seen::kHere : Seen::kAway;
}

}  // namespace

TerminalRow Room::terminal_row(const MachineId& id, const Terminal& terminal) const {
    TerminalRow row;
    row.machine = id;
    row.seat = terminal.seat;
    row.fingerprint = crypto::short_code(record::machine_fingerprint(terminal.enrolment.keys));
    row.seen = seen_of(terminal.seen, ports_.clock.steady());
    for (const auto& [attempt, state] : state_) {
        if (assigned_terminal(state) == id) {
            row.attempt = attempt;
        }
    }
    return row;
}

CandidateRow Room::candidate_row(const record::RosterRow& person) {
    CandidateRow row;
    row.attempt = person.attempt;
    row.name = person.name;
    row.number = person.number;
    row.seat = person.seat;
    row.photo = person.photo;
    row.accommodated = person.accommodations != record::Accommodations{};
    const Attempt& attempt = state_.at(person.attempt);
    row.terminal = assigned_terminal(attempt);
    row.state = attempt.runs.empty() ? "absent" : "admitted";
    const auto here = row.terminal ? terminals_.find(*row.terminal) : terminals_.end();
    if (here != terminals_.end()) {
        const protocol::HeartbeatRequest& last = here->second.last;
        row.seen = seen_of(here->second.seen, ports_.clock.steady());
        if (last.attempt == person.attempt) {
            row.state = last.state;
            row.remaining_ms = last.remaining_ms;
            row.answered = last.answered;
            row.items = last.items;
            row.dark_ms = last.dark_ms;
            row.findings = last.findings;
            row.trouble = last.trouble;
            row.wants_help = last.wants_help;
            const auto held = attempt.runs.empty()
                                  ? Result<record::JournalHead>(record::JournalHead{})
                                  : journals_.head(attempt.runs.back().journal);
            if (held.ok() && last.records > held->count) {
                row.records_behind = last.records - held->count;
            }
        }
    }
    if (attempt.package) {
        row.package = attempt.package->digest;
        row.disposition = attempt.package->object.kind == record::PackageKind::kForced
                              ? record::Disposition::kForced
                              : record::Disposition::kHandedIn;
    }
    if (seal_) {
        for (const record::SealRow& sealed : seal_->object.rows) {
            if (sealed.attempt == person.attempt) {
                row.disposition = sealed.disposition;
            }
        }
    }
    return row;
}

RoomView Room::view() {
    const std::lock_guard guard(lock_);
    RoomView out;
    out.now = ports_.clock.wall();
    out.has_sitting = manifest_.has_value();
    if (!manifest_) {
        return out;
    }
    out.title = manifest_->object.title;
    out.room_name = manifest_->object.find_room(config_.room)->name;
    out.opened = opening_.has_value();
    out.released =
        std::ranges::any_of(parts_, [](const auto& part) { return part.second.key.has_value(); });
    for (const auto& order : orders_) {
        if (order.object.attempt) {
            continue;
        }
        out.started = out.started || order.object.kind == record::OrderKind::kStart;
        if (order.object.kind == record::OrderKind::kPause) {
            out.paused = true;
        }
        if (order.object.kind == record::OrderKind::kResume) {
            out.paused = false;
        }
    }
    out.sealed = seal_.has_value();
    out.seal_number = seal_ ? seal_->object.number : 0;
    if (code_ && ports_.clock.steady() <= code_until_) {
        out.room_code = code_->text();
    }
    for (const record::RosterRow& person : roster_.rows) {
        out.candidates.push_back(candidate_row(person));
        const auto& package = out.candidates.back().package;
        out.candidates.back().receipt = package && folder_.has("receipts/" + package->hex());
    }
    std::ranges::sort(out.candidates, {}, &CandidateRow::seat);
    for (const auto& [id, terminal] : terminals_) {
        out.terminals.push_back(terminal_row(id, terminal));
    }
    std::ranges::sort(out.terminals, [](const TerminalRow& a, const TerminalRow& b) {
        return std::pair(a.seat.empty(), a.seat) < std::pair(b.seat.empty(), b.seat);
    });
    out.waiting_for_server = folder_.names("outbox", ".wait").size();
    out.refused_by_server = folder_.names("outbox", ".refused").size();
    return out;
}

}  // namespace assay::desk
