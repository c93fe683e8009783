#pragma once

#include "crypto/base/disk.h"
#include "terminal/desk/station.h"

namespace assay::desk {

/// What assay-desk was told, as text; main fills it.
struct CommandLine {
    std::string folder;
    std::string keys;
    std::string sitting;
    std::string room;
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;
    std::string server;
    std::string server_key;
    std::string key_list;
    std::string rows;
    std::string ready_file;
    std::string locale;
    std::string window = "1366x768";
    std::string theme = "light";
    double scale = 1.0;
    bool no_window = false;
    bool console = false;  ///< commands on standard input beside the window
    std::uint32_t seats_max = 60;
};

/// Reads ids, address and key files.
Result<StationConfig> station_config(Disk& disk, const CommandLine& line);

/// Tells whoever started us where we listen: {"port":...,"pid":...,"roomCode":...}.
Status write_ready_file(Disk& disk, const CommandLine& line, Station& station);

}  // namespace assay::desk
