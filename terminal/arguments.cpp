#include "terminal/arguments.h"

#include <charconv>

#include <CLI/CLI.hpp>

namespace assay::terminal {
namespace {

constexpr int kUsage = 2;

bool read_number(std::string_view text, int& out) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc() && end == text.data() + text.size();
}

/// "HOST:PORT"; IPv6 in brackets.
std::string read_desk(const std::string& text, Arguments& out) {
    const std::size_t colon = text.rfind(':');
    int port = 0;
    if (colon == std::string::npos ||
        !read_number(std::string_view(text).substr(colon + 1), port) || port < 1 || port > 65535) {
        return "HOST:PORT is expected";
    }
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    out.desk_host = host;
    out.desk_port = static_cast<std::uint16_t>(port);
    return {};
}

/// "WIDTHxHEIGHT" in pixels.
std::string read_window(const std::string& text, Arguments& out) {
    const std::size_t cross = text.find('x');
    int width = 0;
    int height = 0;
    const std::string_view view = text;
    if (cross == std::string::npos || !read_number(view.substr(0, cross), width) ||
        !read_number(view.substr(cross + 1), height) || width < 800 || height < 600 ||
        width > 16384 || height > 16384) {
        return "WIDTHxHEIGHT is expected, at least 800x600";
    }
    out.window.emplace(width, height);
    return {};
}

void add_options(CLI::App& app, Arguments& out) {
    app.add_option("--folder", out.folder, "State of this machine: keys, store, sittings")
        ->required();
    app.add_option_function<std::string>(
           "--desk",
           [&out](const std::string& text) {
               if (const std::string wrong = read_desk(text, out); !wrong.empty()) {
                   throw CLI::ValidationError("--desk", wrong);
               }
           },
           "Address of the desk, HOST:PORT")
        ->required();
    app.add_option("--room-code-file", out.room_code_file, "Enrol with the room code in this file");
    app.add_option("--seat", out.seat, "Seat of this machine, for the enrolment");
    app.add_option("--language", out.language, "Language before somebody chose one: zh-CN or en");
    app.add_option("--theme", out.theme, "light, dark or contrast")
        ->check(CLI::IsMember({"light", "dark", "contrast"}));
    app.add_option("--scale", out.scale, "Size of words and controls")
        ->check(CLI::Range(0.75, 3.0));
    app.add_option_function<std::string>(
        "--window",
        [&out](const std::string& text) {
            if (const std::string wrong = read_window(text, out); !wrong.empty()) {
                throw CLI::ValidationError("--window", wrong);
            }
        },
        "WIDTHxHEIGHT of a window, in place of the full screen");
    app.add_option("--camera", out.camera,
                   "v4l2[:DEVICE], mjpeg:FILE, images:FOLDER, script:FILE or none");
    app.add_option("--models", out.models, "Folder with the face model");
    app.add_option("--locale", out.locale, "Folder with the catalogues");
    app.add_option("--proctor", out.proctor, "The camera program");
    app.add_flag("--no-window", out.no_window, "Run the sitting without a window");
    app.add_option("--script", out.script, "Answers to give without a window, JSON");
    app.add_option("--pause", out.pause_ms, "Longest pause between two of them, milliseconds")
        ->check(CLI::Range(0, 60000));
    app.add_flag("--wait-end", out.wait_end, "Without a window: let the desk end the examination");
    app.add_flag("--kept", out.kept, "")->group("");
}

}  // namespace

std::optional<int> read_arguments(int argc, char** argv, Arguments& out) {
    CLI::App app("The candidate's side of an Assay examination", "assay-terminal");
    add_options(app, out);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return kUsage;
    }
    return std::nullopt;
}

}  // namespace assay::terminal
