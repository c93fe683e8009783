#include "crypto/record/text_edit.h"
#include "terminal/sitting/decider.h"

// What the candidate does with items, and what the camera and the program report.
namespace assay::sitting {

using record::Event;
using record::EventKind;

namespace {

bool good_name(const std::string& name) { return !name.empty() && name.size() <= kNameBytesMax; }

/// The one value that an edit may change, where a difference may be written now.
const std::string* editable(const State& state, const AnswerChanged& in) {
    const auto item = state.items.find(in.item);
    if (item == state.items.end() || in.whole || in.restores) {
        return nullptr;
    }
    const auto stands = item->second.responses.find(in.response);
    const auto edits = item->second.edits.find(in.response);
    if (stands == item->second.responses.end() || edits == item->second.edits.end() ||
        edits->second >= kEditsMax) {
        return nullptr;
    }
    const auto one_text = [](const auto& values, const auto& typed) {
        return !typed && values && values->size() == 1;
    };
    const record::AnsweredResponse& before = stands->second;
    return one_text(before.values, before.typed) && one_text(in.values, in.typed) &&
                   in.values->front().size() >= kEditedBytesMin
               ? &before.values->front()
               : nullptr;
}

/// A difference, where it is much shorter than the whole value.
std::optional<Event> edit_of(const State& state, const AnswerChanged& in) {
    const std::string* const before = editable(state, in);
    if (before == nullptr) {
        return std::nullopt;
    }
    const std::string& after = in.values->front();
    const record::TextEdit edit = record::difference(*before, after);
    return edit.text.size() < after.size() / 2 ? std::optional(record::edit_event(edit))
                                               : std::nullopt;
}

}  // namespace

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
    if (const auto edit = edit_of(state_, in)) {
        answer.kind = edit->kind;
        answer.values = edit->values;
        answer.text = edit->text;
        answer.number = edit->number;
    } else {
        answer.values = in.values;
        answer.text = in.typed;
        answer.number =
            in.restores ? std::optional(static_cast<std::int64_t>(*in.restores)) : std::nullopt;
    }
    answer.item = in.item;
    answer.response = in.response;
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

Decision Decider::operator()(const FindingSeen& in) const {
    if (!state_.start) {
        return {};
    }
    Event finding = event(EventKind::kFinding);
    finding.item = in.begins ? "begin" : "end";
    finding.text = in.code;
    finding.number = in.weight;
    if (in.onset) {
        finding.values = {in.onset->text(), std::to_string(in.confidence),
                          std::to_string(in.number)};
    }
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

}  // namespace assay::sitting
