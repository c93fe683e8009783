#include <algorithm>

#include "crypto/base32.h"
#include "terminal/desk/room.h"

namespace assay::desk {

Seen Room::seen_of(const Terminal& terminal) const {
    if (!terminal.seen) {
        return terminal.heard ? Seen::kAway : Seen::kNever;
    }
    const auto since = ports_.clock.steady() - *terminal.seen;
    return since.count() <= kSeenMs ? Seen::kHere : Seen::kAway;
}

bool Room::anyone_admitted() const {
    return std::ranges::any_of(state_, [](const auto& each) { return !each.second.runs.empty(); });
}

RoomFacts Room::facts() const {
    RoomFacts out;
    out.has_sitting = manifest_.has_value();
    out.opened = opening_.has_value();
    out.sealed = seal_.has_value();
    if (!manifest_) {
        return out;
    }
    out.all_released = unreleased_parts().empty();
    out.released = parts_.empty() || std::ranges::any_of(parts_, [](const auto& part) {
                       return part.second.key.has_value();
                   });
    for (const auto& order : orders_) {
        if (order.object.attempt) {
            continue;
        }
        const record::OrderKind kind = order.object.kind;
        out.started = out.started || kind == record::OrderKind::kStart;
        out.paused =
            kind == record::OrderKind::kPause || (out.paused && kind != record::OrderKind::kResume);
    }
    const record::SittingManifest& manifest = manifest_->object;
    const std::chrono::minutes entry(manifest.rules.latest_entry_minutes);
    const WallTime now = ports_.clock.wall();
    out.closable =
        manifest.window_end < now || (!anyone_admitted() && manifest.window_begin + entry < now);
    out.terminals = terminals_.size();
    for (const auto& [id, terminal] : terminals_) {
        const bool taken = std::ranges::any_of(state_, [&, machine = id](const auto& each) {
            return assigned_terminal(each.second) == machine;
        });
        out.free_terminals += taken ? 0U : 1U;
    }
    return out;
}

SeatState Room::seat_state(const std::optional<AttemptId>& attempt) const {
    const auto found = attempt ? state_.find(*attempt) : state_.end();
    if (found == state_.end()) {
        return SeatState::kNobody;
    }
    if (found->second.package) {
        return SeatState::kHandedIn;
    }
    return found->second.runs.empty() ? SeatState::kAbsent : SeatState::kHere;
}

Status Room::may(Command command, const std::optional<AttemptId>& attempt) const {
    return allowed(command, facts(), seat_state(attempt));
}

TerminalRow Room::terminal_row(const MachineId& id, const Terminal& terminal) const {
    TerminalRow row;
    row.machine = id;
    row.seat = terminal.seat;
    row.fingerprint = crypto::short_code(record::machine_fingerprint(terminal.enrolment.keys));
    row.seen = seen_of(terminal);
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
        row.seen = seen_of(here->second);
        if (last.attempt == person.attempt) {
            row.state = last.state;
            row.remaining_ms = last.remaining_ms;
            row.answered = last.answered;
            row.items = last.items;
            row.dark_ms = uncredited_dark_ms(person.attempt, last.dark_ms);
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
    const RoomFacts now = facts();
    out.opened = now.opened;
    out.released = now.opened && now.released;
    out.all_released = now.opened && now.all_released;
    out.started = now.started;
    out.paused = now.paused;
    out.closable = now.closable;
    out.sealed = now.sealed;
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
    out.refused = refused_rows();
    out.refused_by_server = folder_.names("refused", ".json").size();
    return out;
}

std::uint64_t Room::missing_evidence(const AttemptId& attempt, const UploadFolder::Held& held) {
    const std::lock_guard guard(lock_);
    const auto found = state_.find(attempt);
    if (found == state_.end() || !found->second.package) {
        return 0;
    }
    const record::Package& package = found->second.package->object;
    const std::uint64_t segments = package.evidence.segments;
    std::uint64_t out = segments - std::min(segments, held.segments);
    for (const record::PackageFile& file : package.files) {
        out += held.files.contains(file.digest) ? 0U : 1U;
    }
    return out;
}

}  // namespace assay::desk
