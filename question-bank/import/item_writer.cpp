#include "question-bank/import/item_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crypto/base/escape.h"
#include "question-bank/import/markup.h"
#include "question-bank/item/fold.h"

namespace assay::import {

namespace {

std::string number(double value) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

std::string name_at(std::string_view prefix, std::size_t i) {
    return std::string(prefix) + std::to_string(i + 1);
}

std::string correct(const std::vector<std::string>& values) {
    std::string out;
    for (const auto& value : values) {
        out += "<qti-value>" + escaped(value) + "</qti-value>";
    }
    return out.empty() ? out : "<qti-correct-response>" + out + "</qti-correct-response>";
}

std::string entry(const std::string& key, double points, bool case_sensitive) {
    return "<qti-map-entry map-key=\"" + escaped(key) + "\" mapped-value=\"" + number(points) +
           "\" case-sensitive=\"" + (case_sensitive ? "true" : "false") + "\"/>";
}

std::string mapping(const std::string& entries, double most) {
    return "<qti-mapping default-value=\"0\" lower-bound=\"0\" upper-bound=\"" + number(most) +
           "\">" + entries + "</qti-mapping>";
}

struct Response {
    std::string identifier;
    std::string cardinality;
    std::string base;
    std::string inside;
    std::string xml() const {
        return "<qti-response-declaration identifier=\"" + identifier + "\" cardinality=\"" +
               cardinality + "\" base-type=\"" + base + "\">" + inside +
               "</qti-response-declaration>";
    }
};

std::string base_float(double value) {
    return "<qti-base-value base-type=\"float\">" + number(value) + "</qti-base-value>";
}

std::string add_to_score(const std::string& expression) {
    return "<qti-set-outcome-value identifier=\"SCORE\"><qti-sum><qti-variable "
           "identifier=\"SCORE\"/>" +
           expression + "</qti-sum></qti-set-outcome-value>";
}

std::string mapped(const std::string& response) {
    return add_to_score("<qti-map-response identifier=\"" + response + "\"/>");
}

/// What the parts of one item are written into.
struct Parts {
    std::string declarations;
    std::string body;
    std::string rules;
};

/// All of the points for the key and nothing for anything else.
std::string if_correct(const std::string& response, double points) {
    return "<qti-response-condition><qti-response-if><qti-match><qti-variable identifier=\"" +
           response + "\"/><qti-correct identifier=\"" + response + "\"/></qti-match>" +
           add_to_score(base_float(points)) + "</qti-response-if></qti-response-condition>";
}

bool whole_key(const std::vector<Option>& options) {
    return std::all_of(options.begin(), options.end(),
                       [](const Option& o) { return o.fraction <= 0 || o.fraction >= 1; });
}

void write_choice(const Question& q, Parts& out) {
    std::vector<std::string> key;
    std::string entries;
    std::string choices;
    for (std::size_t i = 0; i < q.options.size(); ++i) {
        const auto name = name_at("C", i);
        const auto& option = q.options[i];
        if (option.fraction > 0 && (q.many || option.fraction >= 1)) {
            key.push_back(name);
        }
        entries += option.fraction == 0 ? "" : entry(name, option.fraction * q.points, true);
        choices += "<qti-simple-choice identifier=\"" + name + "\">" + option.html +
                   "</qti-simple-choice>";
    }
    const bool match = q.many ? q.all_or_none : whole_key(q.options) && key.size() == 1;
    const auto inside = correct(key) + (match ? "" : mapping(entries, q.points));
    out.declarations +=
        Response{"RESPONSE", q.many ? "multiple" : "single", "identifier", inside}.xml();
    out.rules += match ? if_correct("RESPONSE", q.points) : mapped("RESPONSE");
    out.body += q.stem + "<qti-choice-interaction response-identifier=\"RESPONSE\" max-choices=\"" +
                (q.many ? "0" : "1") + "\" shuffle=\"" + (q.shuffle ? "true" : "false") + "\">" +
                choices + "</qti-choice-interaction>";
}

/// Texts that count, each with its share; the best one is the key.
Response text_response(const std::string& identifier, const std::vector<Option>& options,
                       double points, bool case_sensitive) {
    std::string entries;
    const Option* best = nullptr;
    for (const auto& option : options) {
        if (option.fraction > 0) {
            entries +=
                entry(item::width_folded(option.text), option.fraction * points, case_sensitive);
            best = best == nullptr || option.fraction > best->fraction ? &option : best;
        }
    }
    const auto key = best == nullptr ? std::string() : correct({item::width_folded(best->text)});
    return {identifier, "single", "string", key + mapping(entries, points)};
}

std::string number_rules(const std::string& response, const std::vector<NumberKey>& keys,
                         double points) {
    std::string out;
    for (const auto& key : keys) {
        const std::string branch = out.empty() ? "qti-response-if" : "qti-response-else-if";
        const std::string mode = key.tolerance > 0 ? "tolerance-mode=\"absolute\" tolerance=\"" +
                                                         number(key.tolerance) + '"'
                                                   : "tolerance-mode=\"exact\"";
        out += '<' + branch + "><qti-equal " + mode + '>' + base_float(key.value) +
               "<qti-variable identifier=\"" + response + "\"/></qti-equal>" +
               add_to_score(base_float(key.fraction * points)) + "</" + branch + '>';
    }
    return "<qti-response-condition>" + out + "</qti-response-condition>";
}

/// Author's texts are compared after full-width letters became plain ones, on both sides.
std::string text_entry(const std::string& response) {
    return "<qti-text-entry-interaction response-identifier=\"" + response +
           "\" data-assay-fold=\"width\"/>";
}

std::string number_entry(const std::string& response) {
    return "<qti-text-entry-interaction response-identifier=\"" + response + "\"/>";
}

void write_text(const Question& q, Parts& out) {
    out.declarations += text_response("RESPONSE", q.options, q.points, q.case_sensitive).xml();
    out.rules += mapped("RESPONSE");
    out.body += q.stem + "<p>" + text_entry("RESPONSE") + "</p>";
}

Response number_response(const std::string& identifier, const std::vector<NumberKey>& keys) {
    const auto key = keys.empty() ? std::string() : correct({number(keys.front().value)});
    return {identifier, "single", "float", key};
}

void write_number(const Question& q, Parts& out) {
    out.declarations += number_response("RESPONSE", q.numbers).xml();
    out.rules += number_rules("RESPONSE", q.numbers, q.points);
    out.body += q.stem + "<p>" + number_entry("RESPONSE") + "</p>";
}

void write_match(const Question& q, Parts& out) {
    std::string left;
    std::string right;
    std::string entries;
    std::vector<std::string> key;
    std::vector<std::string> partners;
    const auto pairs = static_cast<double>(std::count_if(
        q.options.begin(), q.options.end(), [](const Option& o) { return !o.html.empty(); }));
    for (const auto& option : q.options) {
        if (std::find(partners.begin(), partners.end(), option.partner) == partners.end()) {
            partners.push_back(option.partner);
        }
    }
    for (std::size_t i = 0; i < partners.size(); ++i) {
        right += "<qti-simple-associable-choice identifier=\"" + name_at("R", i) +
                 "\" match-max=\"0\">" + partners[i] + "</qti-simple-associable-choice>";
    }
    for (std::size_t i = 0; i < q.options.size(); ++i) {
        const auto& option = q.options[i];
        if (option.html.empty()) {
            continue;
        }
        const auto partner = std::find(partners.begin(), partners.end(), option.partner);
        const auto pair = name_at("L", i) + ' ' +
                          name_at("R", static_cast<std::size_t>(partner - partners.begin()));
        left += "<qti-simple-associable-choice identifier=\"" + name_at("L", i) +
                "\" match-max=\"1\">" + option.html + "</qti-simple-associable-choice>";
        key.push_back(pair);
        entries += entry(pair, q.points / pairs, true);
    }
    out.declarations +=
        Response{"RESPONSE", "multiple", "directedPair", correct(key) + mapping(entries, q.points)}
            .xml();
    out.rules += mapped("RESPONSE");
    out.body += q.stem +
                "<qti-match-interaction response-identifier=\"RESPONSE\" max-associations=\"0\" "
                "shuffle=\"" +
                (q.shuffle ? "true" : "false") + "\"><qti-simple-match-set>" + left +
                "</qti-simple-match-set><qti-simple-match-set>" + right +
                "</qti-simple-match-set></qti-match-interaction>";
}

/// Options stand in their right order; the candidate sees them shuffled.
void write_order(const Question& q, Parts& out) {
    std::string choices;
    std::vector<std::string> key;
    for (std::size_t i = 0; i < q.options.size(); ++i) {
        key.push_back(name_at("C", i));
        choices += "<qti-simple-choice identifier=\"" + key.back() + "\">" + q.options[i].html +
                   "</qti-simple-choice>";
    }
    out.declarations += Response{"RESPONSE", "ordered", "identifier", correct(key)}.xml();
    out.rules += if_correct("RESPONSE", q.points);
    out.body += q.stem +
                "<qti-order-interaction response-identifier=\"RESPONSE\" shuffle=\"true\">" +
                choices + "</qti-order-interaction>";
}

std::string inline_choices(const std::string& response, const Gap& gap, double points, Parts& out) {
    std::string choices;
    std::string entries;
    std::vector<std::string> key;
    for (std::size_t i = 0; i < gap.options.size(); ++i) {
        const auto name = name_at("C", i);
        const auto& option = gap.options[i];
        choices += "<qti-inline-choice identifier=\"" + name + "\">" + escaped(option.text) +
                   "</qti-inline-choice>";
        entries += option.fraction == 0 ? "" : entry(name, option.fraction * points, true);
        if (option.fraction >= 1 && key.empty()) {
            key.push_back(name);
        }
    }
    out.declarations +=
        Response{response, "single", "identifier", correct(key) + mapping(entries, points)}.xml();
    return "<qti-inline-choice-interaction response-identifier=\"" + response + "\">" + choices +
           "</qti-inline-choice-interaction>";
}

std::string write_gap(const std::string& response, const Gap& gap, double points,
                      bool case_sensitive, Parts& out) {
    if (gap.number) {
        out.declarations += number_response(response, gap.numbers).xml();
        out.rules += number_rules(response, gap.numbers, points);
        return number_entry(response);
    }
    out.rules += mapped(response);
    if (!gap.typed) {
        return inline_choices(response, gap, points, out);
    }
    out.declarations += text_response(response, gap.options, points, case_sensitive).xml();
    return text_entry(response);
}

void write_gaps(const Question& q, Parts& out) {
    double weights = 0;
    for (const auto& gap : q.gaps) {
        weights += gap.weight;
    }
    auto stem = q.stem;
    for (std::size_t i = 0; i < q.gaps.size(); ++i) {
        const auto mark = "{{" + std::to_string(i + 1) + "}}";
        const auto xml = write_gap(name_at("RESPONSE", i), q.gaps[i],
                                   q.points * q.gaps[i].weight / weights, q.case_sensitive, out);
        const auto at = stem.find(mark);
        if (at == std::string::npos) {
            stem += "<p>" + xml + "</p>";
        } else {
            stem.replace(at, mark.size(), xml);
        }
    }
    out.body += stem;
}

std::string marker_rubric(const Question& q) {
    if (q.reference.empty()) {
        return {};
    }
    return "<qti-rubric-block use=\"scoring\" view=\"scorer\"><qti-content-body>" + q.reference +
           "</qti-content-body></qti-rubric-block>";
}

void write_essay(const Question& q, Parts& out) {
    out.declarations += Response{"RESPONSE", "single", "string", ""}.xml();
    out.body += marker_rubric(q) + q.stem +
                "<qti-extended-text-interaction response-identifier=\"RESPONSE\" "
                "data-assay-fold=\"exact\"/>";
}

void write_file(const Question& q, Parts& out) {
    constexpr std::string_view kBytesMax = "20971520";
    out.declarations += Response{"RESPONSE", "single", "file", ""}.xml();
    out.body += marker_rubric(q) + q.stem +
                "<qti-upload-interaction response-identifier=\"RESPONSE\" data-assay-result=\"" +
                escaped(q.result) + "\" data-assay-bytes-max=\"" + std::string(kBytesMax) + "\"/>";
}

bool for_person(QuestionKind kind) {
    return kind == QuestionKind::kEssay || kind == QuestionKind::kFile;
}

void write_parts(const Question& q, Parts& out) {
    switch (q.kind) {
        case QuestionKind::kChoice:
            return write_choice(q, out);
        case QuestionKind::kText:
            return write_text(q, out);
        case QuestionKind::kNumber:
            return write_number(q, out);
        case QuestionKind::kMatch:
            return write_match(q, out);
        case QuestionKind::kOrder:
            return write_order(q, out);
        case QuestionKind::kGaps:
            return write_gaps(q, out);
        case QuestionKind::kEssay:
            return write_essay(q, out);
        case QuestionKind::kFile:
            return write_file(q, out);
    }
}

std::string outcomes(const Question& q) {
    const auto points = number(q.points);
    return "<qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" "
           "base-type=\"float\" normal-minimum=\"0\" normal-maximum=\"" +
           points + '"' + (for_person(q.kind) ? " external-scored=\"human\"" : "") +
           "/><qti-outcome-declaration identifier=\"MAXSCORE\" cardinality=\"single\" "
           "base-type=\"float\"><qti-default-value><qti-value>" +
           points + "</qti-value></qti-default-value></qti-outcome-declaration>";
}

}  // namespace

std::string item_of(const Question& question, const std::string& identifier,
                    const std::string& language) {
    Question with_pictures = question;
    for (const auto& picture : question.pictures) {
        with_pictures.stem += "<p><img src=\"" + escaped(picture) + "\" alt=\"\"/></p>";
    }
    Parts parts;
    write_parts(with_pictures, parts);
    const auto title = question.title.empty() ? identifier : question.title;
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<qti-assessment-item "
           "xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"" +
           escaped(identifier) + "\" title=\"" + escaped(title) + "\" xml:lang=\"" +
           escaped(language) + "\" adaptive=\"false\" time-dependent=\"false\">" +
           parts.declarations + outcomes(question) + "<qti-item-body>" + parts.body +
           "</qti-item-body>" +
           (parts.rules.empty()
                ? std::string()
                : "<qti-response-processing>" + parts.rules + "</qti-response-processing>") +
           "</qti-assessment-item>\n";
}

}  // namespace assay::import
