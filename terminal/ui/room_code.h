#pragma once

#include <string>

namespace assay::terminal_ui {

/// A room code as people type it, blanks anywhere and capitals or not, in the one form that
/// record::RoomCode reads. What is no room code comes back without its blanks.
std::string room_code_typed(const std::string& text);

/// What was typed so far in groups of four, to compare with the desk's screen; places that are
/// still empty are '_', so that nothing moves while somebody types.
std::string room_code_groups(const std::string& text);

}  // namespace assay::terminal_ui
