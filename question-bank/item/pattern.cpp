#include "question-bank/item/pattern.h"

#include <re2/re2.h>

namespace assay::item {

namespace {

constexpr std::int64_t kPatternMemoryBytes = std::int64_t{8} * 1024 * 1024;

/// An escape of XML Schema that RE2 lacks or takes for ASCII only, else the escape itself.
std::string translated_escape(char c, bool in_class) {
    switch (c) {
        case 'i':
            return in_class ? "\\p{L}_:" : "[\\p{L}_:]";
        case 'c':
            return in_class ? "\\p{L}\\p{N}._:\\-" : "[\\p{L}\\p{N}._:\\-]";
        case 'd':
            return "\\p{Nd}";
        case 'D':
            return "\\P{Nd}";
        case 'w':
            return in_class ? "\\p{L}\\p{M}\\p{N}\\p{S}_" : "[\\p{L}\\p{M}\\p{N}\\p{S}_]";
        case 'W':
            return in_class ? "\\p{P}\\p{Z}\\p{C}" : "[^\\p{L}\\p{M}\\p{N}\\p{S}_]";
        case 'I':
            return "[^\\p{L}_:]";
        case 'C':
            return "[^\\p{L}\\p{N}._:\\-]";
        default:
            return std::string("\\") + c;
    }
}

}  // namespace

std::string re2_pattern(std::string_view pattern) {
    // Authors also write anchors as other engines have them: around the whole they change nothing.
    if (pattern.starts_with('^')) {
        pattern.remove_prefix(1);
    }
    if (pattern.ends_with('$') && !pattern.ends_with("\\$")) {
        pattern.remove_suffix(1);
    }
    std::string out;
    bool in_class = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            out += translated_escape(pattern[++i], in_class);
            continue;
        }
        if (!in_class && (c == '^' || c == '$')) {
            out += '\\';
        }
        if (c == '[') {
            in_class = true;
        } else if (c == ']') {
            in_class = false;
        }
        out += c;
    }
    return out;
}

Result<bool> pattern_matches(const std::string& pattern, std::string_view text) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_dot_nl(false);
    options.set_max_mem(kPatternMemoryBytes);
    const RE2 compiled(re2_pattern(pattern), options);
    if (!compiled.ok()) {
        return fail(Code::kInvalid, "item.pattern.invalid"_id,
                    {{"pattern", pattern.substr(0, 80)}, {"cause", compiled.error()}});
    }
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled);
}

}  // namespace assay::item
