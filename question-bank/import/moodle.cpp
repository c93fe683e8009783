#include "question-bank/import/moodle.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <pugixml.hpp>

#include "crypto/base/escape.h"
#include "question-bank/import/base64.h"
#include "question-bank/import/cloze.h"
#include "question-bank/import/markup.h"
#include "question-bank/import/numbers.h"
#include "question-bank/item/item.h"
#include "question-bank/item/xml.h"

namespace assay::import {

namespace {

constexpr double kPercent = 100;
constexpr std::size_t kXmlNodesMax = 2'000'000;
constexpr std::string_view kFilePlace = "@@PLUGINFILE@@/";

std::string text_below(pugi::xml_node node) { return node.child("text").text().get(); }

bool is_set(pugi::xml_node question, const char* name) {
    const std::string_view text = question.child(name).text().get();
    return text == "1" || text == "true";
}

/// A letter, digit, '-', '_' or '.' of a file's name; anything else is replaced.
std::string plain_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        out += plain ? c : '_';
    }
    return out.empty() || out.front() == '.' ? "_" + out : out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// Reads questions in order; `topic_` is what the last category said.
class Reader {
  public:
    explicit Reader(const item::Xml& xml) : xml_(xml) {}

    Result<Import> read() {
        for (const auto node : xml_.root().children("question")) {
            if (import_.questions.size() + import_.left_out.size() >= kQuestionsMax) {
                return fail(Code::kLimit, "import.questions"_id,
                            {{"limit", std::to_string(kQuestionsMax)}});
            }
            read_question(node);
        }
        return std::move(import_);
    }

  private:
    using Read = void (Reader::*)(pugi::xml_node);
    struct Type {
        std::string_view name;
        Read read;
    };

    void read_question(pugi::xml_node node) {
        static constexpr std::array<Type, 11> kTypes = {{
            {"multichoice", &Reader::choice},
            {"truefalse", &Reader::truth},
            {"shortanswer", &Reader::text},
            {"numerical", &Reader::number},
            {"matching", &Reader::match},
            {"ddmatch", &Reader::match},
            {"essay", &Reader::essay},
            {"ordering", &Reader::order},
            {"cloze", &Reader::cloze},
            {"multianswer", &Reader::cloze},
            {"gapselect", &Reader::selected_gaps},
        }};
        const std::string_view type = node.attribute("type").value();
        if (type == "category") {
            const std::string path = node.child("category").child("text").text().get();
            topic_ = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
            return;
        }
        begin(node);
        const auto known = std::find_if(kTypes.begin(), kTypes.end(),
                                        [&](const Type& t) { return t.name == type; });
        if (known != kTypes.end()) {
            (this->*known->read)(node);
        } else if (type == "ddwtos") {
            selected_gaps(node);
        } else {
            leave_out("import.moodle.type"_id, {{"type", std::string(type.substr(0, 40))}});
        }
    }

    void begin(pugi::xml_node node) {
        question_ = Question{};
        question_.place = xml_.line(node);
        question_.title = text_below(node.child("name"));
        question_.topic = topic_;
        question_.stem = html(node.child("questiontext"));
        question_.points = number_in(node.child("defaultgrade").text().get()).value_or(1);
        question_.shuffle = !node.child("shuffleanswers") || is_set(node, "shuffleanswers");
        if (!(question_.points > 0)) {
            question_.points = 1;
            remark("import.moodle.points"_id);
        }
    }

    void remark(MessageId why) { import_.remarks.push_back({question_.place, "", {why, {}}}); }
    void leave_out(MessageId why, Args args = {}) {
        import_.left_out.push_back({question_.place, "", {why, std::move(args)}});
    }
    void keep() { import_.questions.push_back(std::move(question_)); }

    /// Text of an element as XHTML, its files taken into the package.
    std::string html(pugi::xml_node node) {
        auto text = text_below(node);
        const std::string_view format = node.attribute("format").as_string("html");
        const bool plain = format == "plain_text" || format == "markdown";
        for (const auto file : node.children("file")) {
            take_file(file, text);
        }
        return plain ? paragraphs(text) : xhtml_of(text);
    }

    void take_file(pugi::xml_node file, std::string& text) {
        const std::string name = file.attribute("name").value();
        auto bytes = from_base64(file.text().get());
        if (!bytes) {
            return remark("import.moodle.file"_id);
        }
        const auto path = "files/" + std::to_string(question_.place) + '-' + plain_name(name);
        replace_all(text, std::string(kFilePlace) + name, path);
        std::string coded = name;
        replace_all(coded, " ", "%20");
        replace_all(text, std::string(kFilePlace) + coded, path);
        import_.files[path] = std::move(*bytes);
    }

    Option option_of(pugi::xml_node node) {
        Option out;
        out.html = html(node);
        out.text = text_of(out.html);
        out.fraction = number_in(node.attribute("fraction").value()).value_or(0) / kPercent;
        return out;
    }

    void choice(pugi::xml_node node) {
        for (const auto answer : node.children("answer")) {
            question_.options.push_back(option_of(answer));
        }
        question_.many = node.child("single") && !is_set(node, "single");
        question_.all_or_none = false;
        const bool right = std::any_of(question_.options.begin(), question_.options.end(),
                                       [](const Option& o) { return o.fraction > 0; });
        if (!right || question_.options.size() > kOptionsMax) {
            return leave_out("import.moodle.answers"_id);
        }
        keep();
    }

