#include "terminal/arguments.h"

#include <charconv>

#include "terminal/widgets/look.h"

namespace assay::terminal {
namespace {

constexpr int kWidthMin = 800;
constexpr int kHeightMin = 600;
constexpr int kSideMax = 16384;

bool read_number(std::string_view text, int& out) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    return failed == std::errc() && end == text.data() + text.size();
}

Status read_desk(const std::string& text, Arguments& out) {
    const std::size_t colon = text.rfind(':');
    int port = 0;
    if (colon == std::string::npos || colon == 0 ||
        !read_number(std::string_view(text).substr(colon + 1), port) || port < 1 || port > 65535) {
        return fail(Code::kUsage, "terminal.option.desk"_id, {{"value", text}});
    }
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    out.desk_host = host;
    out.desk_port = static_cast<std::uint16_t>(port);
    return Ok{};
}

Status read_window(const std::string& text, Arguments& out) {
    const std::size_t cross = text.find('x');
    int width = 0;
    int height = 0;
    const std::string_view view = text;
    if (cross == std::string::npos || !read_number(view.substr(0, cross), width) ||
        !read_number(view.substr(cross + 1), height) || width < kWidthMin || height < kHeightMin ||
        width > kSideMax || height > kSideMax) {
        return fail(Code::kUsage, "terminal.option.window"_id, {{"value", text}});
    }
    out.window.emplace(width, height);
    return Ok{};
}

}  // namespace

void add_options(command::CommandLine& line, Arguments& out, RawArguments& raw) {
    CLI::App& app = line.root();
    line.required(app, "--folder", out.folder, "terminal.help.folder"_id);
    line.required(app, "--desk", raw.desk, "terminal.help.desk"_id);
    line.option(app, "--room-code-file", out.room_code_file, "terminal.help.room-code-file"_id);
    line.option(app, "--seat", out.seat, "terminal.help.seat"_id);
    line.option(app, "--theme", out.theme, "terminal.help.theme"_id)
        ->check(CLI::IsMember({"light", "dark", "contrast"}));
    line.option(app, "--scale", out.scale, "terminal.help.scale"_id)
        ->check(CLI::Range(widgets::kScaleMin, widgets::kScaleMax));
    line.option(app, "--window", raw.window, "terminal.help.window"_id);
    line.option(app, "--camera", out.camera, "terminal.help.camera"_id);
    line.option(app, "--models", out.models, "terminal.help.models"_id);
    line.option(app, "--locale", out.locale, "terminal.help.locale"_id);
    line.option(app, "--proctor", out.proctor, "terminal.help.proctor"_id);
    line.option(app, "--proctor-socket", out.proctor_socket, "terminal.help.proctor-socket"_id);
    line.flag(app, "--no-window", out.no_window, "terminal.help.no-window"_id);
    line.option(app, "--script", out.script, "terminal.help.script"_id);
    line.option(app, "--pause", out.pause_ms, "terminal.help.pause"_id)
        ->check(CLI::Range(0, 60000));
    line.flag(app, "--wait-end", out.wait_end, "terminal.help.wait-end"_id);
    app.add_flag("--kept", out.kept, "")->group("");
}

Status check_arguments(const RawArguments& raw, Arguments& out) {
    ASSAY_TRY_STATUS(read_desk(raw.desk, out));
    return raw.window.empty() ? Status(Ok{}) : read_window(raw.window, out);
}

}  // namespace assay::terminal
