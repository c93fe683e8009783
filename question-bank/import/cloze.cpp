#include "question-bank/import/cloze.h"

#include <algorithm>
#include <array>

#include "crypto/base/escape.h"
#include "question-bank/import/markup.h"
#include "question-bank/import/numbers.h"
#include "question-bank/table/table.h"

namespace assay::import {

namespace {

enum class Kind { kTyped, kExactTyped, kNumber, kChosen };

struct Name {
    std::string_view name;
    Kind kind;
};
constexpr std::array<Name, 18> kNames = {{{"SHORTANSWER", Kind::kTyped},
                                          {"SA", Kind::kTyped},
                                          {"MW", Kind::kTyped},
                                          {"SHORTANSWER_C", Kind::kExactTyped},
                                          {"SAC", Kind::kExactTyped},
                                          {"MWC", Kind::kExactTyped},
                                          {"NUMERICAL", Kind::kNumber},
                                          {"NM", Kind::kNumber},
                                          {"MULTICHOICE", Kind::kChosen},
                                          {"MC", Kind::kChosen},
                                          {"MULTICHOICE_V", Kind::kChosen},
                                          {"MCV", Kind::kChosen},
                                          {"MULTICHOICE_H", Kind::kChosen},
                                          {"MCH", Kind::kChosen},
                                          {"MULTICHOICE_S", Kind::kChosen},
                                          {"MCS", Kind::kChosen},
                                          {"MULTICHOICE_VS", Kind::kChosen},
                                          {"MCVS", Kind::kChosen}}};

/// An answer of the list; `text` is XHTML's text already.
void add_answer(std::string_view answer, Kind kind, Gap& gap) {
    double fraction = 0;
    if (answer.starts_with('=')) {
        fraction = 1;
        answer.remove_prefix(1);
    } else if (answer.starts_with('%')) {
        const auto end = answer.find('%', 1);
        fraction = number_in(answer.substr(1, end == answer.npos ? 0 : end - 1)).value_or(0) / 100;
        answer.remove_prefix(end == answer.npos ? answer.size() : end + 1);
    }
    answer = answer.substr(0, answer.find('#'));  // the rest is feedback
    if (kind == Kind::kNumber) {
        const auto colon = answer.find(':');
        const auto value = number_in(answer.substr(0, colon));
        const auto tolerance =
            colon == answer.npos ? 0 : number_in(answer.substr(colon + 1)).value_or(0);
        if (value && fraction > 0) {
            gap.numbers.push_back({*value, tolerance, fraction});
        }
        return;
    }
    Option option;
    option.text = text_of(answer);
    option.html = escaped(option.text);
    option.fraction = fraction;
    gap.options.push_back(std::move(option));
}

/// "1:SHORTANSWER:=Berlin~Bonn".
bool read_gap(std::string_view text, Gap& gap, bool& exact) {
    const auto first = text.find(':');
    const auto second = first == text.npos ? first : text.find(':', first + 1);
    if (second == text.npos) {
        return false;
    }
    const auto name = text.substr(first + 1, second - first - 1);
    const auto known =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name& n) { return n.name == name; });
    if (known == kNames.end()) {
        return false;
    }
    gap.weight = std::max(number_in(text.substr(0, first)).value_or(1), 0.001);
    gap.typed = known->kind != Kind::kChosen;
    gap.number = known->kind == Kind::kNumber;
    exact = exact || known->kind == Kind::kExactTyped;
    auto rest = text.substr(second + 1);
    while (!rest.empty() && gap.options.size() < kOptionsMax) {
        const auto end = std::min(rest.find('~'), rest.size());
        if (end > 0) {
            add_answer(rest.substr(0, end), known->kind, gap);
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return !gap.options.empty() || !gap.numbers.empty();
}

}  // namespace

bool read_cloze(Question& question) {
    std::string out;
    std::string_view rest = question.stem;
    question.kind = QuestionKind::kGaps;
    while (!rest.empty()) {
        const auto open = std::min(rest.find('{'), rest.size());
        out += rest.substr(0, open);
        rest.remove_prefix(open);
        const auto close = rest.find('}');
        if (rest.empty()) {
            break;
        }
        if (close == rest.npos || question.gaps.size() >= kGapsMax) {
            return false;
        }
        Gap gap;
        if (!read_gap(rest.substr(1, close - 1), gap, question.case_sensitive)) {
            return false;
        }
        question.gaps.push_back(std::move(gap));
        out += "{{" + std::to_string(question.gaps.size()) + "}}";
        rest.remove_prefix(close + 1);
    }
    question.stem = std::move(out);
    return !question.gaps.empty();
}

}  // namespace assay::import
