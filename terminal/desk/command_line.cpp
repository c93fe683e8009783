#include "terminal/desk/command_line.h"

#include <unistd.h>

#include "crypto/record/document.h"

namespace assay::desk {
namespace {

constexpr std::uint64_t kKeyFileBytesMax = 1U << 20U;

struct Ready {
    std::uint16_t port = 0;
    std::int64_t pid = 0;
    std::optional<std::string> room_code;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("port", s.port);
        v.field("pid", s.pid);
        v.field("roomCode", s.room_code);
    }
};

template <typename Id>
Result<Id> id_of(const std::string& text, const char* option) {
    auto id = Id::from_hex(text);
    return id.ok() ? id : fail(Code::kUsage, "desk.option.id"_id, {{"option", option}});
}

}  // namespace

Result<StationConfig> station_config(Disk& disk, const CommandLine& line) {
    StationConfig out;
    out.room.folder = line.folder;
    ASSAY_TRY(out.room.sitting, id_of<SittingId>(line.sitting, "--sitting"));
    ASSAY_TRY(out.room.room, id_of<RoomId>(line.room, "--room"));
    out.room.seats_max = line.seats_max;
    out.listen = line.listen;
    out.port = line.port;
    if (!line.server.empty()) {
        ASSAY_TRY(out.server, ServerAddress::from(line.server, line.server_key));
    }
    if (!line.key_list.empty()) {
        protocol::KeyListReply keys;
        ASSAY_TRY(keys.list, read_file(disk, line.key_list, kKeyFileBytesMax));
        ASSAY_TRY(keys.rows, read_file(disk, line.rows, kKeyFileBytesMax));
        out.first_keys = std::move(keys);
    }
    return out;
}

Status write_ready_file(Disk& disk, const CommandLine& line, Station& station) {
    if (line.ready_file.empty()) {
        return Ok{};
    }
    const Ready ready{station.port(), ::getpid(), station.room().view().room_code};
    return write_file(disk, line.ready_file, record::write_document(ready));
}

}  // namespace assay::desk
