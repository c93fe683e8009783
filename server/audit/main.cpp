#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "crypto/process.h"
#include "server/audit/session.h"

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

int refuse(const audit::Session& session, const Error& error) {
    std::cerr << session.texts.say_error(session.language, error) << '\n';
    return exit_code(error.code);
}

int run(const audit::Session& session, int argc, char** argv) {
    CLI::App app(session.say("audit.help.program"_id), "assay-audit");
    audit::CommandLine line(app, session);
    std::string language;
    line.option(app, "--language", language, "audit.help.language"_id);
    audit::add_folder_commands(line);
    audit::add_proof_commands(line);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help, std::cout, std::cerr);
    } catch (const CLI::ParseError& error) {
        return refuse(session, fail(Code::kUsage, "audit.usage"_id, {{"detail", error.what()}}));
    }
    const Result<audit::Report> report = line.chosen()();
    if (!report.ok()) {
        return refuse(session, report.error());
    }
    std::cout << (line.json ? report->json(session.texts, session.language)
                            : report->text(session.texts, session.language));
    return report->exit_code();
}

}  // namespace

int main(int argc, char** argv) {
    SystemDisk disk;
    const text::Texts texts = load_texts(disk);
    const audit::Session session{disk, texts, text::language_from(language_tag(argc, argv))};
    const Status started = crypto::start_process();
    if (!started.ok()) {
        const int code = refuse(session, started.error());
        if (started.error().code != Code::kUnavailable) {
            return code;
        }
    }
    return run(session, argc, argv);
}
