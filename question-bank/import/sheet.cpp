#include "question-bank/import/sheet.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "crypto/base/escape.h"
#include "question-bank/import/markup.h"
#include "question-bank/import/numbers.h"
#include "question-bank/item/fold.h"

namespace assay::import {

namespace {

using table::trimmed;

constexpr std::size_t kColumns = 9;
constexpr double kPointsMax = 1000;

struct TypeName {
    std::string_view name;
    int type;
};
enum SheetType { kOne, kSome, kTruth, kBlank, kPairs, kSequence, kAnswer, kTask };

constexpr std::array<TypeName, 26> kTypes = {
    {{"单选题", kOne},        {"单选", kOne},
     {"single choice", kOne}, {"多选题", kSome},
     {"多选", kSome},         {"multiple choice", kSome},
     {"判断题", kTruth},      {"判断", kTruth},
     {"true/false", kTruth},  {"true or false", kTruth},
     {"填空题", kBlank},      {"填空", kBlank},
     {"blank", kBlank},       {"fill in the blank", kBlank},
     {"匹配题", kPairs},      {"连线题", kPairs},
     {"matching", kPairs},    {"排序题", kSequence},
     {"排序", kSequence},     {"ordering", kSequence},
     {"简答题", kAnswer},     {"论述题", kAnswer},
     {"essay", kAnswer},      {"实操题", kTask},
     {"操作题", kTask},       {"practical task", kTask}}};

/// Parts between separators, which may be full-width; the parts stay as they are written.
std::vector<std::string> split(std::string_view text, std::string_view at) {
    constexpr std::size_t kFullWidthBytes = 3;
    std::vector<std::string> out;
    std::string part;
    const auto add = [&] {
        const auto bare = trimmed(part);
        if (!bare.empty()) {
            out.emplace_back(bare);
        }
        part.clear();
    };
    while (!text.empty()) {
        const bool wide = text.starts_with("\xEF\xBC") || text.starts_with("\xEF\xBD");
        const auto one = text.substr(0, wide ? kFullWidthBytes : 1);
        text.remove_prefix(one.size());
        const auto narrow = item::width_folded(one);
        if (narrow.size() == 1 && at.find(narrow[0]) != std::string_view::npos) {
            add();
        } else {
            part += one;
        }
    }
    add();
    return out;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty()) {
            out.emplace_back(line);
        }
    }
    return out;
}

/// Takes one of `marks` off the front.
bool take(std::string_view& text, std::initializer_list<std::string_view> marks) {
    for (const auto mark : marks) {
        if (text.starts_with(mark)) {
            text.remove_prefix(mark.size());
            return true;
        }
    }
    return false;
}

/// "A. text", "A、text", "（A）text" without its letter; the letter has to be the line's own.
std::string without_letter(const std::string& line, std::size_t index) {
    const std::string upper(1, static_cast<char>('A' + static_cast<char>(index)));
    const std::string lower(1, static_cast<char>('a' + static_cast<char>(index)));
    // U+FF21 is the full-width A.
    const std::string wide = {'\xEF', '\xBC', static_cast<char>('\xA1' + static_cast<char>(index))};
    std::string_view rest = line;
    (void)take(rest, {"(", "（"});
    const bool lettered =
        take(rest, {upper, lower, wide}) && take(rest, {".", "．", "、", ":", "：", ")", "）"});
    return lettered ? std::string(trimmed(rest)) : line;
}

/// Reads the rows below a header.
class Reader {
  public:
    Reader(const table::Table& sheet, const table::Pictures* pictures)
        : sheet_(sheet), pictures_(pictures) {}

