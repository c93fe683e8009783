#include "terminal/sitting/step.h"

#include <algorithm>

namespace assay::sitting {
namespace {

using record::Event;
using record::EventKind;
using record::OrderKind;

Decision refuse(MessageId id, Args args = {}) {
    Decision out;
    out.refused = fail(Code::kRefused, id, std::move(args));
    return out;
}

bool good_name(const std::string& name) { return !name.empty() && name.size() <= kNameBytesMax; }

/// Decides one input; one overload for each kind.
class Decider {
  public:
    Decider(const State& state, const Input& input) : state_(state), input_(input) {}

    Decision operator()(const PersonConfirmed& in) const;
    Decision operator()(const Admitted& in) const;
    Decision operator()(const Released& in) const;
    Decision operator()(const Ordered& in) const;
    Decision operator()(const ItemOpened& in) const;
    Decision operator()(const AnswerChanged& in) const;
    Decision operator()(const FlagSet& in) const;
    Decision operator()(const NoteChanged& in) const;
    Decision operator()(const FileSaved& in) const;
    Decision operator()(const Ticked& in) const;
    Decision operator()(const ReviewEntered& in) const;
    Decision operator()(const ReviewLeft& in) const;
    Decision operator()(const HandInAsked& in) const;
    Decision operator()(const HandInConfirmed& in) const;
    Decision operator()(const FindingSeen& in) const;
    Decision operator()(const SegmentMade& in) const;
    Decision operator()(const GapSeen& in) const;
    Decision operator()(const Covered& in) const;
    Decision operator()(const TroubleShown& in) const;
    Decision operator()(const Resumed& in) const;
    Decision operator()(const RoomSealed& in) const;

  private:
    Event event(EventKind kind) const {
        Event out;
        out.kind = kind;
        out.at_ms = std::max(input_.at_ms, state_.time.at_ms);
        out.wall = input_.wall;
        return out;
    }
    Event clock(const char* cause, std::vector<std::string> values = {}) const {
        Event out = event(EventKind::kClock);
        out.text = cause;
        out.number = remaining();
        if (!values.empty()) {
            out.values = std::move(values);
        }
        return out;
    }
    std::int64_t remaining() const { return state_.remaining_signed_ms(input_.at_ms); }
    Decision one(Event event) const {
        Decision out;
        out.events.push_back(std::move(event));
        return out;
    }
    /// Nothing where answers are taken now; a little longer than the clock says, so that what an
    /// editor held when the desk paused or the time ended is kept.
    std::optional<Decision> closed() const;
    std::optional<Decision> hand_in_refused() const;
    Decision hand_in(const char* kind) const;

