#pragma once

#include <optional>
#include <string>

#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::terminal {

/// What the command line says. Nothing secret is in it: the room code comes from a file or is
/// typed.
struct Arguments {
    Path folder;
    std::string desk_host;
    std::uint16_t desk_port = 0;
    Path room_code_file;  ///< empty: typed on the first screen
    std::string seat;
    std::string language = "zh-CN";
    std::string theme = "light";
    double scale = 1.0;
    std::optional<std::pair<int, int>> window;  ///< none: full screen
    std::string camera = "v4l2";                ///< terminal/proctor/README.md, or "none"
    Path models;
    Path locale;
    Path proctor;  ///< assay-proctor; beside this program by default
    bool no_window = false;
    Path script;            ///< answers of a candidate without a window
    int pause_ms = 1500;    ///< longest pause between two of them
    bool wait_end = false;  ///< do not hand in: wait until the desk ends it
    bool kept = false;      ///< started by the keeper
};

/// Reads the command line; help goes to standard output. An exit code where the program ends here.
std::optional<int> read_arguments(int argc, char** argv, Arguments& out);

}  // namespace assay::terminal
