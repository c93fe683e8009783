// assay-bank check PACKAGE [--json]
#include <memory>

#include <boost/json.hpp>

#include "crypto/command/new_file.h"
#include "question-bank/cli/check_page.h"
#include "question-bank/cli/check_report.h"
#include "question-bank/cli/command_line.h"
#include "question-bank/cli/package_source.h"
#include "question-bank/cli/plain_json.h"
#include "question-bank/item/number.h"

namespace assay::bank {

namespace {

struct Options {
    std::string package;
    std::string page;
    bool json = false;
    LimitOptions limits;
};

boost::json::object json_of(const CheckFinding& finding, const Session& session) {
    boost::json::object args;
    for (const auto& [name, value] : finding.what.args) {
        args[name] = value;
    }
    return {{"severity", name_of(finding.severity)},
            {"area", name_of(finding.area)},
            {"file", finding.file},
            {"line", finding.line},
            {"element", finding.element},
            {"id", finding.what.id.text()},
            {"arguments", args},
            {"text", session.say(finding.what)}};
}

void print_json(const CheckReport& report, const Session& session) {
    boost::json::object interactions;
    for (const auto& [name, count] : report.interactions) {
        interactions[name] = count;
    }
    boost::json::array findings;
    for (const auto& finding : report.findings) {
        findings.push_back(json_of(finding, session));
    }
    boost::json::array languages(report.languages.begin(), report.languages.end());
    print(plain_json(boost::json::object{{"identifier", report.identifier},
                                         {"tests", report.tests},
                                         {"items", report.items},
                                         {"points", report.points},
                                         {"minutes", report.minutes},
                                         {"for_markers", report.for_markers},
                                         {"practical", report.practical},
                                         {"languages", languages},
                                         {"interactions", interactions},
                                         {"findings", findings}}));
}

std::string limit_of(const CheckReport& report, const Session& session) {
    return report.minutes > 0
               ? session.say("bank.label.minutes"_id, {{"minutes", item::shortest(report.minutes)}})
               : session.say("bank.label.no-limit"_id);
}

void print_summary(const CheckReport& report, const Session& session) {
    std::string languages;
    for (const auto& language : report.languages) {
        languages += (languages.empty() ? "" : ", ") + language;
    }
    print(session.say("bank.check.summary"_id, {{"identifier", report.identifier},
                                                {"tests", std::to_string(report.tests)},
                                                {"items", std::to_string(report.items)},
                                                {"points", item::shortest(report.points)},
                                                {"languages", languages.empty() ? "-" : languages},
                                                {"limit", limit_of(report, session)},
                                                {"markers", std::to_string(report.for_markers)},
                                                {"practical", std::to_string(report.practical)}}));
    for (const auto& [name, count] : report.interactions) {
        print("  " + name + ": " + std::to_string(count));
    }
}

MessageId label_of(Severity severity) {
    switch (severity) {
        case Severity::kError:
            return "bank.label.error"_id;
        case Severity::kWarning:
            return "bank.label.warning"_id;
        case Severity::kNote:
            break;
    }
    return "bank.label.note"_id;
}

void print_text(const CheckReport& report, const Session& session) {
    print_summary(report, session);
    for (const auto& finding : report.findings) {
        std::string place = finding.file;
        if (finding.line != 0) {
            place += ':' + std::to_string(finding.line);
        }
        if (!finding.element.empty()) {
            place += " <" + finding.element + '>';
        }
        print(session.say(label_of(finding.severity),
                          {{"place", place}, {"finding", session.say(finding.what)}}));
    }
    print(session.say(report.has(Severity::kError) ? "bank.check.unusable"_id
                                                   : "bank.check.usable"_id));
}

}  // namespace

void add_check_command(CommandLine& line) {
    auto options = std::make_shared<Options>();
    const auto& session = line.session();
    auto& command =
        line.command("check", "bank.help.check"_id, [options, &session]() -> Result<int> {
            ASSAY_TRY(const auto report,
                      check_path(session.disk, options->package, options->limits.limits()));
            if (options->json) {
                print_json(report, session);
            } else {
                print_text(report, session);
            }
            if (!options->page.empty()) {
                ASSAY_TRY_STATUS(command::write_new(session.disk, options->page,
                                                    to_bytes(check_page(report, session))));
            }
            return report.has(Severity::kError) ? command::kDoesNotHoldExit : 0;
        });
    line.required(command, "package", options->package, "bank.help.package"_id);
    line.flag(command, "--json", options->json, "bank.help.json"_id);
    line.option(command, "--page", options->page, "bank.help.page"_id);
    limit_options(line, command, options->limits);
}

}  // namespace assay::bank
