#include "crypto/command/command_line.h"

#include <array>
#include <iostream>

#include "crypto/command/version.h"

namespace assay::command {
namespace {

constexpr std::size_t kHelpColumn = 36;

/// CLI11 knows what is wrong by its class only; the words of a person are ours.
Error usage(const std::string& program, const CLI::ParseError& error) {
    const std::string detail = error.what();
    const auto of = [&](MessageId id) {
        return fail(Code::kUsage, id, {{"detail", detail}, {"program", program}});
    };
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        constexpr std::string_view kTail = " is required";
        const std::string missing = detail.substr(0, detail.find(kTail));
        if (!missing.starts_with("-")) {
            return fail(Code::kUsage, "command.usage.command"_id, {{"program", program}});
        }
        return fail(Code::kUsage, "command.usage.missing"_id,
                    {{"option", missing}, {"program", program}});
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        const std::size_t colon = detail.find(": ");
        return fail(Code::kUsage, "command.usage.unknown"_id,
                    {{"word", colon == std::string::npos ? detail : detail.substr(colon + 2)},
                     {"program", program}});
    }
    if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr ||
        dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
        return of("command.usage.together"_id);
    }
    return of("command.usage.value"_id);
}

}  // namespace

CommandLine::CommandLine(const Session& session, const std::string& name, MessageId help)
    : session_(session), app_(session.say(help), name) {
    dress(app_);
    app_.add_option("--language", language_, session_.say("command.help.language"_id));
    app_.set_version_flag("--version", name + " " + version(),
                          session_.say("command.help.version"_id));
}

void CommandLine::dress(CLI::App& app) {
    app.set_help_flag("-h,--help", session_.say("command.help.help"_id));
    const auto formatter = std::make_shared<CLI::Formatter>();
    const std::array<std::pair<const char*, MessageId>, 6> labels{
        {{"Usage", "command.help.label-usage"_id},
         {"OPTIONS", "command.help.label-options"_id},
         {"SUBCOMMAND", "command.help.label-command"_id},
         {"SUBCOMMANDS", "command.help.label-command"_id},
         {"Positionals", "command.help.label-positionals"_id},
         {"REQUIRED", "command.help.label-required"_id}}};
    for (const auto& [key, id] : labels) {
        formatter->label(key, session_.say(id));
    }
    formatter->column_width(kHelpColumn);
    app.formatter(formatter);
    const std::string options = session_.say("command.help.label-options"_id);
    app.get_option("--help")->group(options);
    app.option_defaults()->group(options);
}

CLI::App& CommandLine::group(const char* name, MessageId help) {
    CLI::App& out = *app_.add_subcommand(name, session_.say(help));
    dress(out);
    app_.require_subcommand(1);
    out.require_subcommand(1);
    out.fallthrough();
    out.group(session_.say("command.help.label-commands"_id));
    return out;
}

CLI::App& CommandLine::command(CLI::App& parent, const char* name, MessageId help, Action action) {
    CLI::App& out = *parent.add_subcommand(name, session_.say(help));
    dress(out);
    parent.require_subcommand(1);
    out.fallthrough();  // what goes with every command may stand behind it as well
    out.group(session_.say("command.help.label-commands"_id));
    out.callback([this, action = std::move(action)] { chosen_ = action; });
    return out;
}

Result<bool> CommandLine::parse(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (const CLI::Success& shown) {  // --help, --version
        app_.exit(shown, std::cout, std::cerr);
        return false;
    } catch (const CLI::ParseError& error) {
        return usage(app_.get_name(), error);
    }
    return true;
}

}  // namespace assay::command
