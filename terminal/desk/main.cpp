#include <cstdio>
#include <iostream>
#include <optional>
#include <thread>

#include <unistd.h>

#include "crypto/command/pin.h"
#include "crypto/command/program.h"
#include "terminal/desk/command_line.h"
#include "terminal/desk/console.h"
#include "terminal/desk/line_reader.h"
#include "terminal/desk/ui/app.h"

namespace {

using namespace assay;

/// One desk, from its command line to its end.
class Desk {
  public:
    explicit Desk(command::Program& program) : program_(program), session_(program.session()) {}

    void add_options(command::CommandLine& line) {
        CLI::App& app = line.root();
        line.required(app, "--folder", line_.folder, "desk.help.folder"_id);
        line.required(app, "--keys", line_.keys, "desk.help.keys"_id);
        command::pin_option(line, app, pin_);
        line.required(app, "--sitting", line_.sitting, "desk.help.sitting"_id);
        line.required(app, "--room", line_.room, "desk.help.room"_id);
        line.option(app, "--listen", line_.listen, "desk.help.listen"_id);
        line.option(app, "--port", line_.port, "desk.help.port"_id);
        auto* server = line.option(app, "--server", line_.server, "desk.help.server"_id);
        line.option(app, "--server-key", line_.server_key, "desk.help.server-key"_id)
            ->needs(server);
        auto* rows = line.option(app, "--rows", line_.rows, "desk.help.rows"_id);
        line.option(app, "--key-list", line_.key_list, "desk.help.key-list"_id)->needs(rows);
        line.option(app, "--ready-file", line_.ready_file, "desk.help.ready-file"_id);
        line.option(app, "--locale", line_.locale, "desk.help.locale"_id);
        line.option(app, "--seats", line_.seats_max, "desk.help.seats"_id);
        auto* window = line.option(app, "--window", line_.window, "desk.help.window"_id);
        line.flag(app, "--no-window", line_.no_window, "desk.help.no-window"_id)->excludes(window);
        line.option(app, "--theme", line_.theme, "desk.help.theme"_id)
            ->check(CLI::IsMember({"light", "dark", "contrast"}));
        line.option(app, "--scale", line_.scale, "desk.help.scale"_id)
            ->check(CLI::Range(widgets::kScaleMin, widgets::kScaleMax));
        line.flag(app, "--console", line_.console, "desk.help.console"_id);
        line.acts([this] { return run(); });
    }

  private:
    Result<int> run() {
        if (!line_.locale.empty()) {
            ASSAY_TRY_STATUS(program_.load_texts(line_.locale));
        }
        ASSAY_TRY(const desk::StationConfig config, desk::station_config(session_.disk, line_));
        ASSAY_TRY(const Bytes file, read_file(session_.disk, line_.keys, crypto::kKeyRingBytesMax));
        ASSAY_TRY(ring_pin_, command::read_pin(session_, pin_));
        ASSAY_TRY(const crypto::KeyRing ring, crypto::KeyRing::unlock(file, *ring_pin_));
        ASSAY_TRY(const auto station, desk::Station::start({session_.disk, session_.clock,
                                                            session_.random, session_.log},
                                                           ring, config));
        ASSAY_TRY_STATUS(desk::write_ready_file(session_.disk, line_, *station));
        ASSAY_TRY_STATUS(line_.no_window ? run_console(*station) : run_window(*station));
        return 0;
    }

    /// The second line of the descriptor, read when a command first needs it; the ring's where
    /// there is none.
    Result<crypto::Pin> room_pin() {
        if (!room_pin_) {
            auto line = command::read_pin(session_, pin_);
            room_pin_ = line.ok() ? std::move(*line) : ring_pin_->copy();
        }
        return room_pin_->copy();
    }

    desk::Console make_console(desk::Station& station) {
        return {station, session_.disk, [this] { return room_pin(); },
                [this](const Error& error) { session_.log.error(error); }};
    }

    Status run_console(desk::Station& station) {
        desk::Console console = make_console(station);
        std::string line;
        while (!console.finished() && std::getline(std::cin, line)) {
            std::cout << console.run(line) << std::endl;
            ASSAY_TRY_STATUS(desk::write_ready_file(session_.disk, line_, station));
        }
        return Ok{};
    }

    Status run_window(desk::Station& station) {
        desk_ui::WindowOptions options;
        options.language = session_.language;
        options.look = {widgets::theme_from(line_.theme), line_.scale};
        if (std::sscanf(line_.window.c_str(), "%dx%d", &options.width, &options.height) != 2) {
            return fail(Code::kUsage, "desk.option.window"_id);
        }
        std::optional<desk::Console> console;
        std::jthread commands;
        if (line_.console) {
            console.emplace(make_console(station));
            commands = std::jthread([&](const std::stop_token& stop) {
                desk::read_lines(STDIN_FILENO, stop, [&](const std::string& line) {
                    std::cout << console->run(line) << std::endl;
                    return !console->finished() &&
                           desk::write_ready_file(session_.disk, line_, station).ok();
                });
            });
        }
        return desk_ui::run_window(station, session_.texts, options)
                   ? Status(Ok{})
                   : fail(Code::kUnavailable, "desk.window.none"_id);
    }

    command::Program& program_;
    const command::Session& session_;
    desk::CommandLine line_;
    command::PinSource pin_;
    std::optional<crypto::Pin> ring_pin_;
    std::optional<crypto::Pin> room_pin_;
};

}  // namespace

int main(int argc, char** argv) {
    command::Program program("assay-desk", argc, argv, "zh-CN");
    Desk desk(program);
    command::CommandLine line(program.session(), program.name(), "desk.help.program"_id);
    desk.add_options(line);
    return program.run(line, argc, argv);
}
