#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "crypto/process.h"
#include "crypto/random.h"
#include "crypto/text/texts.h"
#include "terminal/desk/command_line.h"
#include "terminal/desk/console.h"
#include "terminal/desk/line_reader.h"
#include "terminal/desk/pin_source.h"
#include "terminal/desk/ui/app.h"

namespace {

using namespace assay;

constexpr std::uint64_t kRingFileBytesMax = 64U << 10U;

/// What main owns; everything else borrows from it.
struct Program {
    desk::CommandLine line;
    SystemDisk disk;
    SystemClock clock;
    crypto::SystemRandom random;
    Log log = Log::to_stderr("assay-desk");
    text::Texts texts;
    text::Language language = text::Language::kChinese;
    crypto::SecretBytes ring_pin;
    crypto::SecretBytes room_pin;
};

void add_options(CLI::App& app, desk::CommandLine& line) {
    app.add_option("--folder", line.folder, "the desk's folder")->required();
    app.add_option("--keys", line.keys, "key ring of this desk, an age file under a PIN")
        ->required();
    app.add_option("--pin-fd", line.pin_fd, "descriptor with the PIN of the key ring, a line");
    app.add_option("--sitting", line.sitting, "id of the sitting")->required();
    app.add_option("--room", line.room, "id of the room")->required();
    app.add_option("--listen", line.listen, "address for terminals");
    app.add_option("--port", line.port, "port for terminals; 0: any free one");
    auto* server = app.add_option("--server", line.server, "HOST:PORT of the server");
    app.add_option("--server-key", line.server_key, "the server's TLS key, 64 hex digits")
        ->needs(server);
    auto* rows = app.add_option("--rows", line.rows, "rows of the first key list");
    app.add_option("--key-list", line.key_list, "the first key list, signed")->needs(rows);
    app.add_option("--ready-file", line.ready_file, "written when the desk listens");
    app.add_option("--language", line.language, "zh_CN or en");
    app.add_option("--locale", line.locale, "folder of the catalogues");
    app.add_option("--seats", line.seats_max, "terminals that one room code admits");
    app.add_option("--window", line.window, "size of the window, 1366x768");
    app.add_flag("--no-window", line.no_window, "commands on standard input, JSON out");
    app.add_flag("--console", line.console, "commands on standard input beside the window");
}

void load_texts(Program& program) {
    std::error_code ignored;
    const Path own = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const Path folder =
        program.line.locale.empty() ? text::locale_folder_beside(own) : Path(program.line.locale);
    Result<text::Texts> texts = text::Texts::load(program.disk, folder);
    if (texts.ok()) {
        program.texts = std::move(*texts);
    }
    program.language = text::language_from(program.line.language);
}

desk::Console make_console(Program& program, desk::Station& station) {
    return desk::Console(station, program.disk, [&program]() -> Result<crypto::SecretBytes> {
        if (program.room_pin.empty()) {
            auto line = desk::read_pin_line(program.line.pin_fd);
            program.room_pin = line.ok() ? std::move(*line) : program.ring_pin.copy();
        }
        return program.room_pin.copy();
    });
}

Status run_console(Program& program, desk::Station& station) {
    desk::Console console = make_console(program, station);
    std::string line;
    while (!console.finished() && std::getline(std::cin, line)) {
        std::cout << console.run(line) << std::endl;
        ASSAY_TRY_STATUS(desk::write_ready_file(program.disk, program.line, station));
    }
    return Ok{};
}

Status run_window(Program& program, desk::Station& station) {
    desk_ui::WindowOptions options;
    options.language = program.language;
    if (std::sscanf(program.line.window.c_str(), "%dx%d", &options.width, &options.height) != 2) {
        return fail(Code::kUsage, "desk.option.window"_id);
    }
    std::optional<desk::Console> console;
    std::jthread commands;
    if (program.line.console) {
        console.emplace(make_console(program, station));
        commands = std::jthread([&](const std::stop_token& stop) {
            desk::read_lines(STDIN_FILENO, stop, [&](const std::string& line) {
                std::cout << console->run(line) << std::endl;
                return !console->finished() &&
                       desk::write_ready_file(program.disk, program.line, station).ok();
            });
        });
    }
    return desk_ui::run_window(station, program.texts, options)
               ? Status(Ok{})
               : fail(Code::kUnavailable, "desk.window.none"_id);
}

Status run(Program& program) {
    ASSAY_TRY(const desk::StationConfig config, desk::station_config(program.disk, program.line));
    ASSAY_TRY(program.ring_pin, desk::read_pin_line(program.line.pin_fd));
    ASSAY_TRY(const Bytes file, read_file(program.disk, program.line.keys, kRingFileBytesMax));
    ASSAY_TRY(const crypto::KeyRing ring, crypto::KeyRing::unlock(file, program.ring_pin));
    ASSAY_TRY(const auto station,
              desk::Station::start({program.disk, program.clock, program.random, program.log}, ring,
                                   config));
    ASSAY_TRY_STATUS(desk::write_ready_file(program.disk, program.line, *station));
    return program.line.no_window ? run_console(program, *station) : run_window(program, *station);
}

int report(const Program& program, const Error& error) {
    std::cerr << program.texts.say_error(program.language, error) << '\n';
    return exit_code(error.code);
}

}  // namespace

int main(int argc, char** argv) {
    Program program;
    CLI::App app("The invigilators' desk of one room.", "assay-desk");
    add_options(app, program.line);
    CLI11_PARSE(app, argc, argv);
    load_texts(program);
    const Status started = crypto::start_process();
    if (!started.ok()) {
        report(program, started.error());
        if (started.error().code != Code::kUnavailable) {
            return exit_code(started.error().code);
        }
    }
    const Status done = run(program);
    return done.ok() ? 0 : report(program, done.error());
}
