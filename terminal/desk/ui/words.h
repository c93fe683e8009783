#pragma once

#include "terminal/desk/station.h"
#include "terminal/widgets/title.h"

namespace assay::desk_ui {

using widgets::title_in;
using widgets::Tongue;

/// The state of a candidate as a word; an unknown one of a newer terminal as it is.
wxString state_word(const Tongue& tongue, const std::string& state);
wxString seen_word(const Tongue& tongue, desk::Seen seen);
wxString finding_words(const Tongue& tongue, const std::vector<std::string>& codes);
wxString package_word(const Tongue& tongue, const desk::CandidateRow& row);
/// A line for each cause that is the whole room's; empty where there is none.
wxString room_wide_words(const Tongue& tongue, const desk::RoomView& view);
/// "Seat 02, segment": what the server refused.
wxString refused_word(const Tongue& tongue, const desk::RefusedRow& row);
/// Why, with the next step.
Error refused_error(const desk::RefusedRow& row);
wxString disposition_word(const Tongue& tongue, record::Disposition disposition);
MessageId link_word(desk::ServerLink link);

}  // namespace assay::desk_ui
