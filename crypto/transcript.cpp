#include "crypto/transcript.h"

#include <algorithm>
#include <array>

namespace assay::crypto {

namespace {

constexpr std::string_view kFirstWord = "assay-ceremony/v1 ";
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kValueBytesMax = 128;
constexpr std::array<std::string_view, 8> kKinds = {"present", "root",     "officer", "shared",
                                                    "share",   "rejoined", "list",    "file"};

Error malformed(std::size_t line) {
    return fail(Code::kInvalid, "crypto.transcript.malformed"_id, {{"line", std::to_string(line)}});
}

/// Up to the separator; takes both away.
std::string_view next(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view out = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    return out;
}

bool is_value(std::string_view value) {
    return !value.empty() && value.size() <= kValueBytesMax &&
           std::ranges::all_of(value, [](char c) { return c > ' ' && c < 0x7f; });
}

Result<Transcript::Line> read_line(std::string_view text, std::size_t number) {
    const auto time = WallTime::from_text(next(text, ' '));
    const std::string_view kind = next(text, ' ');
    const std::string_view name = next(text, ' ');
    if (!time.ok() || std::ranges::find(kKinds, kind) == kKinds.end() ||
        !is_transcript_name(name) || !is_value(text)) {
        return malformed(number);
    }
    return Transcript::Line{*time, std::string(kind), std::string(name), std::string(text)};
}

}  // namespace

bool is_transcript_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytesMax && name[0] != '.' &&
           std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                      c == '_';
           });
}

bool is_transcript_title(std::string_view title) {
    return !title.empty() && title.size() <= kTranscriptTitleBytesMax &&
           std::ranges::all_of(
               title, [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7f; });
}

std::string Transcript::text() const {
    std::string out = std::string(kFirstWord) + begun.text() + ' ' + title + '\n';
    for (const Line& line : lines) {
        out += line.time.text() + ' ' + line.kind + ' ' + line.name + ' ' + line.value + '\n';
    }
    return out;
}

Result<Transcript> Transcript::from_text(std::string_view text) {
    if (text.size() > kTranscriptBytesMax || !text.starts_with(kFirstWord) ||
        !text.ends_with('\n')) {
        return malformed(1);
    }
    std::string_view rest = text.substr(kFirstWord.size());
    std::string_view first = next(rest, '\n');
    const auto begun = WallTime::from_text(next(first, ' '));
    if (!begun.ok() || !is_transcript_title(first)) {
        return malformed(1);
    }
    Transcript out{*begun, std::string(first), {}};
    while (!rest.empty()) {
        if (out.lines.size() == kTranscriptLinesMax) {
            return malformed(out.lines.size() + 2);
        }
        ASSAY_TRY(Line line, read_line(next(rest, '\n'), out.lines.size() + 2));
        out.lines.push_back(std::move(line));
    }
    return out;
}

std::vector<Transcript::Line> Transcript::of(std::string_view kind) const {
    std::vector<Line> out;
    std::ranges::copy_if(lines, std::back_inserter(out),
                         [&](const Line& line) { return line.kind == kind; });
    return out;
}

}  // namespace assay::crypto
