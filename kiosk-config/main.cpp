#include <iostream>

#include <CLI/CLI.hpp>

#include "kiosk-config/report.h"

namespace {

using namespace assay;

constexpr int kDoesNotHold = 1;

struct Options {
    std::string root = "/";
    std::string files;
    std::string desk;
    std::string language = "en";
    bool json = false;
    bool this_machine = false;
};

/// Installed beside the program, or in the tree that it was built from.
Path files_folder(const Options& options) {
    if (!options.files.empty()) {
        return options.files;
    }
    const Path bin = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const Path installed = bin / "../share/assay/kiosk";
    return std::filesystem::exists(installed) ? installed : bin / "../../../kiosk-config/files";
}

Status may_change(const Options& options) {
    std::error_code failed;
    const bool real = std::filesystem::equivalent(options.root, "/", failed);
    if ((real || failed) && !options.this_machine) {
        return fail(Code::kRefused, "kiosk.change.refused"_id, {{"root", options.root}});
    }
    return Ok();
}

Status apply(kiosk::Kiosk& machine, const Options& options) {
    ASSAY_TRY_STATUS(may_change(options));
    ASSAY_TRY(const kiosk::Desk desk, kiosk::Desk::parse(options.desk));
    return machine.apply(desk);
}

Status revert(kiosk::Kiosk& machine, const Options& options) {
    ASSAY_TRY_STATUS(may_change(options));
    return machine.revert();
}

void add_options(CLI::App& app, Options& options) {
    app.add_option("--root", options.root, "The machine's tree, or a copy of one");
    app.add_option("--files", options.files, "Folder with the files that the rows lay down");
    app.add_option("--lang", options.language, "en or zh-CN");
}

/// What the program knows how to say, and to whom.
struct Voice {
    text::Texts texts;
    text::Language language;
};

int finish(const Status& done, const Voice& voice, MessageId said) {
    if (!done.ok()) {
        std::cerr << voice.texts.say_error(voice.language, done.error()) << "\n";
        return exit_code(done.error().code);
    }
    std::cout << voice.texts.say(voice.language, said) << "\n";
    return 0;
}

int verify(const kiosk::Kiosk& machine, const Options& options, const Voice& voice) {
    const auto rows = machine.verify();
    if (!rows.ok()) {
        std::cerr << voice.texts.say_error(voice.language, rows.error()) << "\n";
        return exit_code(rows.error().code);
    }
    std::cout << (options.json ? kiosk::report_json(*rows, voice.texts, voice.language)
                               : kiosk::report_text(*rows, voice.texts, voice.language));
    const bool all =
        std::all_of(rows->begin(), rows->end(), [](const auto& r) { return r.holds(); });
    return all ? 0 : kDoesNotHold;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app(
        "Turns a bare Debian machine into an examination kiosk, and proves that it is one.");
    app.require_subcommand(1);
    CLI::App* list = app.add_subcommand("list", "Show the rows");
    CLI::App* look = app.add_subcommand("verify", "Say for each row whether it holds");
    CLI::App* change = app.add_subcommand("apply", "Make every row hold, old values first");
    CLI::App* back = app.add_subcommand("revert", "Put every old value back");
    for (CLI::App* command : {list, look, change, back}) {
        add_options(*command, options);
    }
    look->add_flag("--json", options.json, "For programs");
    change->add_option("--desk", options.desk, "ADDRESS:PORT of the desk, several with ','")
        ->required();
    for (CLI::App* command : {change, back}) {
        command->add_flag("--yes-change-this-machine", options.this_machine,
                          "Needed where the root is this machine");
    }
    CLI11_PARSE(app, argc, argv);

    SystemDisk disk;
    auto texts = text::Texts::load(
        disk, text::locale_folder_beside(std::filesystem::read_symlink("/proc/self/exe")));
    const Voice voice{texts.ok() ? std::move(*texts) : text::Texts(),
                      text::language_from(options.language)};
    kiosk::Tree tree(options.root);
    kiosk::Kiosk machine(tree, files_folder(options));
    if (list->parsed()) {
        std::cout << kiosk::list_text(voice.texts, voice.language);
        return 0;
    }
    if (look->parsed()) {
        return verify(machine, options, voice);
    }
    return change->parsed() ? finish(apply(machine, options), voice, "kiosk.done.applied"_id)
                            : finish(revert(machine, options), voice, "kiosk.done.reverted"_id);
}