    const State& state_;
    const Input& input_;
};

std::optional<Decision> Decider::closed() const {
    const Phase phase = state_.phase();
    const bool just_paused =
        phase == Phase::kPaused && input_.at_ms - state_.time.paused_at_ms <= kLastAnswersMs;
    if (phase == Phase::kPaused && !just_paused) {
        return refuse("sitting.answer.paused"_id);
    }
    if (phase == Phase::kHandedIn || phase == Phase::kTerminated || phase == Phase::kSealed) {
        return refuse("sitting.answer.handed-in"_id);
    }
    if (phase != Phase::kRunning && phase != Phase::kReviewing && !just_paused) {
        return refuse("sitting.answer.not-started"_id);
    }
    if (remaining() < -kLastAnswersMs) {
        return refuse("sitting.answer.time-over"_id);
    }
    return std::nullopt;
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

Decision Decider::operator()(const ItemOpened& in) const {
    const Phase phase = state_.phase();
    if (phase != Phase::kRunning && phase != Phase::kReviewing) {
        return refuse("sitting.item.not-now"_id);
    }
    if (!good_name(in.item)) {
        return refuse("sitting.name.invalid"_id);
    }
    if (state_.current_item == in.item && !state_.reviewing) {
        return {};
    }
    Event opened = event(EventKind::kOpenItem);
    opened.item = in.item;
    return one(std::move(opened));
}

Decision Decider::operator()(const AnswerChanged& in) const {
    if (auto no = closed()) {
        return *no;
    }
    if (!good_name(in.item) || !good_name(in.response)) {
        return refuse("sitting.name.invalid"_id);
    }
    std::size_t bytes = in.typed ? in.typed->size() : 0;
    for (const std::string& value : in.values.value_or(std::vector<std::string>{})) {
        bytes += value.size();
    }
    if (bytes > kAnswerBytesMax) {
        return refuse("sitting.answer.too-long"_id, {{"size", std::to_string(bytes)},
                                                     {"limit", std::to_string(kAnswerBytesMax)}});
    }
    Event answer = event(EventKind::kAnswer);
    answer.item = in.item;
    answer.response = in.response;
    answer.values = in.values;
    answer.text = in.typed;
    return one(std::move(answer));
}

Decision Decider::operator()(const FlagSet& in) const {
    if (auto no = closed()) {
        return *no;
    }
    if (!good_name(in.item)) {
        return refuse("sitting.name.invalid"_id);
    }
    Event flag = event(EventKind::kFlag);
    flag.item = in.item;
    flag.number = in.flagged ? 1 : 0;
    return one(std::move(flag));
}

Decision Decider::operator()(const NoteChanged& in) const {
    if (auto no = closed()) {
        return *no;
    }
    if (!good_name(in.item)) {
        return refuse("sitting.name.invalid"_id);
    }
    if (in.text.size() > kNoteBytesMax) {
        return refuse("sitting.answer.too-long"_id, {{"size", std::to_string(in.text.size())},
                                                     {"limit", std::to_string(kNoteBytesMax)}});
    }
    Event note = event(EventKind::kNote);
    note.item = in.item;
    note.text = in.text;
    return one(std::move(note));
}

Decision Decider::operator()(const FileSaved& in) const {
    if (auto no = closed()) {
        return *no;
    }
    if (!good_name(in.item) || !good_name(in.name)) {
        return refuse("sitting.name.invalid"_id);
    }
    Event file = event(EventKind::kFile);
    file.item = in.item;
    file.response = in.name;
    file.digest = in.digest;
    file.number = static_cast<std::int64_t>(in.bytes);
    file.values = std::vector{in.sealed_digest.hex(), std::to_string(in.sealed_bytes)};
    return one(std::move(file));
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

Decision Decider::operator()(const ReviewEntered&) const {
    if (state_.phase() == Phase::kReviewing) {
        return {};
    }
    if (state_.phase() != Phase::kRunning) {
        return refuse("sitting.item.not-now"_id);
    }
    Event review = event(EventKind::kReview);
    review.number = 1;
    return one(std::move(review));
}

Decision Decider::operator()(const ReviewLeft&) const {
    if (state_.phase() != Phase::kReviewing) {
        return {};
    }
    Event review = event(EventKind::kReview);
    review.number = 0;
    return one(std::move(review));
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

Decision Decider::operator()(const FindingSeen& in) const {
    if (!state_.start) {
        return {};
    }
    Event finding = event(EventKind::kFinding);
    finding.item = in.begins ? "begin" : "end";
    finding.text = in.code;
    finding.number = in.weight;
    return one(std::move(finding));
}

Decision Decider::operator()(const SegmentMade& in) const {
    if (!state_.start) {
        return {};
    }
    Event segment = event(EventKind::kSegment);
    segment.text = in.segment.kind;
    segment.digest = in.segment.digest;
    segment.number = static_cast<std::int64_t>(in.segment.bytes);
    segment.values = std::vector{in.segment.from.text(), in.segment.to.text()};
    return one(std::move(segment));
}

Decision Decider::operator()(const GapSeen& in) const {
    if (!state_.start) {
        return {};
    }
    Event gap = event(EventKind::kGap);
    gap.text = in.gap.cause;
    gap.number = (in.gap.to - in.gap.from).count();
    gap.values = std::vector{in.gap.from.text(), in.gap.to.text()};
    return one(std::move(gap));
}

Decision Decider::operator()(const Covered& in) const {
    if (!state_.start || in.seconds == 0) {
        return {};
    }
    Event covered = event(EventKind::kCoverage);
    covered.number = static_cast<std::int64_t>(in.seconds);
    return one(std::move(covered));
}

Decision Decider::operator()(const TroubleShown& in) const {
    if (!state_.start) {
        return {};
    }
    Event trouble = event(EventKind::kTrouble);
    trouble.text = in.id;
    return one(std::move(trouble));
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

}  // namespace

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
