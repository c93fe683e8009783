#pragma once

#include <map>
#include <optional>
#include <vector>

#include "terminal/desk/ui/words.h"

class wxWindow;

namespace assay::desk_ui {

struct Field {
    enum class Kind { kLine, kSecret, kText, kChoice } kind = Kind::kLine;
    MessageId label;
    wxString value;
    std::vector<wxString> choices = {};  ///< kChoice: the answer is the index as text
    int chosen = 0;                      ///< kChoice: before anybody chose
};

/// Asks for some lines; nothing where the person cancels. Enter confirms, Escape cancels.
std::optional<std::vector<wxString>> ask(wxWindow* parent, const Tongue& tongue, MessageId title,
                                         MessageId why, std::vector<Field> fields);

/// The room code: QR, text, and a button that writes it to a file.
void show_room_code(wxWindow* parent, const Tongue& tongue, const std::string& code);

/// Everyone's disposition; a choice where the invigilators must decide. Nothing on cancel.
std::optional<std::map<AttemptId, record::Disposition>> ask_seal(wxWindow* parent,
                                                                 const Tongue& tongue,
                                                                 const desk::RoomView& view);

}  // namespace assay::desk_ui