    Result<Import> read() {
        if (sheet_.rows.empty()) {
            return fail(Code::kInvalid, "import.sheet.empty"_id);
        }
        ASSAY_TRY_STATUS(find_columns(sheet_.rows.front()));
        for (std::size_t i = 1; i < sheet_.rows.size(); ++i) {
            if (i > kQuestionsMax) {
                return fail(Code::kLimit, "import.questions"_id,
                            {{"limit", std::to_string(kQuestionsMax)}});
            }
            read_row(sheet_.rows[i]);
        }
        for (const auto& remark : sheet_.remarks) {
            import_.remarks.push_back(
                {remark.row, table::column_letters(remark.column), remark.what});
        }
        return std::move(import_);
    }

  private:
    Status find_columns(const table::Row& header) {
        columns_ = {table::find_column(header, {"题型", "type"}),
                    table::find_column(header, {"题干", "题目", "text"}),
                    table::find_column(header, {"选项", "options"}),
                    table::find_column(header, {"答案", "正确答案", "key"}),
                    table::find_column(header, {"分值", "分数", "points"}),
                    table::find_column(header, {"难度", "difficulty"}),
                    table::find_column(header, {"知识点", "knowledge point"}),
                    table::find_column(header, {"等级", "级别", "level"}),
                    table::find_column(header, {"图片", "pictures"})};
        for (const auto& [column, name] : {std::pair(SheetColumn::kType, "题型 / type"),
                                           std::pair(SheetColumn::kText, "题干 / text"),
                                           std::pair(SheetColumn::kKey, "答案 / key")}) {
            if (!columns_[static_cast<std::size_t>(column)]) {
                return fail(Code::kInvalid, "import.sheet.column"_id, {{"column", name}});
            }
        }
        return Ok{};
    }

    std::string_view cell(SheetColumn column) const {
        const auto at = columns_[static_cast<std::size_t>(column)];
        return at ? row_->cell(*at) : std::string_view();
    }

    bool leave_out(SheetColumn column, MessageId why, Args args = {}) {
        const auto at = columns_[static_cast<std::size_t>(column)];
        import_.left_out.push_back(
            {row_->number, at ? table::column_letters(*at) : "", {why, std::move(args)}});
        return false;
    }

    void read_row(const table::Row& row) {
        row_ = &row;
        question_ = Question{};
        question_.place = row.number;
        question_.stem = paragraphs(cell(SheetColumn::kText));
        question_.title = text_of(question_.stem);
        cut_title();
        question_.difficulty = cell(SheetColumn::kDifficulty);
        question_.topic = cell(SheetColumn::kTopic);
        question_.level = cell(SheetColumn::kLevel);
        if (question_.stem.empty()) {
            leave_out(SheetColumn::kText, "import.sheet.no-text"_id);
        } else if (read_points() && read_type() && read_pictures()) {
            import_.questions.push_back(std::move(question_));
        }
    }

