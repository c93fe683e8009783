#include "server/http/tus_headers.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "crypto/base64.h"

namespace assay::http {

namespace {

constexpr std::size_t kIdBytesMax = 128;

Error malformed() { return fail(Code::kInvalid, "http.tus.metadata"_id); }

bool is_key(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

std::string_view trimmed(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

Result<TusMetadata> read_tus_metadata(std::string_view header) {
    if (header.size() > kTusMetadataBytesMax) {
        return malformed();
    }
    TusMetadata out;
    while (!header.empty()) {
        const auto pair = trimmed(header.substr(0, header.find(',')));
        header.remove_prefix(
            std::min(header.size(), std::min(header.find(','), header.size()) + 1));
        const auto space = std::min(pair.find(' '), pair.size());
        const auto key = pair.substr(0, space);
        auto value = crypto::from_base64(trimmed(pair.substr(space)));
        if (!is_key(key) || !value || out.size() == kTusMetadataKeysMax ||
            !out.emplace(std::string(key), std::move(*value)).second) {
            return malformed();
        }
    }
    return out;
}

std::optional<std::uint64_t> read_tus_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size() ||
        value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    return value;
}

std::optional<Digest> read_tus_checksum(std::string_view header) {
    constexpr std::string_view kAlgorithm = "sha256 ";
    if (!header.starts_with(kAlgorithm) || header.size() > 64) {
        return std::nullopt;
    }
    const auto bytes = crypto::from_base64(header.substr(kAlgorithm.size()));
    const auto digest = bytes ? Digest::from_bytes(*bytes) : Result<Digest>(bytes.error());
    return digest ? std::optional(*digest) : std::nullopt;
}

bool is_tus_id(std::string_view text) {
    return !text.empty() && text.size() <= kIdBytesMax &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '_' || c == '-';
           });
}

int check_tus_patch(const Request& request) {
    if (request.header("tus-resumable") != kTusVersion) {
        return 412;
    }
    if (request.header("content-type") != kTusContentType) {
        return 415;
    }
    return read_tus_number(request.header("upload-offset")) ? 0 : 400;
}

}  // namespace assay::http
