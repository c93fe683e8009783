#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "crypto/process.h"
#include "crypto/random.h"
#include "question-bank/cli/command_line.h"

namespace {

using namespace assay;

/// --language before anything else is read, so that --help already speaks it.
std::string language_tag(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string_view(argv[i]) == "--language") {
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
    auto texts = text::Texts::load(disk, text::locale_folder_beside(own));
    return texts.ok() ? std::move(*texts) : text::Texts();
}

int report(const bank::Session& session, const Error& error) {
    bank::tell(session.texts.say_error(session.language, error));
    return exit_code(error.code);
}

int run(const bank::Session& session, int argc, char** argv) {
    CLI::App app(session.say("bank.help.program"_id), "assay-bank");
    bank::CommandLine line(app, session);
    std::string language;
    line.option(app, "--language", language, "bank.help.language"_id);
    bank::add_check_command(line);
    bank::add_score_command(line);
    bank::add_refuse_command(line);
    bank::add_seal_command(line);
    bank::add_verify_command(line);
    bank::add_open_command(line);
    bank::add_kit_command(line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help, std::cout, std::cerr);
    } catch (const CLI::ParseError& error) {
        return report(session, fail(Code::kUsage, "bank.usage"_id, {{"detail", error.what()}}));
    }
    const auto done = line.chosen()();
    return done.ok() ? *done : report(session, done.error());
}

}  // namespace

int main(int argc, char** argv) {
    SystemDisk disk;
    crypto::SystemRandom random;
    const SystemClock clock;
    const text::Texts texts = load_texts(disk);
    const bank::Session session{disk, random, clock, texts,
                                text::language_from(language_tag(argc, argv))};
    const auto started = crypto::start_process();
    if (!started.ok() && started.error().code != Code::kUnavailable) {
        return report(session, started.error());
    }
    return run(session, argc, argv);
}
