#include <algorithm>

#include "terminal/sitting/decider.h"

namespace assay::sitting {

using record::Event;
using record::EventKind;
using record::OrderKind;

Decision refuse(MessageId id, Args args) {
    Decision out;
    out.refused = fail(Code::kRefused, id, std::move(args));
    return out;
}

Decision Decider::hand_in(const char* kind) const {
    Event handed = event(EventKind::kHandIn);
    handed.text = kind;
    Decision out = one(std::move(handed));
    out.effects.emplace_back(BuildPackage{});
    return out;
}

std::optional<Decision> Decider::hand_in_refused() const {
    const Phase phase = state_.phase();
    if (phase != Phase::kRunning && phase != Phase::kReviewing) {
        return refuse("sitting.hand-in.not-now"_id);
    }
    const std::int64_t used =
        state_.time.used_ms + std::max<std::int64_t>(0, input_.at_ms - state_.time.at_ms);
    const std::int64_t wait_ms =
        std::int64_t{state_.terms.rules.earliest_hand_in_minutes} * 60'000 - used;
    if (wait_ms > 0) {
        return refuse("sitting.hand-in.too-early"_id,
                      {{"minutes", std::to_string((wait_ms + 59'999) / 60'000)}});
    }
    return std::nullopt;
}

Decision Decider::operator()(const PersonConfirmed&) const {
    if (state_.phase() != Phase::kCheckIn) {
        return refuse("sitting.check-in.done"_id);
    }
    Decision out;
    out.confirms = true;
    out.effects.emplace_back(AskAdmission{});
    return out;
}

Decision Decider::operator()(const Admitted& in) const {
    // at_ms is on the scale of the journal that begins.
    Event clock_event = clock("started", {in.boot, std::to_string(in.steady.count())});
    clock_event.number = begin_journal(state_, in.start).time.remaining_ms;
    Event check_in = event(EventKind::kCheckIn);
    check_in.item = state_.confirmed_by;
    Event consent = event(EventKind::kConsent);
    consent.text = state_.consent ? "agreed" : "declined";
    Decision out;
    out.events = {std::move(clock_event), std::move(check_in), std::move(consent)};
    for (Event& each : out.events) {
        each.at_ms = input_.at_ms;
    }
    return out;
}

Decision Decider::operator()(const Released& in) const {
    const record::Release& release = in.release.object;
    if (!state_.start || state_.handed_in) {
        return refuse("sitting.release.not-now"_id);
    }
    if (release.manifest != state_.terms.manifest || release.room != state_.start->room) {
        return refuse("sitting.release.other-room"_id);
    }
    const record::PartDigest part{release.part, release.bank};
    Decision out;
    if (std::ranges::find(state_.released, part) == state_.released.end()) {
        Event released = event(EventKind::kReleased);
        released.text = in.release.json();
        out = one(std::move(released));
        out.effects.emplace_back(OpenPart{part});
    }
    return out;
}

Decision Decider::operator()(const Ordered& in) const {
    const record::DeskOrder& order = in.order.object;
    if (!state_.start || order.manifest != state_.terms.manifest ||
        order.room != state_.start->room) {
        return refuse("sitting.order.other-room"_id);
    }
    const bool mine = !order.attempt || *order.attempt == state_.terms.attempt;
    if (!mine || order.number <= state_.last_order || state_.handed_in) {
        return {};
    }
    Event ordered = event(EventKind::kOrder);
    ordered.text = in.order.json();
    Decision out = one(std::move(ordered));
    switch (order.kind) {
        case OrderKind::kMessage:
        case OrderKind::kErrata:
            out.effects.emplace_back(
                ShowDeskText{{order.number, order.kind, order.item, order.text, order.seconds}});
            break;
        case OrderKind::kPause:
        case OrderKind::kEnd:
            out.effects.emplace_back(FlushEditors{});
            out.effects.emplace_back(ShowTime{});
            break;
        case OrderKind::kTerminate: {
            Decision last = hand_in("forced");
            out.events.push_back(std::move(last.events.front()));
            out.effects.emplace_back(BuildPackage{});
            break;
        }
        default:
            out.effects.emplace_back(ShowTime{});
            break;
    }
    return out;
}

Decision Decider::operator()(const Ticked& in) const {
    if (!state_.clock_runs() || !state_.start) {
        return {};
    }
    Decision out;
    if (in.gap_ms > kDarkMs) {
        out.events.push_back(clock("dark", {std::to_string(in.gap_ms)}));
        out.effects.emplace_back(ReportDark{in.gap_ms, false});
    } else if (input_.at_ms - state_.time.at_ms >= kClockRecordMs) {
        out.events.push_back(clock("tick"));
    }
    const bool over = remaining() <= 0;
    if (over) {
        out.effects.emplace_back(FlushEditors{});
    }
    if (remaining() <= -kLastAnswersMs && input_.at_ms >= state_.time.grace_until_ms) {
        Decision last = hand_in("forced");
        out.events.push_back(std::move(last.events.front()));
        out.effects.emplace_back(BuildPackage{});
    }
    return out;
}

Decision Decider::operator()(const HandInAsked&) const {
    if (auto no = hand_in_refused()) {
        return *no;
    }
    Decision out;
    out.effects.emplace_back(FlushEditors{});
    out.effects.emplace_back(ConfirmHandIn{});
    return out;
}

Decision Decider::operator()(const HandInConfirmed&) const {
    if (state_.handed_in) {
        return {};
    }
    if (auto no = hand_in_refused()) {
        return *no;
    }
    return hand_in("handed-in");
}

Decision Decider::operator()(const Resumed& in) const {
    if (!state_.start) {
        return {};
    }
    const bool same_boot = in.boot == state_.time.base.boot;
    const std::int64_t dark = std::max<std::int64_t>(0, input_.at_ms - state_.time.at_ms);
    const bool counts = state_.clock_runs();
    Decision out = one(
        clock("resumed", {in.boot, std::to_string(in.steady.count()),
                          same_boot ? std::to_string(counts ? dark : 0) : std::string("unknown")}));
    if (counts) {
        out.effects.emplace_back(ReportDark{same_boot ? dark : 0, !same_boot});
    }
    if (state_.handed_in) {
        out.effects.emplace_back(BuildPackage{});
    }
    return out;
}

Decision Decider::operator()(const RoomSealed& in) const {
    if (!state_.start || state_.sealed) {
        return {};
    }
    Event sealed = event(EventKind::kSealed);
    sealed.digest = in.seal;
    return one(std::move(sealed));
}

Decision decide(const State& state, const Input& input) {
    return std::visit(Decider(state, input), input.what);
}

State apply(State state, const Input& input, const Decision& decision) {
    if (decision.confirms) {
        const auto& person = std::get<PersonConfirmed>(input.what);
        state.confirmed = true;
        state.confirmed_by = person.by;
        state.consent = person.consent;
    }
    if (const auto* admitted = std::get_if<Admitted>(&input.what)) {
        state = begin_journal(std::move(state), admitted->start);
    }
    for (const record::Event& event : decision.events) {
        state = fold(std::move(state), event);
    }
    return state;
}

Step step(const State& state, const Input& input) {
    Decision decision = decide(state, input);
    Step out{apply(state, input, decision), {}, std::move(decision.refused)};
    if (!decision.events.empty()) {
        out.effects.emplace_back(WriteEvents{std::move(decision.events)});
    }
    for (Effect& effect : decision.effects) {
        out.effects.push_back(std::move(effect));
    }
    return out;
}

}  // namespace assay::sitting
