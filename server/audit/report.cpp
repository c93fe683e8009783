#include "server/audit/report.h"

#include <algorithm>

#include <boost/json.hpp>

namespace assay::audit {
namespace {

MessageId label(Verdict verdict) {
    switch (verdict) {
        case Verdict::kAgrees:
            return "audit.verdict.agrees"_id;
        case Verdict::kDisagrees:
            return "audit.verdict.disagrees"_id;
        case Verdict::kMissing:
            return "audit.verdict.missing"_id;
        case Verdict::kNotChecked:
            break;
    }
    return "audit.verdict.not-checked"_id;
}

}  // namespace

const char* verdict_name(Verdict verdict) {
    switch (verdict) {
        case Verdict::kAgrees:
            return "agrees";
        case Verdict::kDisagrees:
            return "disagrees";
        case Verdict::kMissing:
            return "missing";
        case Verdict::kNotChecked:
            break;
    }
    return "not-checked";
}

bool Report::add(Message what, std::string file, const Status& status) {
    Finding finding{std::move(what), std::move(file), Verdict::kAgrees, std::nullopt, ""};
    if (!status.ok()) {
        finding.verdict = Verdict::kDisagrees;
        finding.reason = status.error().what;
        finding.code = code_name(status.error().code);
    }
    findings_.push_back(std::move(finding));
    return status.ok();
}

void Report::skip(Message what, std::string file, Message reason) {
    findings_.push_back(
        {std::move(what), std::move(file), Verdict::kNotChecked, std::move(reason), ""});
}

void Report::missing(Message what, std::string file, Message reason) {
    findings_.push_back(
        {std::move(what), std::move(file), Verdict::kMissing, std::move(reason), "not-found"});
}

int Report::exit_code() const {
    if (first_bad_file()) {
        return kDisagreesExit;
    }
    return first_missing_file() ? kMissingExit : 0;
}

std::size_t Report::count(Verdict verdict) const {
    return static_cast<std::size_t>(std::ranges::count(findings_, verdict, &Finding::verdict));
}

std::optional<std::string> Report::first_file(Verdict verdict) const {
    const auto found = std::ranges::find(findings_, verdict, &Finding::verdict);
    return found == findings_.end() ? std::nullopt : std::optional(found->file);
}

Message Report::summary() const {
    const std::string agreed = std::to_string(count(Verdict::kAgrees));
    const std::string open = std::to_string(count(Verdict::kNotChecked));
    if (const auto bad = first_bad_file()) {
        return {"audit.summary.disagrees"_id,
                {{"file", *bad}, {"bad", std::to_string(count(Verdict::kDisagrees))}}};
    }
    if (const auto missing = first_missing_file()) {
        return {"audit.summary.missing"_id,
                {{"file", *missing}, {"count", std::to_string(count(Verdict::kMissing))}}};
    }
    if (agreed == "0") {
        return {"audit.summary.nothing"_id, {}};
    }
    if (open == "0") {
        return {"audit.summary.agrees"_id, {{"agreed", agreed}}};
    }
    return {"audit.summary.partly"_id, {{"agreed", agreed}, {"open", open}}};
}

std::string Report::text(const text::Texts& texts, text::Language language) const {
    std::string out;
    for (const Finding& each : findings_) {
        out += texts.say(language, label(each.verdict)) + "  " + each.file + "  " +
               texts.say(language, each.what) + '\n';
        if (each.reason) {
            out += "    " + texts.say(language, *each.reason) + '\n';
        }
    }
    return out + '\n' + texts.say(language, summary()) + '\n';
}

std::string Report::json(const text::Texts& texts, text::Language language) const {
    namespace js = boost::json;
    js::array checks;
    for (const Finding& each : findings_) {
        js::object row{{"check", each.what.id.text()},
                       {"file", each.file},
                       {"verdict", verdict_name(each.verdict)},
                       {"says", texts.say(language, each.what)}};
        if (each.reason) {
            row["reason"] = texts.say(language, *each.reason);
        }
        if (!each.code.empty()) {
            row["code"] = each.code;
        }
        checks.push_back(std::move(row));
    }
    const auto bad = first_bad_file();
    const auto missing = first_missing_file();
    const Verdict verdict = bad       ? Verdict::kDisagrees
                            : missing ? Verdict::kMissing
                                      : Verdict::kAgrees;
    js::object out{{"verdict", verdict_name(verdict)},
                   {"agreed", count(Verdict::kAgrees)},
                   {"disagreed", count(Verdict::kDisagrees)},
                   {"missing", count(Verdict::kMissing)},
                   {"notChecked", count(Verdict::kNotChecked)},
                   {"says", texts.say(language, summary())},
                   {"checks", std::move(checks)}};
    if (bad) {
        out["firstFile"] = *bad;
    }
    if (missing) {
        out["firstMissing"] = *missing;
    }
    return js::serialize(out) + '\n';
}

}  // namespace assay::audit
