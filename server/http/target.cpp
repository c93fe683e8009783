#include "server/http/target.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace assay::http {

namespace {

Error malformed() { return fail(Code::kInvalid, "http.target.malformed"_id); }

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return is_plain_utf8(out) ? std::optional(out) : std::nullopt;
}

bool is_honest_segment(std::string_view segment) {
    return !segment.empty() && segment != "." && segment != ".." &&
           segment.find_first_of("/\\") == std::string_view::npos;
}

Status read_path(std::string_view raw, Target& target) {
    const auto parts = segments_of(raw);
    if (parts.size() > kPathSegmentsMax) {
        return fail(Code::kLimit, "http.target.large"_id);
    }
    for (const auto part : parts) {
        const auto segment = decode(part, false);
        if (!segment || !is_honest_segment(*segment)) {
            return malformed();
        }
        target.path += '/';
        target.path += *segment;
    }
    if (parts.empty()) {
        target.path = "/";
    }
    return Ok{};
}

Status read_query(std::string_view raw, Target& target) {
    while (!raw.empty()) {
        const auto pair = raw.substr(0, raw.find('&'));
        raw.remove_prefix(std::min(raw.size(), pair.size() + 1));
        if (pair.empty()) {
            continue;
        }
        if (target.query.size() == kQueryPairsMax) {
            return fail(Code::kLimit, "http.target.large"_id);
        }
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = decode(pair.substr(0, equals), true);
        const auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) {
            return malformed();
        }
        target.query.emplace_back(*name, *value);
    }
    return Ok{};
}

/// How many bytes the sequence that begins with `first` has; 0 for a byte that begins none.
std::size_t sequence_size(std::uint8_t first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return 2;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return 3;
    }
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool is_scalar(std::uint32_t code, std::size_t size) {
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= kSmallest[size] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7F && code <= 0x9F); }

}  // namespace

Result<Target> read_target(std::string_view raw) {
    if (raw.size() > kTargetBytesMax) {
        return fail(Code::kLimit, "http.target.large"_id);
    }
    if (!raw.starts_with('/') || raw.find('#') != std::string_view::npos) {
        return malformed();
    }
    Target target;
    const auto question = std::min(raw.find('?'), raw.size());
    ASSAY_TRY_STATUS(read_path(raw.substr(0, question), target));
    ASSAY_TRY_STATUS(read_query(raw.substr(std::min(question + 1, raw.size())), target));
    return target;
}

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> out;
    if (path.size() <= 1) {
        return out;
    }
    path.remove_prefix(1);
    for (;;) {
        const auto slash = path.find('/');
        out.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return out;
        }
        path.remove_prefix(slash + 1);
    }
}

bool is_plain_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const auto first = static_cast<std::uint8_t>(text[i]);
        const std::size_t size = sequence_size(first);
        if (size == 0 || i + size > text.size()) {
            return false;
        }
        constexpr std::uint32_t kMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        std::uint32_t code = first & kMask[size];
        for (std::size_t k = 1; k < size; ++k) {
            const auto next = static_cast<std::uint8_t>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) {
                return false;
            }
            code = (code << 6U) | (next & 0x3FU);
        }
        if (!is_scalar(code, size) || is_control(code)) {
            return false;
        }
        i += size;
    }
    return true;
}

}  // namespace assay::http
