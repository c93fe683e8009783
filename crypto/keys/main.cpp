#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "crypto/keys/command_line.h"
#include "crypto/process.h"
#include "crypto/random.h"

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
    Result<text::Texts> texts = text::Texts::load(disk, text::locale_folder_beside(own));
    return texts.ok() ? std::move(*texts) : text::Texts();
}

int report(const keys::Session& session, const Error& error) {
    keys::tell(session.texts.say_error(session.language, error));
    return exit_code(error.code);
}

int run(const keys::Session& session, int argc, char** argv) {
    CLI::App app(session.say("keys.help.program"_id), "assay-keys");
    keys::CommandLine line(app, session);
    std::string language;
    line.option(app, "--language", language, "keys.help.language"_id);
    keys::add_ring_commands(line);
    keys::add_file_commands(line);
    keys::add_age_commands(line);
    keys::add_share_commands(line);
    keys::add_statement_commands(line);
    keys::add_list_commands(line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help, std::cout, std::cerr);
    } catch (const CLI::ParseError& error) {
        return report(session, fail(Code::kUsage, "keys.usage"_id, {{"detail", error.what()}}));
    }
    const Status done = line.chosen()();
    return done.ok() ? 0 : report(session, done.error());
}

}  // namespace

int main(int argc, char** argv) {
    SystemDisk disk;
    const text::Texts texts = load_texts(disk);
    const text::Language language = text::language_from(language_tag(argc, argv));
    const Status started = crypto::start_process();
    crypto::SystemRandom random;
    const SystemClock clock;
    const keys::Session session{disk, random, clock, texts, language};
    if (!started.ok()) {
        const int code = report(session, started.error());
        if (started.error().code != Code::kUnavailable) {
            return code;
        }
    }
    return run(session, argc, argv);
}
