#pragma once

#include <optional>
#include <string>

#include "crypto/command/command_line.h"

namespace assay::terminal {

/// What the command line says. Nothing secret is in it: the room code comes from a file or is
/// typed.
struct Arguments {
    Path folder;
    std::string desk_host;
    std::uint16_t desk_port = 0;
    Path room_code_file;  ///< empty: typed on the first screen
    std::string seat;
    text::Language language = text::Language::kChinese;  ///< before somebody chose one
    std::string theme = "light";
    double scale = 1.0;
    std::optional<std::pair<int, int>> window;  ///< none: full screen
    std::string camera = "v4l2";                ///< terminal/proctor/README.md, or "none"
    Path models;
    Path locale;
    Path proctor;  ///< assay-proctor; beside this program by default
    Path proctor_socket = "/run/assay-proctor.sock";  ///< the kiosk's; preferred where it is
    bool no_window = false;
    Path script;            ///< answers of a candidate without a window
    int pause_ms = 1500;    ///< longest pause between two of them
    bool wait_end = false;  ///< do not hand in: wait until the desk ends it
    bool kept = false;      ///< started by the keeper
};

/// The options that are texts with a form of their own, before check_arguments() reads them.
struct RawArguments {
    std::string desk;    ///< HOST:PORT; IPv6 in brackets
    std::string window;  ///< WIDTHxHEIGHT in pixels, empty for the full screen
};

void add_options(command::CommandLine& line, Arguments& out, RawArguments& raw);

/// Fills what RawArguments say. Errors: kUsage.
Status check_arguments(const RawArguments& raw, Arguments& out);

}  // namespace assay::terminal