    void cut_title() {
        constexpr std::size_t kTitleBytesMax = 60;
        auto& title = question_.title;
        if (title.size() > kTitleBytesMax) {
            std::size_t end = kTitleBytesMax;
            while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) {
                --end;
            }
            title.resize(end);
        }
    }

    bool read_points() {
        const auto text = cell(SheetColumn::kPoints);
        const auto points = text.empty() ? std::optional(1.0) : number_in(text);
        if (!points || *points <= 0 || *points > kPointsMax) {
            return leave_out(SheetColumn::kPoints, "import.sheet.points"_id,
                             {{"value", std::string(text.substr(0, 40))}});
        }
        question_.points = *points;
        return true;
    }

    bool read_type() {
        const auto wanted = item::case_folded(item::trimmed_all(cell(SheetColumn::kType)));
        const auto type = std::find_if(kTypes.begin(), kTypes.end(),
                                       [&](const TypeName& t) { return t.name == wanted; });
        if (type == kTypes.end()) {
            return leave_out(SheetColumn::kType, "import.sheet.type"_id,
                             {{"value", wanted.substr(0, 40)}});
        }
        switch (type->type) {
            case kOne:
            case kSome:
                return read_choice(type->type == kSome);
            case kTruth:
                return read_truth();
            case kBlank:
                return read_blanks();
            case kPairs:
                return read_pairs();
            case kSequence:
                return read_sequence();
            case kAnswer:
                question_.kind = QuestionKind::kEssay;
                question_.reference = paragraphs(cell(SheetColumn::kKey));
                return true;
            default:
                return read_task();
        }
    }

    std::vector<std::string> option_lines() const {
        auto lines = lines_of(cell(SheetColumn::kOptions));
        if (lines.size() == 1 && lines[0].find('|') != std::string::npos) {
            lines = split(lines[0], "|");
        }
        for (std::size_t i = 0; i < lines.size() && i < 26; ++i) {
            lines[i] = without_letter(lines[i], i);
        }
        return lines;
    }

    /// Letters of the key as indexes, in their order; empty where one is none of the options.
    std::vector<std::size_t> key_letters(std::size_t options) const {
        std::vector<std::size_t> out;
        for (const char c : item::width_normalised(cell(SheetColumn::kKey))) {
            const auto upper = std::toupper(static_cast<unsigned char>(c));
            if (c == ' ' || c == ',' || c == ';' || c == '.') {
                continue;
            }
            const auto index = static_cast<std::size_t>(upper - 'A');
            if (upper < 'A' || index >= options ||
                std::find(out.begin(), out.end(), index) != out.end()) {
                return {};
            }
            out.push_back(index);
        }
        return out;
    }

    bool read_choice(bool many) {
        const auto lines = option_lines();
        if (lines.size() < 2 || lines.size() > 26) {
            return leave_out(SheetColumn::kOptions, "import.sheet.options"_id);
        }
        const auto key = key_letters(lines.size());
        if (key.empty() || (!many && key.size() != 1)) {
            return leave_out(SheetColumn::kKey, "import.sheet.key"_id);
        }
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool right = std::find(key.begin(), key.end(), i) != key.end();
            question_.options.push_back({inline_text(lines[i]), lines[i], "", right ? 1.0 : 0.0});
        }
        question_.many = many;
        return true;
    }

    bool read_truth() {
        const auto key = item::case_folded(item::width_normalised(cell(SheetColumn::kKey)));
        const auto is = [&](std::initializer_list<std::string_view> names) {
            return std::find(names.begin(), names.end(), key) != names.end();
        };
        const bool yes = is({"对", "正确", "是", "√", "✓", "t", "true", "a"});
        if (!yes && !is({"错", "错误", "否", "×", "✗", "x", "f", "false", "b"})) {
            return leave_out(SheetColumn::kKey, "import.sheet.truth"_id);
        }
        auto words = option_lines();
        if (words.size() != 2) {
            words = {"正确", "错误"};
        }
        question_.shuffle = false;
        question_.options = {{inline_text(words[0]), words[0], "", yes ? 1.0 : 0.0},
                             {inline_text(words[1]), words[1], "", yes ? 0.0 : 1.0}};
        return true;
    }

    /// Three or more underlines are a blank; keys with ';' between blanks and '|' between what
    /// counts.
    bool read_blanks() {
        question_.kind = QuestionKind::kGaps;
        const auto keys = split(cell(SheetColumn::kKey), ";\n");
        auto& stem = question_.stem;
        std::size_t blanks = 0;
        for (std::size_t at = 0; (at = stem.find("___", at)) != std::string::npos;) {
            const auto end = std::min(stem.find_first_not_of('_', at), stem.size());
            stem.replace(at, end - at, "{{" + std::to_string(++blanks) + "}}");
        }
        // Without a blank in the text, one stands below it.
        const auto wanted = std::max<std::size_t>(blanks, 1);
        if (keys.size() != wanted || wanted > kGapsMax) {
            return leave_out(
                SheetColumn::kKey, "import.sheet.blanks"_id,
                {{"blanks", std::to_string(wanted)}, {"keys", std::to_string(keys.size())}});
        }
        for (const auto& key : keys) {
            question_.gaps.push_back(gap_of(key));
        }
        return true;
    }

    static Gap gap_of(const std::string& key) {
        Gap gap;
        const auto sign = key.find("±");
        const auto value = number_in(key.substr(0, sign));
        if (sign != std::string::npos && value) {
            const auto tolerance = number_in(key.substr(sign + std::string_view("±").size()));
            gap.number = true;
            gap.numbers.push_back({*value, std::fabs(tolerance.value_or(0)), 1});
            return gap;
        }
        if (value && key.find('|') == std::string::npos) {
            gap.number = true;
            gap.numbers.push_back({*value, 0, 1});
            return gap;
        }
        for (const auto& text : split(key, "|")) {
            // What is typed is folded at capture; so is the key.
            const auto key_text = item::width_folded(text);
            gap.options.push_back({escaped(key_text), key_text, "", 1});
        }
        return gap;
    }

    bool read_pairs() {
        question_.kind = QuestionKind::kMatch;
        for (const auto& line : lines_of(cell(SheetColumn::kOptions))) {
            const auto sides = split(line, "|=");
            if (sides.size() != 2) {
                return leave_out(SheetColumn::kOptions, "import.sheet.pair"_id,
                                 {{"value", line.substr(0, 40)}});
            }
            question_.options.push_back(
                {inline_text(sides[0]), sides[0], inline_text(sides[1]), 1});
        }
        return question_.options.size() > 1 ||
               leave_out(SheetColumn::kOptions, "import.sheet.options"_id);
    }

    bool read_sequence() {
        question_.kind = QuestionKind::kOrder;
        const auto lines = option_lines();
        const auto key = key_letters(lines.size());
        if (lines.size() < 2 || lines.size() > 26) {
            return leave_out(SheetColumn::kOptions, "import.sheet.options"_id);
        }
        if (key.size() != lines.size()) {
            return leave_out(SheetColumn::kKey, "import.sheet.key"_id);
        }
        for (const auto index : key) {
            question_.options.push_back({inline_text(lines[index]), lines[index], "", 1});
        }
        return true;
    }

    bool read_task() {
        question_.kind = QuestionKind::kFile;
        const auto names = lines_of(cell(SheetColumn::kOptions));
        if (names.size() != 1 || names[0].find('.') == std::string::npos) {
            return leave_out(SheetColumn::kOptions, "import.sheet.result"_id);
        }
        question_.result = names[0];
        question_.reference = paragraphs(cell(SheetColumn::kKey));
        return true;
    }

    bool read_pictures() {
        for (const auto& name : split(cell(SheetColumn::kPictures), ";,|\n")) {
            if (pictures_ == nullptr) {
                return leave_out(SheetColumn::kPictures, "import.sheet.no-pictures"_id);
            }
            const auto stem = name.substr(0, name.rfind('.'));
            auto picture = pictures_->find(stem);
            if (!picture.ok()) {
                return leave_out(SheetColumn::kPictures, "import.sheet.picture"_id,
                                 {{"name", name.substr(0, 80)}});
            }
            const bool png = std::string_view(picture->media_type) == "image/png";
            auto path = "files/" + std::to_string(question_.place) + '-' +
                        std::to_string(question_.pictures.size() + 1) + (png ? ".png" : ".jpg");
            import_.files[path] = std::move(picture->bytes);
            question_.pictures.push_back(std::move(path));
        }
        return true;
    }

    const table::Table& sheet_;
    const table::Pictures* pictures_;
    std::array<std::optional<std::size_t>, kColumns> columns_;
    const table::Row* row_ = nullptr;
    Import import_;
    Question question_;
};

}  // namespace

std::string language_of_sheet(const table::Table& sheet) {
    const bool english =
        !sheet.rows.empty() && table::find_column(sheet.rows.front(), {"text"}).has_value();
    return english ? "en" : "zh-CN";
}

Result<Import> read_sheet(const table::Table& sheet, const table::Pictures* pictures) {
    return Reader(sheet, pictures).read();
}

}  // namespace assay::import
