#include "terminal/enrolment.h"

namespace assay::terminal {
namespace {

constexpr std::uint64_t kRoomCodeBytesMax = 1024;
constexpr const char* kSpaces = " \t\r\n";

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(kSpaces);
    if (first == std::string::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

}  // namespace

Status enrol_with(const Arguments& arguments, Machine& machine, const std::string& code,
                  const std::string& seat) {
    ASSAY_TRY(const record::RoomCode read, record::RoomCode::from_text(trimmed(code)));
    return machine.enrol({arguments.desk_host, arguments.desk_port}, read, trimmed(seat));
}

Status enrol_from_file(World& world, const Arguments& arguments, Machine& machine) {
    if (arguments.room_code_file.empty()) {
        return fail(Code::kUsage, "terminal.option.room-code-file"_id);
    }
    ASSAY_TRY(const Bytes bytes,
              read_file(world.disk, arguments.room_code_file, kRoomCodeBytesMax));
    return enrol_with(arguments, machine, to_string(bytes), arguments.seat);
}

}  // namespace assay::terminal
