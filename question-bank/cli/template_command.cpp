// assay-bank template --out FILE.xlsx: an example of the item sheet, a row of each type.
#include <memory>

#include "crypto/command/new_file.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/import/sheet.h"
#include "question-bank/sealed/zip.h"

namespace assay::bank {

namespace {

struct Options {
    std::string out;
    std::string language = "zh-CN";
};

Result<int> run(const Session& session, const Options& options) {
    const auto bytes = sealed::write_zip(import::sheet_template(options.language));
    ASSAY_TRY_STATUS(command::write_new(session.disk, options.out, bytes));
    print(session.say("bank.template.done"_id, {{"path", options.out}}));
    return 0;
}

}  // namespace

void add_template_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command = line.command("template", "bank.help.template"_id,
                                 [options, &session] { return run(session, *options); });
    line.required(command, "--out", options->out, "bank.help.template-out"_id);
    line.option(command, "--content-language", options->language, "bank.help.content-language"_id);
}

}  // namespace assay::bank
