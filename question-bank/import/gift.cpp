#include "question-bank/import/gift.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "question-bank/import/markup.h"
#include "question-bank/import/numbers.h"
#include "question-bank/table/encoding.h"
#include "question-bank/table/table.h"

namespace assay::import {

namespace {

using table::trimmed;

/// Characters that a backslash makes plain text; each is kept as a control character until then.
constexpr std::string_view kEscapable = "~=#{}:";
constexpr char kFirstKept = '\x01';

std::string with_kept_escapes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
        const auto at = next == '\0' ? std::string_view::npos : kEscapable.find(next);
        if (at != std::string_view::npos) {
            out += static_cast<char>(kFirstKept + static_cast<char>(at));
            ++i;
        } else if (next == 'n') {
            out += '\n';
            ++i;
        } else if (next == '\\') {
            out += '\\';
            ++i;
        } else if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n' ||
                   text[i] == '\t') {
            out += text[i];
        }
    }
    return out;
}

std::string restored(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text)) {
        const auto at = static_cast<std::size_t>(c - kFirstKept);
        out += c >= kFirstKept && at < kEscapable.size() ? kEscapable[at] : c;
    }
    return out;
}

/// An answer of the list in braces: '=' or '~', its share, its text.
struct Answer {
    bool right = false;
    std::optional<double> share;
    std::string text;
};

/// "%50%text" to a share and what follows.
void take_share(Answer& answer) {
    const std::string_view text = trimmed(answer.text);
    const auto end = text.starts_with('%') ? text.find('%', 1) : std::string_view::npos;
    const auto number =
        end == std::string_view::npos ? std::nullopt : number_in(text.substr(1, end - 1));
    if (number) {
        answer.share = *number / 100;
        answer.text = std::string(text.substr(end + 1));
    }
}

std::vector<Answer> answers_in(std::string_view list) {
    std::vector<Answer> out;
    std::size_t at = list.find_first_of("=~");
    while (at != std::string_view::npos) {
        const auto end = std::min(list.find_first_of("=~", at + 1), list.size());
        auto text = list.substr(at + 1, end - at - 1);
        text = text.substr(0, text.find('#'));  // the rest is feedback
        Answer answer{list[at] == '=', std::nullopt, std::string(text)};
        take_share(answer);
        out.push_back(std::move(answer));
        at = end < list.size() ? end : std::string_view::npos;
    }
    return out;
}

/// "3:2", "1..5" or "3".
std::optional<NumberKey> number_key(std::string_view text) {
    const auto range = text.find("..");
    if (range != std::string_view::npos) {
        const auto low = number_in(text.substr(0, range));
        const auto high = number_in(text.substr(range + 2));
        if (low && high && *low <= *high) {
            return NumberKey{(*low + *high) / 2, (*high - *low) / 2, 1};
        }
        return std::nullopt;
    }
    const auto colon = text.find(':');
    const auto value = number_in(text.substr(0, colon));
    const auto tolerance =
        colon == std::string_view::npos ? std::optional(0.0) : number_in(text.substr(colon + 1));
    return value && tolerance ? std::optional(NumberKey{*value, *tolerance, 1}) : std::nullopt;
}

