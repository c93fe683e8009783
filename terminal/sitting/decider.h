#pragma once

#include <algorithm>

#include "terminal/sitting/step.h"

namespace assay::sitting {

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
    record::Event event(record::EventKind kind) const {
        record::Event out;
        out.kind = kind;
        out.at_ms = std::max(input_.at_ms, state_.time.at_ms);
        out.wall = input_.wall;
        return out;
    }
    record::Event clock(const char* cause, std::vector<std::string> values = {}) const {
        record::Event out = event(record::EventKind::kClock);
        out.text = cause;
        out.number = remaining();
        if (!values.empty()) {
            out.values = std::move(values);
        }
        return out;
    }
    std::int64_t remaining() const { return state_.remaining_signed_ms(input_.at_ms); }
    Decision one(record::Event event) const {
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

/// A decision that changes nothing and says why.
Decision refuse(MessageId id, Args args = {});

}  // namespace assay::sitting
