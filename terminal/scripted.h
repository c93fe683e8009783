#pragma once

#include <map>
#include <string>
#include <vector>

#include "terminal/seat.h"

namespace assay::terminal {

/// What a candidate without a window enters: item -> response -> lines (the form of
/// question-bank/item/responses.h). A response "file:NAME" is the text of a practical result. The
/// entry
/// "@check-in" with "number" and "seatCode" checks in by these in place of the seat; "@type", item
/// -> responses, types into these without an end (typist.h) in place of answering.
using Script = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

inline constexpr std::uint64_t kScriptBytesMax = 1U << 20U;

Result<Script> read_script(ByteView json);

/// Sits the exam without a window, as a person would who knows the answers: checks in, agrees,
/// waits, answers with pauses, hands in, and ends when the desk has signed and has every file.
/// Goes on where an earlier life stopped.
Status sit_by_script(World& world, const Arguments& arguments, Seat& seat, const Script& script);

}  // namespace assay::terminal
