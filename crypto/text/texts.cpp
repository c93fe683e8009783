#include "crypto/text/texts.h"

#include <algorithm>

namespace assay::text {
namespace {

const std::string* argument(const Args& args, std::string_view name) {
    const auto found =
        std::find_if(args.begin(), args.end(), [&](const auto& arg) { return arg.first == name; });
    return found == args.end() ? nullptr : &found->second;
}

/// Arguments that name a kind of object ("key-list", with or without its URN) say it in words.
Args with_objects(const Catalogue& catalogue, Args args) {
    constexpr std::string_view kUrn = "urn:assay:v1:";
    for (auto& [name, value] : args) {
        if (name != "object" && name != "found") {
            continue;
        }
        const std::string_view kind =
            std::string_view(value).substr(value.starts_with(kUrn) ? kUrn.size() : 0);
        if (const std::string* word = catalogue.find("record.kind." + std::string(kind))) {
            value = *word;
        }
    }
    return args;
}

/// The message of an error that another program sent comes as an argument `reason` that holds an
/// id, beside the arguments of that message: its sentence, and "{reason.hint}" as its next step.
Args with_reason(const Catalogue& catalogue, const Args& given) {
    const Args args = with_objects(catalogue, given);
    const std::string* reason = argument(args, "reason");
    const std::string* sentence = reason == nullptr ? nullptr : catalogue.find(*reason);
    Args out;
    if (sentence == nullptr) {
        out = args;
        out.emplace_back("reason.hint", "");  // nothing is known of a newer program's reason
        return out;
    }
    for (const auto& arg : args) {
        if (arg.first != "reason") {
            out.push_back(arg);
        }
    }
    const std::string* next = catalogue.find(*reason + ".hint");
    const std::string said = fill(*sentence, out);
    const std::string hint = next == nullptr ? std::string() : fill(*next, out);
    out.emplace_back("reason", said);
    out.emplace_back("reason.hint", hint);
    return out;
}

/// "{count|file|files}": the second word for the number 1, else the third; nothing where it is none
/// of those.
const std::string* numbered(std::string_view inside, const Args& args, std::string& word) {
    const auto first = inside.find('|');
    const auto second = inside.rfind('|');
    if (first == second) {
        return nullptr;
    }
    const std::string* number = argument(args, inside.substr(0, first));
    if (number == nullptr) {
        return nullptr;
    }
    word =
        *number == "1" ? inside.substr(first + 1, second - first - 1) : inside.substr(second + 1);
    return &word;
}

bool is_letter(char actual, char lower) { return actual == lower || actual == lower - 'a' + 'A'; }

}  // namespace

Language language_from(std::string_view tag) {
    const bool chinese = tag.size() >= 2 && is_letter(tag[0], 'z') && is_letter(tag[1], 'h');
    return chinese ? Language::kChinese : Language::kEnglish;
}

const char* language_tag(Language language) {
    return language == Language::kChinese ? "zh-CN" : "en";
}

std::string fill(std::string_view sentence, const Args& args) {
    std::string out;
    out.reserve(sentence.size());
    while (!sentence.empty()) {
        const auto open = sentence.find('{');
        out += sentence.substr(0, open);
        if (open == std::string_view::npos) {
            break;
        }
        sentence.remove_prefix(open);
        const auto close = sentence.find('}');
        std::string word;
        const std::string* value = nullptr;
        if (close != std::string_view::npos) {
            const std::string_view inside = sentence.substr(1, close - 1);
            value = argument(args, inside);
            value = value != nullptr ? value : numbered(inside, args, word);
        }
        if (value == nullptr) {
            out += '{';
            sentence.remove_prefix(1);
        } else {
            out += *value;
            sentence.remove_prefix(close + 1);
        }
    }
    return out;
}

Texts::Texts(Catalogue chinese, Catalogue english)
    : chinese_(std::move(chinese)), english_(std::move(english)) {}

Result<Texts> Texts::load(Disk& disk, const Path& locale_folder) {
    ASSAY_TRY(auto chinese, load_catalogue(disk, locale_folder, "zh_CN"));
    ASSAY_TRY(auto english, load_catalogue(disk, locale_folder, "en"));
    return Texts(std::move(chinese), std::move(english));
}

const Catalogue& Texts::of(Language language) const {
    return language == Language::kChinese ? chinese_ : english_;
}

std::string Texts::say(Language language, const Message& message) const {
    const std::string* sentence = of(language).find(message.id.text());
    return sentence == nullptr ? std::string(message.id.text())
                               : fill(*sentence, with_reason(of(language), message.args));
}

std::string Texts::hint(Language language, const Error& error) const {
    const std::string id = std::string(error.what.id.text()) + ".hint";
    const std::string* sentence = of(language).find(id);
    return sentence == nullptr ? std::string()
                               : fill(*sentence, with_reason(of(language), error.what.args));
}

std::string Texts::say_error(Language language, const Error& error) const {
    const Message what{"text.label.error"_id, {{"sentence", say(language, error.what)}}};
    std::string out = say(language, what);
    if (const std::string next = hint(language, error); !next.empty()) {
        out += '\n' + say(language, {"text.label.hint"_id, {{"sentence", next}}});
    }
    return out;
}

}  // namespace assay::text