    void truth(pugi::xml_node node) {
        bool truth = false;
        for (const auto answer : node.children("answer")) {
            truth = truth ||
                    (text_below(answer) == "true" && answer.attribute("fraction").as_double() > 0);
        }
        question_.shuffle = false;
        question_.options = {{"√", "√", "", truth ? 1.0 : 0.0}, {"×", "×", "", truth ? 0.0 : 1.0}};
        keep();
    }

    void text(pugi::xml_node node) {
        question_.kind = QuestionKind::kText;
        question_.case_sensitive = is_set(node, "usecase");
        for (const auto answer : node.children("answer")) {
            auto option = option_of(answer);
            if (option.text.find('*') != std::string::npos) {
                remark("import.moodle.wildcard"_id);
            } else if (!option.text.empty()) {
                question_.options.push_back(std::move(option));
            }
        }
        question_.options.empty() ? leave_out("import.moodle.answers"_id) : keep();
    }

    void number(pugi::xml_node node) {
        question_.kind = QuestionKind::kNumber;
        for (const auto answer : node.children("answer")) {
            const auto value = number_in(text_below(answer));
            const auto tolerance = number_in(answer.child("tolerance").text().get()).value_or(0);
            const auto share = number_in(answer.attribute("fraction").value()).value_or(0);
            if (value && share > 0) {
                question_.numbers.push_back({*value, std::fabs(tolerance), share / kPercent});
            }
        }
        if (node.child("units")) {
            remark("import.moodle.units"_id);
        }
        question_.numbers.empty() ? leave_out("import.moodle.answers"_id) : keep();
    }

    void match(pugi::xml_node node) {
        question_.kind = QuestionKind::kMatch;
        for (const auto pair : node.children("subquestion")) {
            Option option;
            option.html = html(pair);
            option.partner = escaped(text_below(pair.child("answer")));
            if (!option.partner.empty()) {
                question_.options.push_back(std::move(option));
            }
        }
        const bool any = std::any_of(question_.options.begin(), question_.options.end(),
                                     [](const Option& o) { return !o.html.empty(); });
        any ? keep() : leave_out("import.moodle.answers"_id);
    }

    void essay(pugi::xml_node node) {
        question_.kind = QuestionKind::kEssay;
        question_.reference = html(node.child("graderinfo"));
        keep();
    }

    void order(pugi::xml_node node) {
        question_.kind = QuestionKind::kOrder;
        for (const auto answer : node.children("answer")) {
            question_.options.push_back(option_of(answer));
        }
        question_.options.size() > 1 ? keep() : leave_out("import.moodle.answers"_id);
    }

    void cloze(pugi::xml_node) {
        const bool stem = text_of(question_.stem).find('{') != std::string::npos;
        stem&& read_cloze(question_) ? keep() : leave_out("import.moodle.gap"_id);
    }

    /// "[[2]]" is a gap whose right text is the second option; the others of its group are wrong.
    void selected_gaps(pugi::xml_node node) {
        question_.kind = QuestionKind::kGaps;
        struct Word {
            std::string text;
            std::string group;
        };
        std::vector<Word> words;
        for (const char* name : {"selectoption", "dragbox"}) {
            for (const auto option : node.children(name)) {
                words.push_back({text_below(option), option.child("group").text().get()});
            }
        }
        auto& stem = question_.stem;
        for (std::size_t at = 0; (at = stem.find("[[", at)) != std::string::npos;) {
            const auto end = stem.find("]]", at);
            const auto index = end == std::string::npos
                                   ? std::nullopt
                                   : number_in(stem.substr(at + 2, end - at - 2));
            const bool known = index && *index >= 1 && *index <= static_cast<double>(words.size());
            if (!known || question_.gaps.size() >= kGapsMax) {
                return leave_out("import.moodle.gap"_id);
            }
            const auto& right = words[static_cast<std::size_t>(*index) - 1];
            Gap gap;
            gap.typed = false;
            for (const auto& word : words) {
                if (word.group == right.group) {
                    gap.options.push_back(
                        {escaped(word.text), word.text, "", &word == &right ? 1.0 : 0.0});
                }
            }
            question_.gaps.push_back(std::move(gap));
            stem.replace(at, end + 2 - at, "{{" + std::to_string(question_.gaps.size()) + "}}");
        }
        question_.gaps.empty() ? leave_out("import.moodle.gap"_id) : keep();
    }

    const item::Xml& xml_;
    Import import_;
    Question question_;
    std::string topic_;
};

}  // namespace

Result<Import> read_moodle(ByteView bytes) {
    ASSAY_TRY(const auto xml, item::parse_xml_as_written(
                                  bytes, {kSourceBytesMax, item::kXmlDepthMax, kXmlNodesMax}));
    if (std::string_view(xml.root().name()) != "quiz") {
        return fail(Code::kInvalid, "import.moodle.not-a-quiz"_id,
                    {{"element", std::string(xml.root().name())}});
    }
    return Reader(xml).read();
}

}  // namespace assay::import
