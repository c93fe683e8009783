#include "question-bank/cli/check_page.h"

#include "crypto/base/escape.h"
#include "question-bank/import/markup.h"
#include "question-bank/item/number.h"

namespace assay::bank {

namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #767676;padding:.4rem;"
    "text-align:left;vertical-align:top}code{overflow-wrap:anywhere}";

std::string row(const std::string& head, const std::string& cell) {
    return "<tr><th scope=\"row\">" + escaped(head) + "</th><td>" + escaped(cell) + "</td></tr>";
}

std::string joined(const std::vector<std::string>& all) {
    std::string out;
    for (const auto& one : all) {
        out += (out.empty() ? "" : ", ") + one;
    }
    return out.empty() ? "-" : out;
}

std::string summary(const CheckReport& report, const Session& session) {
    std::string out = "<table>";
    out += row(session.say("bank.page.items"_id), std::to_string(report.items));
    out += row(session.say("bank.page.tests"_id), std::to_string(report.tests));
    out += row(session.say("bank.page.points"_id), item::shortest(report.points));
    out += row(session.say("bank.page.minutes"_id), item::shortest(report.minutes));
    out += row(session.say("bank.page.languages"_id), joined(report.languages));
    out += row(session.say("bank.page.markers"_id), std::to_string(report.for_markers));
    for (const auto& [name, count] : report.interactions) {
        out += row(name, std::to_string(count));
    }
    return out + "</table>";
}

std::string place_of(const CheckFinding& finding) {
    std::string out = finding.file;
    if (finding.line != 0) {
        out += ':' + std::to_string(finding.line);
    }
    return finding.element.empty() ? out : out + " <" + finding.element + '>';
}

std::string findings_of(const CheckReport& report, Severity severity, const Session& session) {
    std::string rows;
    for (const auto& finding : report.findings) {
        if (finding.severity == severity) {
            rows += "<tr><td><code>" + escaped(place_of(finding)) + "</code></td><td>" +
                    escaped(session.say(finding.what)) + "</td></tr>";
        }
    }
    return rows.empty() ? rows : "<table>" + rows + "</table>";
}

std::string section(const std::string& title, const std::string& content) {
    return content.empty() ? content : "<h2>" + escaped(title) + "</h2>" + content;
}

}  // namespace

std::string check_page(const CheckReport& report, const Session& session) {
    const auto title = session.say("bank.page.title"_id, {{"identifier", report.identifier}});
    const auto verdict = session.say(report.has(Severity::kError) ? "bank.check.unusable"_id
                                                                  : "bank.check.usable"_id);
    return "<!DOCTYPE html>\n<html lang=\"" +
           std::string(session.language == text::Language::kChinese ? "zh-CN" : "en") +
           "\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" +
           escaped(title) + "</title><style>" + std::string(kStyle) + "</style></head><body><h1>" +
           escaped(title) + "</h1><p>" + escaped(verdict) + "</p>" + summary(report, session) +
           section(session.say("bank.page.errors"_id),
                   findings_of(report, Severity::kError, session)) +
           section(session.say("bank.page.warnings"_id),
                   findings_of(report, Severity::kWarning, session)) +
           section(session.say("bank.page.notes"_id),
                   findings_of(report, Severity::kNote, session)) +
           "</body></html>\n";
}

}  // namespace assay::bank
