#include "crypto/age_header.h"

#include <algorithm>

#include "crypto/age.h"
#include "crypto/base64.h"
#include "crypto/kdf.h"

namespace assay::crypto::age {

namespace {

constexpr std::string_view kVersion = "age-encryption.org/v1";
constexpr std::string_view kStanzaStart = "-> ";
constexpr std::string_view kMacStart = "---";
constexpr std::size_t kBodyColumns = 64;
constexpr std::size_t kMacChars = 43;

/// Lines that end in LF only; anything else in them is for the caller to refuse.
class Lines {
  public:
    explicit Lines(std::string_view text) : text_(text) {}

    Result<std::string_view> next() {
        const std::size_t end = text_.find('\n', at_);
        if (end == std::string_view::npos) {
            return broken_header();
        }
        start_ = at_;
        at_ = end + 1;
        return text_.substr(start_, end - start_);
    }
    std::size_t line_start() const { return start_; }
    std::size_t position() const { return at_; }

  private:
    std::string_view text_;
    std::size_t start_ = 0;
    std::size_t at_ = 0;
};

bool is_visible(char c) { return c >= 0x21 && c <= 0x7e; }

Result<std::vector<std::string>> read_arguments(std::string_view line) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t space = line.find(' ');
        const std::string_view argument = line.substr(0, space);
        if (argument.empty() || !std::ranges::all_of(argument, is_visible)) {
            return broken_header();
        }
        out.emplace_back(argument);
        if (space == std::string_view::npos) {
            return out;
        }
        line.remove_prefix(space + 1);
    }
}

/// Full lines of 64 columns and one shorter line, which may be empty.
Result<Bytes> read_body(Lines& lines) {
    Bytes out;
    while (true) {
        ASSAY_TRY(const std::string_view line, lines.next());
        const Result<Bytes> part = from_base64_raw(line);
        if (line.size() > kBodyColumns || !part.ok()) {
            return broken_header();
        }
        append(out, *part);
        if (line.size() < kBodyColumns) {
            return out;
        }
    }
}

Result<Digest> read_mac(std::string_view line) {
    const std::string_view text = line.substr(kMacStart.size());
    if (text.size() != kMacChars + 1 || text[0] != ' ') {
        return broken_header();
    }
    const Result<Bytes> bytes = from_base64_raw(text.substr(1));
    if (!bytes.ok() || bytes->size() != Digest::kBytes) {
        return broken_header();
    }
    return Digest::from_bytes(*bytes);
}

Result<Header> read_lines(std::string_view text) {
    Lines lines(text);
    ASSAY_TRY(const std::string_view version, lines.next());
    if (version != kVersion) {
        return broken_header();
    }
    Header out;
    while (true) {
        ASSAY_TRY(const std::string_view line, lines.next());
        if (line.starts_with(kMacStart) && !out.stanzas.empty()) {
            out.mac_covers = lines.line_start() + kMacStart.size();
            ASSAY_TRY(out.mac, read_mac(line));
            out.bytes = lines.position();
            return out;
        }
        if (!line.starts_with(kStanzaStart) || out.stanzas.size() == kStanzasMax) {
            return broken_header();
        }
        Stanza stanza;
        ASSAY_TRY(stanza.arguments, read_arguments(line.substr(kStanzaStart.size())));
        ASSAY_TRY(stanza.body, read_body(lines));
        out.stanzas.push_back(std::move(stanza));
    }
}

Digest header_mac(ByteView covered, const SecretBytes& file_key) {
    const SecretBytes key = hkdf_sha256(file_key.view(), {}, "header");
    return hmac_sha256(key.view(), covered);
}

}  // namespace

Error broken_header() { return fail(Code::kInvalid, "crypto.age.header"_id); }

Result<Header> read_header(ByteView file) {
    const std::string_view text = as_text(file.first(std::min(file.size(), kAgeHeaderBytesMax)));
    Result<Header> header = read_lines(text);
    if (!header.ok() && file.size() >= kAgeHeaderBytesMax && text.starts_with(kVersion)) {
        return fail(Code::kLimit, "crypto.age.header-limit"_id,
                    {{"limit", std::to_string(kAgeHeaderBytesMax)}});
    }
    return header;
}

Bytes write_header(const std::vector<Stanza>& stanzas, const SecretBytes& file_key) {
    std::string out = std::string(kVersion) + '\n';
    for (const Stanza& stanza : stanzas) {
        out += "->";
        for (const std::string& argument : stanza.arguments) {
            out += ' ' + argument;
        }
        const std::string body = to_base64_raw(stanza.body);
        for (std::size_t at = 0; at <= body.size(); at += kBodyColumns) {
            out += '\n' + body.substr(at, kBodyColumns);
        }
        out += '\n';
    }
    out += kMacStart;
    const Digest mac = header_mac(as_bytes(out), file_key);
    return to_bytes(out + ' ' + to_base64_raw(mac.view()) + '\n');
}

Status check_mac(const Header& header, ByteView file, const SecretBytes& file_key) {
    const Digest mac = header_mac(file.first(header.mac_covers), file_key);
    if (!equal_secret(mac.view(), header.mac.view())) {
        return fail(Code::kCorrupt, "crypto.age.mac"_id);
    }
    return Ok{};
}

}  // namespace assay::crypto::age
