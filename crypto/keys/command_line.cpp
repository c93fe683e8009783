#include "crypto/keys/command_line.h"

namespace assay::keys {

CommandLine::CommandLine(CLI::App& app, const Session& session) : app_(app), session_(session) {
    dress(app);
    app.require_subcommand(1);
}

CLI::App& CommandLine::dress(CLI::App& app) {
    app.set_help_flag("-h,--help", session_.say("keys.help.help"_id));
    const auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", session_.say("keys.help.label-usage"_id));
    formatter->label("OPTIONS", session_.say("keys.help.label-options"_id));
    formatter->label("SUBCOMMAND", session_.say("keys.help.label-command"_id));
    formatter->label("SUBCOMMANDS", session_.say("keys.help.label-command"_id));
    formatter->label("Positionals", session_.say("keys.help.label-positionals"_id));
    formatter->label("REQUIRED", session_.say("keys.help.label-required"_id));
    formatter->column_width(36);
    app.formatter(formatter);
    app.get_option("--help")->group(session_.say("keys.help.label-options"_id));
    app.option_defaults()->group(session_.say("keys.help.label-options"_id));
    return app;
}

CLI::App& CommandLine::group(const char* name, MessageId help) {
    CLI::App& out = *app_.add_subcommand(name, session_.say(help));
    dress(out).require_subcommand(1);
    out.group(session_.say("keys.help.label-commands"_id));
    return out;
}

CLI::App& CommandLine::command(CLI::App& parent, const char* name, MessageId help, Action action) {
    CLI::App& out = *parent.add_subcommand(name, session_.say(help));
    dress(out);
    out.group(session_.say("keys.help.label-commands"_id));
    out.callback([this, action = std::move(action)] { chosen_ = action; });
    return out;
}

void CommandLine::pin(CLI::App& command, PinSource& source, const char* name) {
    option(command, name, source.fd, "keys.help.pin-fd"_id);
}

Result<crypto::KeyRing> open_ring(const Session& session, const Path& path,
                                  const PinSource& source) {
    // The file first: a wrong path should not cost a PIN.
    ASSAY_TRY(const Bytes file, read_file(session.disk, path, crypto::kKeyRingBytesMax));
    ASSAY_TRY(const crypto::SecretBytes pin, read_pin(session, source));
    return crypto::KeyRing::unlock(file, pin);
}

}  // namespace assay::keys
