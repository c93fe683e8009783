#include "crypto/command/command_line.h"

#include <array>
#include <iostream>
#include <span>

#include "crypto/command/help_formatter.h"
#include "crypto/command/version.h"
#include "crypto/text/choice.h"

namespace assay::command {
namespace {

constexpr std::size_t kHelpColumn = 36;

/// CLI11 says what is wrong by its class, and the names in an English sentence; the words of a
/// person are ours.
class Complaint {
  public:
    Complaint(const CLI::App& app, const CLI::ParseError& error)
        : program_(app.get_name()), error_(error), detail_(error.what()) {
        for (const std::string& word : app.remaining(true)) {
            unknown_ += (unknown_.empty() ? "" : " ") + word;
        }
    }

    Error said() const {
        // What is missing may stand there, but misspelt.
        const bool missing = is<CLI::RequiredError>();
        if (is<CLI::ExtrasError>() || (missing && !unknown_.empty())) {
            return of("command.usage.unknown"_id, {{"word", unknown_}});
        }
        if (missing) {
            return required();
        }
        if (is<CLI::RequiresError>()) {
            return pair("command.usage.needs"_id, " requires ");
        }
        if (is<CLI::ExcludesError>()) {
            return pair("command.usage.excludes"_id, " excludes ");
        }
        if (is<CLI::ArgumentMismatch>() && !before(": ").empty()) {
            return of("command.usage.no-value"_id, {{"option", before(": ")}});
        }
        return value();
    }

  private:
    template <typename Kind>
    bool is() const {
        return dynamic_cast<const Kind*>(&error_) != nullptr;
    }
    std::string before(std::string_view mark) const {
        const std::size_t at = detail_.find(mark);
        return at == std::string::npos ? std::string() : detail_.substr(0, at);
    }
    std::string after(std::string_view mark) const {
        const std::size_t at = detail_.find(mark);
        return at == std::string::npos ? std::string() : detail_.substr(at + mark.size());
    }
    Error of(MessageId id, Args args) const {
        args.emplace_back("program", program_);
        return fail(Code::kUsage, id, std::move(args));
    }
    Error pair(MessageId id, std::string_view word) const {
        return of(id, {{"option", before(word)}, {"other", after(word)}});
    }
    Error required() const {
        const std::string missing = before(" is required");
        if (missing.empty() || missing == "A subcommand") {
            return of("command.usage.command"_id, {});
        }
        return missing.starts_with("-") ? of("command.usage.missing"_id, {{"option", missing}})
                                        : of("command.usage.operand"_id, {{"operand", missing}});
    }
    /// "Could not convert: --x = y", "--x: y not in {a,b}", "--x: Value y not in range 1 to 2".
    Error value() const {
        if (is<CLI::ConversionError>() && !after("convert: ").empty()) {
            const std::string both = after("convert: ");
            const std::size_t equals = both.find(" = ");
            return of("command.usage.value"_id,
                      {{"option", both.substr(0, equals)},
                       {"value", equals == std::string::npos ? "" : both.substr(equals + 3)}});
        }
        const std::string range = after(" not in range ");
        if (const std::size_t to = range.find(" to "); to != std::string::npos) {
            return of("command.usage.range"_id, {{"option", before(": ")},
                                                 {"lowest", short_number(range.substr(0, to))},
                                                 {"highest", short_number(range.substr(to + 4))}});
        }
        if (!after(" not in ").empty() && !before(": ").empty()) {
            return of("command.usage.allowed"_id,
                      {{"option", before(": ")}, {"allowed", after(" not in ")}});
        }
        return of("command.usage.other"_id, {{"detail", detail_}});
    }

    const std::string program_;
    const CLI::ParseError& error_;
    const std::string detail_;
    std::string unknown_;  ///< in the order they were typed
};

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
    const auto formatter = std::make_shared<HelpFormatter>(session_);
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
    // First, so that nothing else is complained of in a language that nobody asked for.
    const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
    const std::string language(text::language_option(words));
    if (!language.empty() && !text::names_language(language)) {
        return fail(Code::kUsage, "command.usage.language"_id, {{"language", language}});
    }
    try {
        app_.parse(argc, argv);
    } catch (const CLI::Success& shown) {  // --help, --version
        app_.exit(shown, std::cout, std::cerr);
        return false;
    } catch (const CLI::ParseError& error) {
        return Complaint(app_, error).said();
    }
    return true;
}

}  // namespace assay::command
