#include "terminal/desk/ui/words.h"

#include <algorithm>
#include <array>

#include "terminal/desk/room_wide.h"

namespace assay::desk_ui {
namespace {

struct Word {
    std::string_view code;
    MessageId id;
};

constexpr std::array kStates{Word{"absent", "desk.ui.state.absent"_id},
                             Word{"admitted", "desk.ui.state.admitted"_id},
                             Word{"check-in", "desk.ui.state.check-in"_id},
                             Word{"waiting", "desk.ui.state.waiting"_id},
                             Word{"released", "desk.ui.state.released"_id},
                             Word{"running", "desk.ui.state.running"_id},
                             Word{"reviewing", "desk.ui.state.reviewing"_id},
                             Word{"paused", "desk.ui.state.paused"_id},
                             Word{"reopened", "desk.ui.state.reopened"_id},
                             Word{"handed-in", "desk.ui.state.handed-in"_id},
                             Word{"terminated", "desk.ui.state.terminated"_id},
                             Word{"sealed", "desk.ui.state.sealed"_id}};

// The words of record::FindingCode, as heartbeats carry them.
constexpr std::array kFindings{Word{"FACE_ABSENT", "desk.ui.finding.absent"_id},
                               Word{"FACE_MULTIPLE", "desk.ui.finding.more"_id},
                               Word{"ID_MISMATCH", "desk.ui.finding.other-person"_id},
                               Word{"ID_UNVERIFIED", "desk.ui.finding.unverified"_id},
                               Word{"LOOK_AWAY", "desk.ui.finding.look-away"_id},
                               Word{"CAM_COVERED", "desk.ui.finding.covered"_id},
                               Word{"CAM_DARK", "desk.ui.finding.dark"_id},
                               Word{"CAM_MOVED", "desk.ui.finding.moved"_id},
                               Word{"FEED_FROZEN", "desk.ui.finding.frozen"_id},
                               Word{"FEED_LOOP", "desk.ui.finding.loop"_id},
                               Word{"CAM_LOST", "desk.ui.finding.lost"_id},
                               Word{"CAM_NONE", "desk.ui.finding.no-camera"_id},
                               Word{"FEED_STILL", "desk.ui.finding.still"_id},
                               Word{"CAM_CHANGED", "desk.ui.finding.changed"_id},
                               Word{"PROCTOR_DEGRADED", "desk.ui.finding.degraded"_id},
                               Word{"JOURNAL_BEHIND", "desk.ui.finding.behind"_id},
                               Word{"CLOCK_OFF", "desk.ui.finding.clock"_id}};

constexpr std::array kObjects{Word{"room-opening", "desk.ui.object.opening"_id},
                              Word{"enrolment", "desk.ui.object.enrolment"_id},
                              Word{"release", "desk.ui.object.release"_id},
                              Word{"start", "desk.ui.object.start"_id},
                              Word{"move", "desk.ui.object.move"_id},
                              Word{"package", "desk.ui.object.package"_id},
                              Word{"seal", "desk.ui.object.seal"_id},
                              Word{"segment", "desk.ui.object.segment"_id},
                              Word{"file", "desk.ui.object.file"_id}};

template <std::size_t N>
wxString lookup(const Tongue& tongue, const std::array<Word, N>& words, const std::string& code) {
    const auto found = std::ranges::find(words, code, &Word::code);
    return found == words.end() ? wxString::FromUTF8(code) : tongue.say(found->id);
}

}  // namespace

wxString state_word(const Tongue& tongue, const std::string& state) {
    return lookup(tongue, kStates, state);
}

wxString finding_words(const Tongue& tongue, const std::vector<std::string>& codes) {
    wxString out;
    for (const std::string& code : codes) {
        out += (out.empty() ? wxString() : tongue.say("desk.ui.and"_id)) +
               lookup(tongue, kFindings, code);
    }
    return out;
}

wxString room_wide_words(const Tongue& tongue, const desk::RoomView& view) {
    wxString out;
    for (const desk::RoomWide& wide : desk::room_wide(view)) {
        out += tongue.say("desk.ui.room-wide"_id,
                          {{"count", std::to_string(wide.count)},
                           {"all", std::to_string(wide.of)},
                           {"what", finding_words(tongue, {wide.code}).utf8_string()}}) +
               "\n";
    }
    return out;
}

wxString seen_word(const Tongue& tongue, desk::Seen seen) {
    switch (seen) {
        case desk::Seen::kHere:
            return tongue.say("desk.ui.seen.here"_id);
        case desk::Seen::kAway:
            return tongue.say("desk.ui.seen.away"_id);
        case desk::Seen::kNever:
            break;
    }
    return tongue.say("desk.ui.seen.never"_id);
}

wxString disposition_word(const Tongue& tongue, record::Disposition disposition) {
    switch (disposition) {
        case record::Disposition::kHandedIn:
            return tongue.say("desk.ui.state.handed-in"_id);
        case record::Disposition::kForced:
            return tongue.say("desk.ui.disposition.forced"_id);
        case record::Disposition::kAbsent:
            return tongue.say("desk.ui.disposition.absent"_id);
        case record::Disposition::kMovedTo:
            return tongue.say("desk.ui.disposition.moved"_id);
        case record::Disposition::kTerminated:
            return tongue.say("desk.ui.state.terminated"_id);
        case record::Disposition::kLost:
            break;
    }
    return tongue.say("desk.ui.disposition.lost"_id);
}

wxString package_word(const Tongue& tongue, const desk::CandidateRow& row) {
    if (!row.package) {
        return {};
    }
    if (row.evidence_missing > 0) {
        return tongue.say("desk.ui.package.evidence"_id);
    }
    return tongue.say(row.receipt ? "desk.ui.package.receipt"_id : "desk.ui.package.here"_id);
}

wxString refused_word(const Tongue& tongue, const desk::RefusedRow& row) {
    const wxString what = lookup(tongue, kObjects, row.what);
    return row.seat.empty() ? what
                            : tongue.say("desk.ui.seat"_id, {{"seat", row.seat}}) + "  " + what;
}

Error refused_error(const desk::RefusedRow& row) {
    Args args;
    const bool passed_on = row.error.id == "protocol.refused";  // holds the server's own reason
    if (!passed_on) {
        args.emplace_back("reason", row.error.id);
    }
    for (const auto& each : row.error.args) {
        args.emplace_back(each.name, each.value);
    }
    return fail(Code::kRefused, "protocol.refused"_id, std::move(args));
}

MessageId link_word(desk::ServerLink link) {
    switch (link) {
        case desk::ServerLink::kUp:
            return "desk.ui.link.up"_id;
        case desk::ServerLink::kDown:
            return "desk.ui.link.down"_id;
        case desk::ServerLink::kWaiting:
            return "desk.ui.link.waiting"_id;
        case desk::ServerLink::kNone:
            break;
    }
    return "desk.ui.link.none"_id;
}

}  // namespace assay::desk_ui
