#pragma once
// Typed and dictated room codes. Pure, any thread.
#include <vector>

#include "crypto/record/enrolment.h"

namespace assay::record {

/// A room code as people read it to each other and type it: five rows of 80 bits, each as a hand-in
/// slip's short code, "ABCD-EFGH-JKMN-PQRS-T", whose last character is a check. The bytes are the
/// desk's key digest, the secret, and the first two bytes of the SHA-256 of both, so that rows in
/// another order are found too.
std::vector<std::string> room_code_rows(const RoomCode& code);

/// Takes upper or lower case, with dashes, spaces and line ends anywhere or nowhere. kInvalid:
/// record.room-code.row names the row that was copied wrongly.
Result<RoomCode> read_room_code_rows(std::string_view typed);

}  // namespace assay::record
