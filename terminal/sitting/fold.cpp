#include <algorithm>

#include "crypto/record/text_edit.h"
#include "terminal/sitting/state.h"

namespace assay::sitting {
namespace {

using record::Event;
using record::EventKind;
using record::OrderKind;

std::int64_t integer(const std::string& text) {
    std::int64_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || out > (std::int64_t{1} << 52)) {
            return 0;
        }
        out = out * 10 + (c - '0');
    }
    return out;
}

std::string part(const Event& event, std::size_t index) {
    return event.values && index < event.values->size() ? (*event.values)[index] : std::string();
}

WallTime wall_part(const Event& event, std::size_t index) {
    const auto time = WallTime::from_text(part(event, index));
    return time.ok() ? time.value() : WallTime{};
}

void advance(State& state, std::int64_t at_ms) {
    TimeState& time = state.time;
    const std::int64_t elapsed = std::max<std::int64_t>(0, at_ms - time.at_ms);
    if (state.clock_runs()) {
        time.remaining_ms -= elapsed;
        time.used_ms += elapsed;
    }
    time.at_ms += elapsed;
}

void fold_clock(State& state, const Event& event) {
    TimeState& time = state.time;
    time.remaining_ms = std::min(time.remaining_ms, event.number.value_or(time.remaining_ms));
    const std::string cause = event.text.value_or("");
    if (cause == "dark") {
        time.dark_ms += integer(part(event, 0));
    }
    if (cause == "started" || cause == "resumed") {
        time.base = {part(event, 0), integer(part(event, 1)), time.at_ms};
    }
    if (cause == "resumed") {
        time.grace_until_ms = time.at_ms + kResumeGraceMs;
        time.dark_unknown = time.dark_unknown || part(event, 2) == "unknown";
        time.dark_ms += integer(part(event, 2));
    }
}

// A start that arrives late began when the desk gave it: all of a room end together.
void fold_start(State& state, const record::DeskOrder& order) {
    if (state.started) {
        return;
    }
    TimeState& time = state.time;
    const std::int64_t desk_now_ms = time.desk_time.seconds * 1000 + time.at_ms;
    const std::int64_t late_ms = std::max<std::int64_t>(0, desk_now_ms - order.time.seconds * 1000);
    const record::SittingRules& rules = state.terms.rules;
    state.started = true;
    state.late = late_ms > std::int64_t{rules.latest_entry_minutes} * 60'000;
    time.used_ms += late_ms;
    if (rules.late_starter_keeps_end) {
        time.remaining_ms -= late_ms;
    }
}

void fold_order(State& state, const record::DeskOrder& order) {
    state.last_order = std::max(state.last_order, order.number);
    TimeState& time = state.time;
    switch (order.kind) {
        case OrderKind::kStart:
            fold_start(state, order);
            break;
        case OrderKind::kPause:
            time.paused_at_ms = state.paused ? time.paused_at_ms : time.at_ms;
            state.paused = true;
            break;
        case OrderKind::kResume:
            state.paused = false;
            break;
        case OrderKind::kExtraTime:
            time.remaining_ms += std::max<std::int64_t>(0, order.seconds) * 1000;
            break;
        case OrderKind::kTime:
            time.remaining_ms = std::max<std::int64_t>(0, order.seconds) * 1000;
            break;
        case OrderKind::kEnd:
            time.remaining_ms = std::min<std::int64_t>(time.remaining_ms, 0);
            break;
        case OrderKind::kTerminate:
            state.terminated = true;
            break;
        case OrderKind::kAllowStorage:
            state.storage_allowed = true;
            break;
        case OrderKind::kOverride:
            state.late = false;
            break;
        case OrderKind::kMessage:
        case OrderKind::kErrata:
        case OrderKind::kIncident:
            break;
    }
    if (order.kind == OrderKind::kMessage || order.kind == OrderKind::kErrata ||
        order.kind == OrderKind::kExtraTime) {
        state.desk_texts.push_back(
            {order.number, order.kind, order.item, order.text, order.seconds});
    }
}

void fold_edit(ItemState& item, const Event& event) {
    const auto stands = item.responses.find(*event.response);
    if (stands != item.responses.end() &&
        record::fold_edit(stands->second.values, stands->second.typed, event)) {
        ++item.edits[*event.response];
    }
}

