#include <filesystem>
#include <iostream>
#include <thread>

#include "crypto/process.h"
#include "terminal/enrolment.h"
#include "terminal/scripted.h"
#include "terminal/window.h"

namespace {

using namespace assay;
using namespace assay::terminal;

constexpr std::chrono::milliseconds kAgain{1000};

Path own_program() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored);
}

text::Texts load_texts(Disk& disk, const Arguments& arguments) {
    const Path folder =
        arguments.locale.empty() ? text::locale_folder_beside(own_program()) : arguments.locale;
    auto texts = text::Texts::load(disk, folder);
    return texts.ok() ? std::move(*texts) : text::Texts();
}

/// The first process: starts the terminal and starts it again when something kills it.
Result<int> keep(World& world, int argc, char** argv) {
    platform::KeeperSettings settings;
    settings.program = own_program();
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

int report(const text::Texts& texts, const Arguments& arguments, const Error& error) {
    std::cerr << texts.say_error(text::language_from(arguments.language), error) << '\n';
    return exit_code(error.code);
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (const auto ended = read_arguments(argc, argv, arguments)) {
        return *ended;
    }
    if (arguments.proctor.empty()) {
        arguments.proctor = own_program().parent_path() / "assay-proctor";
    }
    World world;
    const text::Texts texts = load_texts(world.disk, arguments);
    if (const Status ready = crypto::start_process(); !ready.ok()) {
        world.log.error(ready.error());
        if (ready.error().code != Code::kUnavailable) {
            return report(texts, arguments, ready.error());
        }
    }
    const Result<int> done =
        arguments.kept ? run(world, arguments, texts) : keep(world, argc, argv);
    return done.ok() ? *done : report(texts, arguments, done.error());
}
