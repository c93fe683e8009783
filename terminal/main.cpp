#include <thread>

#include "crypto/command/program.h"
#include "terminal/enrolment.h"
#include "terminal/scripted.h"
#include "terminal/window.h"

namespace {

using namespace assay;
using namespace assay::terminal;

constexpr std::chrono::milliseconds kAgain{1000};

/// The first process: starts the terminal and starts it again when something kills it.
Result<int> keep(World& world, const Path& own, int argc, char** argv) {
    platform::KeeperSettings settings;
    settings.program = own;
    settings.arguments.assign(argv + 1, argv + argc);
    settings.arguments.emplace_back("--kept");
    platform::Keeper keeper(std::move(settings), world.clock, world.log);
    return keeper.run();
}

Status run_script(World& world, const Arguments& arguments, Machine& machine,
                  platform::KeptKey* keeper) {
    Script script;
    if (!arguments.script.empty()) {
        ASSAY_TRY(const Bytes json, read_file(world.disk, arguments.script, kScriptBytesMax));
        ASSAY_TRY(script, read_script(json));
    }
    if (!machine.enrolled()) {
        ASSAY_TRY_STATUS(enrol_from_file(world, arguments, machine));
    }
    while (true) {
        auto seat = Seat::open(world, arguments, machine, keeper);
        if (seat.ok()) {
            return sit_by_script(world, arguments, **seat, script);
        }
        if (seat.error().code != Code::kUnavailable) {
            return seat.error();
        }
        world.log.error(seat.error());
        std::this_thread::sleep_for(kAgain);  // the desk is away
    }
}

Result<int> run(World& world, const Arguments& arguments, const text::Texts& texts) {
    ASSAY_TRY(Machine machine, Machine::open(world.disk, world.random, arguments.folder));
    auto keeper = platform::KeptKey::connect();
    platform::KeptKey* const kept = keeper.ok() ? &*keeper : nullptr;
    if (!arguments.no_window) {
        return run_window(world, arguments, texts, machine, kept);
    }
    ASSAY_TRY_STATUS(run_script(world, arguments, machine, kept));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    command::Program program("assay-terminal", argc, argv, "zh-CN");
    Arguments arguments;
    RawArguments raw;
    World world;
    command::CommandLine line(program.session(), program.name(), "terminal.help.program"_id);
    add_options(line, arguments, raw);
    line.acts([&]() -> Result<int> {
        ASSAY_TRY_STATUS(check_arguments(raw, arguments));
        if (!arguments.locale.empty()) {
            ASSAY_TRY_STATUS(program.load_texts(arguments.locale));
        }
        arguments.language = program.session().language;
        if (arguments.proctor.empty()) {
            arguments.proctor = program.own().parent_path() / "assay-proctor";
        }
        return arguments.kept ? run(world, arguments, program.session().texts)
                              : keep(world, program.own(), argc, argv);
    });
    return program.run(line, argc, argv);
}