/// Reads one question after the other; `topic_` is what the last $CATEGORY said.
class Reader {
  public:
    void block(std::size_t line, const std::string& text) {
        const auto kept = with_kept_escapes(text);
        std::string_view rest = trimmed(kept);
        if (rest.starts_with("$CATEGORY:")) {
            const auto name = restored(rest.substr(rest.find(':') + 1));
            topic_ = name.substr(name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1);
            return;
        }
        question_ = Question{};
        question_.place = line;
        question_.topic = topic_;
        take_title(rest);
        take_format(rest);
        const auto open = rest.find('{');
        const auto close = rest.rfind('}');
        if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
            return leave_out("import.gift.description"_id);
        }
        const auto tail = trimmed(rest.substr(close + 1));
        read(rest.substr(0, open), rest.substr(open + 1, close - open - 1), tail);
    }

    Import take() { return std::move(import_); }

  private:
    void leave_out(MessageId why) { import_.left_out.push_back({question_.place, "", {why, {}}}); }

    void keep() { import_.questions.push_back(std::move(question_)); }

    void take_title(std::string_view& rest) {
        const auto end = rest.starts_with("::") ? rest.find("::", 2) : std::string_view::npos;
        if (end != std::string_view::npos) {
            question_.title = restored(rest.substr(2, end - 2));
            rest = trimmed(rest.substr(end + 2));
        }
    }

    void take_format(std::string_view& rest) {
        for (const std::string_view format : {"[html]", "[moodle]", "[plain]", "[markdown]"}) {
            if (rest.starts_with(format)) {
                html_ = format == "[html]";
                rest = trimmed(rest.substr(format.size()));
                return;
            }
        }
        html_ = false;
    }

    std::string stem_of(std::string_view text) const {
        return html_ ? xhtml_of(restored(text)) : paragraphs(restored(text));
    }

    Option option_of(const Answer& answer, double fraction) const {
        const auto text = restored(answer.text);
        Option out;
        out.html = html_ ? xhtml_of(text) : inline_text(text);
        out.text = text_of(out.html);
        out.fraction = fraction;
        return out;
    }

    void read(std::string_view before, std::string_view list, std::string_view tail) {
        list = trimmed(list.substr(0, list.find("####")));
        question_.stem = stem_of(before);
        if (list.empty()) {
            question_.kind = QuestionKind::kEssay;
            return keep();
        }
        if (list.starts_with('#')) {
            return read_numbers(list.substr(1));
        }
        const auto word = std::string(trimmed(list.substr(0, list.find('#'))));
        for (const std::string_view known : {"T", "TRUE", "F", "FALSE"}) {
            if (word == known) {
                return read_truth(word.starts_with('T'));
            }
        }
        const auto answers = answers_in(list);
        if (answers.empty() || answers.size() > kOptionsMax) {
            return leave_out("import.gift.answers"_id);
        }
        const bool pairs = std::all_of(answers.begin(), answers.end(), [](const Answer& a) {
            return a.right && a.text.find("->") != std::string::npos;
        });
        if (pairs) {
            return read_pairs(answers);
        }
        read_choices(answers, before, tail);
    }

    void read_truth(bool truth) {
        question_.shuffle = false;
        question_.options = {{"√", "√", "", truth ? 1.0 : 0.0}, {"×", "×", "", truth ? 0.0 : 1.0}};
        keep();
    }

    void read_numbers(std::string_view list) {
        question_.kind = QuestionKind::kNumber;
        if (list.find_first_of("=~") == std::string_view::npos) {
            const auto key = number_key(trimmed(list.substr(0, list.find('#'))));
            if (!key) {
                return leave_out("import.gift.number"_id);
            }
            question_.numbers.push_back(*key);
            return keep();
        }
        for (const auto& answer : answers_in(list)) {
            auto key = number_key(restored(answer.text));
            if (answer.right && key) {
                key->fraction = answer.share.value_or(1);
                question_.numbers.push_back(*key);
            }
        }
        if (question_.numbers.empty()) {
            return leave_out("import.gift.number"_id);
        }
        keep();
    }

    void read_pairs(const std::vector<Answer>& answers) {
        question_.kind = QuestionKind::kMatch;
        for (const auto& answer : answers) {
            const auto arrow = answer.text.find("->");
            auto left = answer;
            left.text.resize(arrow);
            auto right = answer;
            right.text.erase(0, arrow + 2);
            auto option = option_of(left, 1);
            option.partner = option_of(right, 1).html;
            question_.options.push_back(std::move(option));
        }
        keep();
    }

    void read_choices(const std::vector<Answer>& answers, std::string_view before,
                      std::string_view tail) {
        std::vector<Option> options;
        bool wrong = false;
        bool right = false;
        for (const auto& answer : answers) {
            wrong = wrong || !answer.right;
            right = right || answer.right;
            options.push_back(option_of(answer, answer.share.value_or(answer.right ? 1 : 0)));
        }
        const bool typed = !wrong;
        if (!tail.empty()) {
            Gap gap;
            gap.typed = typed;
            gap.options = std::move(options);
            question_.kind = QuestionKind::kGaps;
            question_.stem =
                stem_of(std::string(before) + "\x01\x01GAP\x01\x01 " + std::string(tail));
            put_gap(question_.stem);
            question_.gaps.push_back(std::move(gap));
            return keep();
        }
        question_.kind = typed ? QuestionKind::kText : QuestionKind::kChoice;
        question_.many = !typed && !right;
        question_.all_or_none = false;
        question_.options = std::move(options);
        keep();
    }

    /// restored() made "~~GAP~~" of the mark.
    static void put_gap(std::string& stem) {
        const std::string mark = "~~GAP~~";
        const auto at = stem.find(mark);
        if (at != std::string::npos) {
            stem.replace(at, mark.size(), "{{1}}");
        }
    }

    Import import_;
    Question question_;
    std::string topic_;
    bool html_ = false;
};

}  // namespace

Result<Import> read_gift(ByteView bytes) {
    if (bytes.size() > kSourceBytesMax) {
        return fail(Code::kLimit, "import.bytes"_id, {{"limit", std::to_string(kSourceBytesMax)}});
    }
    ASSAY_TRY(const auto decoded, table::decode(bytes));
    Reader reader;
    std::string block;
    std::size_t begin = 0;
    std::size_t number = 0;
    std::size_t blocks = 0;
    std::string_view rest = decoded.text;
    while (!rest.empty() || !block.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = trimmed(rest.substr(0, end));
        const bool last = rest.empty();
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        const bool category = line.starts_with("$CATEGORY:");
        if ((line.empty() || last || category) && !block.empty()) {
            reader.block(begin, block);
            block.clear();
            if (++blocks > kQuestionsMax) {
                return fail(Code::kLimit, "import.questions"_id,
                            {{"limit", std::to_string(kQuestionsMax)}});
            }
        }
        if (category) {
            reader.block(number, std::string(line));
        } else if (!line.empty() && !line.starts_with("//")) {
            begin = block.empty() ? number : begin;
            block += std::string(line) + '\n';
        }
    }
    return reader.take();
}

}  // namespace assay::import