void fold_work(State& state, const Event& event) {
    if (!event.item || state.handed_in) {
        return;
    }
    ItemState& item = state.items[*event.item];
    if (event.kind == EventKind::kOpenItem) {
        item.opened = true;
        state.current_item = *event.item;
        state.reviewing = false;
    } else if (event.kind == EventKind::kAnswer && event.response) {
        item.responses[*event.response] =
            record::AnsweredResponse{*event.response, event.values, event.text};
        item.edits[*event.response] = 0;
    } else if (event.kind == EventKind::kEdit && event.response) {
        fold_edit(item, event);
    } else if (event.kind == EventKind::kFlag) {
        item.flagged = event.number.value_or(0) != 0;
    } else if (event.kind == EventKind::kNote) {
        item.note = event.text.value_or("");
    } else if (event.kind == EventKind::kFile && event.response && event.digest) {
        item.files[*event.response] = record::AnsweredFile{
            *event.response, *event.digest, static_cast<std::uint64_t>(event.number.value_or(0))};
        const auto sealed = Digest::from_hex(part(event, 0));
        if (sealed.ok()) {
            state.files.push_back({*event.response, sealed.value(),
                                   static_cast<std::uint64_t>(integer(part(event, 1)))});
        }
    }
}

void fold_evidence(State& state, const Event& event) {
    EvidenceState& evidence = state.evidence;
    const auto number = static_cast<std::uint64_t>(event.number.value_or(0));
    if (event.kind == EventKind::kSegment && event.digest) {
        evidence.segments.push_back({event.text.value_or(""), *event.digest, number,
                                     wall_part(event, 0), wall_part(event, 1)});
        evidence.bytes += number;
    } else if (event.kind == EventKind::kGap) {
        evidence.gaps.push_back(
            {wall_part(event, 0), wall_part(event, 1), event.text.value_or("")});
    } else if (event.kind == EventKind::kCoverage) {
        evidence.covered_seconds += number;
    } else if (event.kind == EventKind::kFinding) {
        const std::string code = event.text.value_or("");
        if (event.item == "begin") {
            ++evidence.findings;
            evidence.open_findings.insert(code);
        } else {
            evidence.open_findings.erase(code);
        }
    }
}

void fold_passage(State& state, const Event& event) {
    switch (event.kind) {
        case EventKind::kCheckIn:
            state.confirmed = true;
            state.confirmed_by = event.item.value_or("");
            break;
        case EventKind::kConsent:
            state.consent = event.text == "agreed";
            break;
        case EventKind::kReleased:
            if (const auto release =
                    record::read_signed<record::Release>(as_bytes(event.text.value_or("")));
                release.ok()) {
                state.released.push_back({release->object.part, release->object.bank});
            }
            break;
        case EventKind::kReview:
            state.reviewing = event.number.value_or(0) != 0;
            break;
        case EventKind::kHandIn:
            if (!state.handed_in) {
                state.handed_in = true;
                state.hand_in_kind = event.text == "forced" ? record::PackageKind::kForced
                                                            : record::PackageKind::kHandedIn;
            }
            break;
        case EventKind::kSealed:
            state.sealed = true;
            break;
        default:
            break;
    }
}

}  // namespace

State fold(State state, const Event& event) {
    advance(state, event.at_ms);
    switch (event.kind) {
        case EventKind::kClock:
            fold_clock(state, event);
            break;
        case EventKind::kOrder:
            if (const auto order =
                    record::read_signed<record::DeskOrder>(as_bytes(event.text.value_or("")));
                order.ok()) {
                fold_order(state, order->object);
            }
            break;
        case EventKind::kOpenItem:
        case EventKind::kAnswer:
        case EventKind::kEdit:
        case EventKind::kFlag:
        case EventKind::kNote:
        case EventKind::kFile:
            fold_work(state, event);
            break;
        case EventKind::kSegment:
        case EventKind::kGap:
        case EventKind::kCoverage:
        case EventKind::kFinding:
            fold_evidence(state, event);
            break;
        default:
            fold_passage(state, event);
            break;
    }
    return state;
}

}  // namespace assay::sitting
