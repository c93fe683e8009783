#include "server/audit/session.h"

namespace assay::audit {

CommandLine::CommandLine(CLI::App& app, const Session& session) : app_(app), session_(session) {
    dress(app);
    app.require_subcommand(1);
    app.add_flag("--json", json, session.say("audit.help.json"_id));
}

CLI::App& CommandLine::dress(CLI::App& app) {
    app.set_help_flag("-h,--help", session_.say("audit.help.help"_id));
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", session_.say("audit.help.label-usage"_id));
    formatter->label("OPTIONS", session_.say("audit.help.label-options"_id));
    formatter->label("SUBCOMMAND", session_.say("audit.help.label-command"_id));
    formatter->label("SUBCOMMANDS", session_.say("audit.help.label-command"_id));
    formatter->label("Positionals", session_.say("audit.help.label-positionals"_id));
    formatter->label("REQUIRED", session_.say("audit.help.label-required"_id));
    formatter->column_width(30);
    app.formatter(formatter);
    app.get_option("--help")->group(session_.say("audit.help.label-options"_id));
    app.option_defaults()->group(session_.say("audit.help.label-options"_id));
    return app;
}

CLI::App& CommandLine::command(const char* name, MessageId help, Action action) {
    CLI::App& out = *app_.add_subcommand(name, session_.say(help));
    dress(out);
    out.fallthrough();  // --json and --language may stand behind the command as well
    out.group(session_.say("audit.help.label-commands"_id));
    out.callback([this, action = std::move(action)] { chosen_ = action; });
    return out;
}

}  // namespace assay::audit
