#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "crypto/process.h"
#include "crypto/random.h"
#include "server/cli/command_line.h"

namespace {

using namespace assay;

/// --lang before anything else is read, so that --help already speaks it.
std::string language_tag(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string_view(argv[i]) == "--lang") {
            return argv[i + 1];
        }
    }
    for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != 0) {
            return value;
        }
    }
    return "en";
}

text::Texts load_texts(Disk& disk) {
    std::error_code ignored;
    const Path own = std::filesystem::read_symlink("/proc/self/exe", ignored);
    Result<text::Texts> texts = text::Texts::load(disk, text::locale_folder_beside(own));
    return texts.ok() ? std::move(*texts) : text::Texts();
}

int report(const server_cli::Session& session, const Error& error) {
    server_cli::tell(session.texts.say_error(session.language, error));
    return exit_code(error.code);
}

int run(const server_cli::Session& session, int argc, char** argv) {
    CLI::App app(session.say("server.help.program"_id), "assay-server");
    server_cli::CommandLine line(app, session);
    std::string language;
    line.option(app, "--lang", language, "server.help.language"_id);
    server_cli::add_keep_commands(line);
    server_cli::add_draft_commands(line);
    server_cli::add_plan_command(line);
    server_cli::add_run_command(line);
    server_cli::add_import_command(line);
    server_cli::add_score_commands(line);
    server_cli::add_status_command(line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help, std::cout, std::cerr);
    } catch (const CLI::ParseError& error) {
        return report(session, fail(Code::kUsage, "server.usage"_id, {{"detail", error.what()}}));
    }
    const auto done = line.chosen()();
    return done.ok() ? *done : report(session, done.error());
}

}  // namespace

int main(int argc, char** argv) {
    SystemDisk disk;
    const text::Texts texts = load_texts(disk);
    const Status started = crypto::start_process();
    crypto::SystemRandom random;
    SystemClock clock;
    Log log = Log::to_stderr("assay-server");
    const server_cli::Session session{disk, random, clock,
                                      log,  texts,  text::language_from(language_tag(argc, argv))};
    if (!started.ok()) {
        const int code = report(session, started.error());
        if (started.error().code != Code::kUnavailable) {
            return code;
        }
    }
    return run(session, argc, argv);
}
