#include <algorithm>
#include <iostream>

#include "crypto/command/program.h"
#include "kiosk-config/report.h"

namespace {

using namespace assay;

struct Options {
    std::string root = "/";
    std::string files;
    std::string desk;
    bool json = false;
    bool this_machine = false;
};

/// Installed beside the program, or in the tree that it was built from.
Path files_folder(const Options& options, const Path& program) {
    if (!options.files.empty()) {
        return options.files;
    }
    const Path bin = program.parent_path();
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

/// One technician at one machine.
class Technician {
  public:
    Technician(command::Program& program, Options& options)
        : session_(program.session()), program_(program.own()), options_(options) {}

    Result<int> list() const {
        std::cout << kiosk::list_text(session_.texts, session_.language);
        return 0;
    }
    Result<int> verify() const {
        kiosk::Tree tree(options_.root);
        const kiosk::Kiosk machine(tree, files_folder(options_, program_));
        ASSAY_TRY(const auto rows, machine.verify());
        std::cout << (options_.json ? kiosk::report_json(rows, session_.texts, session_.language)
                                    : kiosk::report_text(rows, session_.texts, session_.language));
        const bool all = std::ranges::all_of(rows, [](const auto& row) { return row.holds(); });
        return all ? 0 : command::kDoesNotHoldExit;
    }
    Result<int> apply() const {
        ASSAY_TRY_STATUS(may_change(options_));
        ASSAY_TRY(const kiosk::Desk desk, kiosk::Desk::parse(options_.desk));
        kiosk::Tree tree(options_.root);
        kiosk::Kiosk machine(tree, files_folder(options_, program_));
        ASSAY_TRY_STATUS(machine.apply(desk));
        command::print(session_.say("kiosk.done.applied"_id));
        return 0;
    }
    Result<int> revert() const {
        ASSAY_TRY_STATUS(may_change(options_));
        kiosk::Tree tree(options_.root);
        kiosk::Kiosk machine(tree, files_folder(options_, program_));
        ASSAY_TRY(const auto not_back, machine.revert());
        if (!not_back.empty()) {
            return partly_reverted(not_back);
        }
        command::print(session_.say("kiosk.done.reverted"_id));
        return 0;
    }

  private:
    Error partly_reverted(const std::vector<kiosk::NotReverted>& not_back) const {
        for (const kiosk::NotReverted& each : not_back) {
            command::tell(
                session_.say("kiosk.revert.not-back"_id,
                             {{"row", std::string(each.row)}, {"path", "/" + each.path.string()}}));
            command::tell("  " + session_.say(each.why.what));
            command::tell("  " + session_.texts.hint(session_.language, each.why));
        }
        return fail(not_back.front().why.code, "kiosk.revert.partly"_id,
                    {{"count", std::to_string(not_back.size())}});
    }

    const command::Session& session_;
    const Path& program_;
    const Options& options_;
};

void add_commands(command::CommandLine& line, Options& options, const Technician& technician) {
    const auto add = [&](const char* name, MessageId help, Result<int> (Technician::*act)() const) {
        CLI::App& added =
            line.command(name, help, [&technician, act] { return (technician.*act)(); });
        line.option(added, "--root", options.root, "kiosk.help.root"_id);
        line.option(added, "--files", options.files, "kiosk.help.files"_id);
        return &added;
    };
    add("list", "kiosk.help.list"_id, &Technician::list);
    CLI::App* const look = add("verify", "kiosk.help.verify"_id, &Technician::verify);
    line.flag(*look, "--json", options.json, "kiosk.help.json"_id);
    CLI::App* const change = add("apply", "kiosk.help.apply"_id, &Technician::apply);
    line.required(*change, "--desk", options.desk, "kiosk.help.desk"_id);
    CLI::App* const back = add("revert", "kiosk.help.revert"_id, &Technician::revert);
    for (CLI::App* const changing : {change, back}) {
        line.flag(*changing, "--yes-change-this-machine", options.this_machine,
                  "kiosk.help.this-machine"_id);
    }
}

}  // namespace

int main(int argc, char** argv) {
    command::Program program("assay-kiosk", argc, argv);
    Options options;
    const Technician technician(program, options);
    command::CommandLine line(program.session(), program.name(), "kiosk.help.program"_id);
    add_commands(line, options, technician);
    return program.run(line, argc, argv);
}
