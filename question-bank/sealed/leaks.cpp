#include "question-bank/sealed/leaks.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "question-bank/sealed/secret_parts.h"

namespace assay::sealed {
namespace {

using Files = std::map<std::string, Bytes>;

bool is_xml(std::string_view path) { return path.ends_with(".xml"); }

bool is_number(std::string_view text) {
    const bool digits =
        std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') ||
                      std::string_view("+-.,eE %").find(c) != std::string_view::npos;
           });
}

bool is_word_of_the_standard(std::string_view text) {
    static const std::set<std::string_view> kWords{
        "true",       "false",    "single",   "multiple", "ordered",      "record",
        "identifier", "boolean",  "integer",  "float",    "string",       "point",
        "pair",       "duration", "file",     "uri",      "directedPair", "intOrIdentifier",
        "candidate",  "scorer",   "author",   "proctor",  "tutor",        "testConstructor",
        "rect",       "circle",   "poly",     "ellipse",  "default",      "show",
        "hide",       "block",    "external", "human",    "none"};
    return kWords.contains(text) || text.starts_with("http://") || text.starts_with("https://");
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t at = 0;
    while ((at = text.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

/// The comparison of one file.
class Comparison {
  public:
    Comparison(std::string path, LeakReport& report) : path_(std::move(path)), report_(report) {}

    void run(ByteView scoring, ByteView candidate) {
        XmlParts full;
        XmlParts shown;
        if (!full.read(scoring) || !shown.read(candidate)) {
            report("", "xml");
            return;
        }
        for (const Found& each : shown.forbidden()) {
            report(each.place, each.problem);
        }
        for (const Found& each : shown.values()) {
            if (full.secret().contains(each.value)) {
                judge(full, each);
            }
        }
    }

  private:
    void judge(const XmlParts& full, const Found& each) {
        const std::vector<std::string_view> words = words_of(each.value);
        const bool identifiers =
            !words.empty() && std::all_of(words.begin(), words.end(), [&](std::string_view word) {
                return full.identifiers().contains(word);
            });
        if (identifiers) {
            let_through(each.value, Reason::kIdentifier);
        } else if (is_number(each.value)) {
            let_through(each.value, Reason::kNumber);
        } else if (is_word_of_the_standard(each.value)) {
            let_through(each.value, Reason::kWord);
        } else if (full.open().contains(each.value)) {
            let_through(each.value, Reason::kShown);
        } else {
            report(each.place, "value");
        }
    }
    void report(const std::string& place, const std::string& problem) {
        report_.leaks.push_back({path_, place, problem});
    }
    void let_through(const std::string& value, Reason reason) {
        if (seen_.insert(value).second) {
            report_.let_through.push_back({path_, value, reason});
        }
    }

    std::string path_;
    LeakReport& report_;
    std::set<std::string> seen_;
};

/// Last component of a path: how XML refers to a file, whatever folder it is in.
std::string_view base_name(std::string_view path) {
    return path.substr(path.find_last_of('/') + 1);
}

bool is_referred_to(std::string_view path, const Files& candidate) {
    return std::any_of(candidate.begin(), candidate.end(), [&](const auto& file) {
        return (is_xml(file.first) || file.first.ends_with(".css")) && file.first != path &&
               as_text(file.second).find(base_name(path)) != std::string_view::npos;
    });
}

}  // namespace

LeakReport look_for_leaks(const Files& scoring, const Files& candidate) {
    LeakReport out;
    for (const auto& [path, bytes] : candidate) {
        const auto full = scoring.find(path);
        if (full == scoring.end()) {
            out.leaks.push_back({path, "", "file"});
        } else if (is_xml(path)) {
            Comparison(path, out).run(full->second, bytes);
        } else if (bytes != full->second || !is_referred_to(path, candidate)) {
            out.leaks.push_back({path, "", "file"});
        }
    }
    std::sort(out.let_through.begin(), out.let_through.end(), [](const auto& a, const auto& b) {
        return std::tie(a.path, a.value) < std::tie(b.path, b.value);
    });
    return out;
}

}  // namespace assay::sealed
