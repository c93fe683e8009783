#pragma once

#include <map>
#include <optional>
#include <vector>

#include "terminal/desk/ui/words.h"
#include "terminal/widgets/look.h"

class wxWindow;

namespace assay::desk_ui {

/// How forms are said and drawn.
struct Manner {
    const Tongue& tongue;
    widgets::Look look;
};

struct Field {
    enum class Kind { kLine, kSecret, kText, kChoice } kind = Kind::kLine;
    MessageId label;
    wxString value;
    std::vector<wxString> choices = {};  ///< kChoice: the answer is the index as text
    int chosen = 0;                      ///< kChoice: before anybody chose
};

/// Asks for some lines; nothing where the person cancels. Enter confirms, Escape cancels.
std::optional<std::vector<wxString>> ask(wxWindow* parent, const Manner& manner, MessageId title,
                                         MessageId why, std::vector<Field> fields);

/// The room code: QR, the rows that people type, and a button that writes it to a file.
void show_room_code(wxWindow* parent, const Manner& manner, const record::RoomCode& code);

/// What waits for the server, and what it refused, each with the reason and the next step.
enum class OutboxChoice { kClose, kStick, kRetry };
OutboxChoice ask_outbox(wxWindow* parent, const Manner& manner, const desk::RoomView& view);

/// A folder, such as a stick; nothing on cancel.
std::optional<std::string> ask_folder(wxWindow* parent, const Tongue& tongue);

/// Everyone's disposition; a choice where the invigilators must decide. Nothing on cancel.
std::optional<std::map<AttemptId, record::Disposition>> ask_seal(wxWindow* parent,
                                                                 const Manner& manner,
                                                                 const desk::RoomView& view);

}  // namespace assay::desk_ui
