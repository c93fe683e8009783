#include "crypto/armor.h"

#include <algorithm>

#include "crypto/base64.h"

namespace assay::crypto {

namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::size_t kColumns = 64;
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

Error malformed(std::size_t line) {
    return fail(Code::kInvalid, "crypto.armor.malformed"_id, {{"line", std::to_string(line)}});
}

std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

}  // namespace

std::string age_armor(ByteView file) {
    const std::string body = to_base64(file);
    std::string out(kBegin);
    for (std::size_t at = 0; at < body.size(); at += kColumns) {
        out += '\n' + body.substr(at, kColumns);
    }
    out += '\n';
    out += kEnd;
    return out + '\n';
}

Result<Bytes> age_dearmor(std::string_view text) {
    std::string_view rest = trim(text);
    if (take_line(rest) != kBegin) {
        return malformed(1);
    }
    Bytes out;
    bool short_line = false;
    for (std::size_t number = 2; !rest.empty(); ++number) {
        const std::string_view line = take_line(rest);
        if (line == kEnd) {
            return rest.empty() ? Result<Bytes>(std::move(out)) : malformed(number + 1);
        }
        // Only the last line may be short, and only it may end in padding.
        const Result<Bytes> part = from_base64(line);
        if (short_line || line.empty() || line.size() > kColumns || !part.ok()) {
            return malformed(number);
        }
        short_line = line.size() < kColumns || line.ends_with('=');
        append(out, *part);
    }
    return malformed(1);
}

bool is_age_armor(ByteView file) {
    const std::string_view text = as_text(file);
    const std::size_t first = text.find_first_not_of(kSpace);
    return first != std::string_view::npos && text.substr(first).starts_with(kBegin);
}

}  // namespace assay::crypto
