#include "question-bank/preview/request.h"

#include <algorithm>
#include <charconv>

namespace assay::preview {

namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Nothing where a percent sign stands before anything but two hex digits, or a control character
/// comes out.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            return std::nullopt;
        }
        out += c;
    }
    return out;
}

bool read_query(std::string_view text, Request& out) {
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(pair.substr(0, equals));
        const auto value = decoded(pair.substr(std::min(pair.size(), equals + 1)));
        if (!name || !value) {
            return false;
        }
        out.query[*name] = *value;
    }
    return true;
}

/// 0 or the status of a refusal.
int read_line(std::string_view line, Request& out) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || last == first) {
        return 400;
    }
    out.method = std::string(line.substr(0, first));
    const auto target = line.substr(first + 1, last - first - 1);
    if (line.substr(last + 1) != "HTTP/1.1") {
        return 505;
    }
    if (out.method != "GET" && out.method != "POST") {
        return 405;
    }
    const auto mark = std::min(target.find('?'), target.size());
    const auto path = decoded(target.substr(0, mark));
    if (!path || !path->starts_with('/') || target.find(' ') != std::string_view::npos) {
        return 400;
    }
    out.path = *path;
    return read_query(target.substr(std::min(target.size(), mark + 1)), out) ? 0 : 400;
}

/// False for a line that is no field, and for a field that comes twice where that would matter.
bool read_field(std::string_view line, Fields& out) {
    const auto colon = line.find(':');
    if (colon == 0 || colon == std::string_view::npos) {
        return false;
    }
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const bool token = std::ranges::all_of(name, [](char c) {
        return c == '-' || c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    value.remove_suffix(value.size() - (value.find_last_not_of(" \t") + 1));
    return token && out.emplace(std::move(name), value).second;
}

std::string_view value_of(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

/// 0 or the status of a refusal. A body has its length; another framing is not spoken.
int check_fields(const Fields& fields, std::string_view host, std::size_t& body) {
    if (value_of(fields, "host") != host) {
        return 421;
    }
    const auto origin = value_of(fields, "origin");
    if (!origin.empty() && origin != "http://" + std::string(host)) {
        return 403;
    }
    if (fields.contains("transfer-encoding")) {
        return 501;
    }
    const auto length = value_of(fields, "content-length");
    if (length.empty()) {
        return fields.contains("content-length") ? 400 : 0;
    }
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), body);
    if (error != std::errc() || end != length.data() + length.size()) {
        return 400;
    }
    return body > kBodyBytesMax ? 413 : 0;
}

const char* phrase_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 404:
            return "Not Found";
        default:
            return "Refused";
    }
}

}  // namespace

Arrival read_request(std::string_view bytes, std::string_view host) {
    const auto end = bytes.substr(0, kHeadBytesMax).find("\r\n\r\n");
    if (end == std::string_view::npos) {
        return {std::nullopt, bytes.size() >= kHeadBytesMax ? 431 : 0};
    }
    auto head = bytes.substr(0, end);
    const auto first = head.substr(0, head.find("\r\n"));
    Request out;
    if (const int refusal = read_line(first, out); refusal != 0) {
        return {std::nullopt, refusal};
    }
    head.remove_prefix(std::min(head.size(), first.size() + 2));
    Fields fields;
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        if (!read_field(line, fields)) {
            return {std::nullopt, 400};
        }
    }
    std::size_t length = 0;
    if (const int refusal = check_fields(fields, host, length); refusal != 0) {
        return {std::nullopt, refusal};
    }
    const auto body = bytes.substr(end + 4);
    if (body.size() < length) {
        return {};
    }
    out.body = std::string(body.substr(0, length));
    return {std::move(out), 0};
}

std::string reply_text(const Reply& reply) {
    const std::string policy = reply.policy.empty() ? "default-src 'none'; sandbox" : reply.policy;
    return "HTTP/1.1 " + std::to_string(reply.status) + ' ' + phrase_of(reply.status) +
           "\r\ncontent-type: " + reply.type +
           "\r\ncontent-length: " + std::to_string(reply.body.size()) +
           "\r\ncontent-security-policy: " + policy + "; frame-ancestors 'self'" +
           "\r\nx-content-type-options: nosniff\r\nreferrer-policy: no-referrer"
           "\r\ncross-origin-resource-policy: same-origin\r\ncache-control: no-store"
           "\r\nconnection: close\r\n\r\n" +
           reply.body;
}

}  // namespace assay::preview
