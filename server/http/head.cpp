#include "server/http/head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <span>

namespace assay::http {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

/// A second one of these could be read instead of the first by somebody else.
bool is_single(std::string_view name) {
    constexpr std::array<std::string_view, 7> kSingle{
        "content-length", "transfer-encoding", "host",         "expect",
        "content-type",   "authorization",     "upload-offset"};
    return std::find(kSingle.begin(), kSingle.end(), name) != kSingle.end();
}

std::optional<std::uint64_t> read_length(std::string_view digits) {
    std::uint64_t out = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, out);
    const bool plain = !digits.empty() && digits.size() <= 19 && digits[0] != '-';
    return plain && error == std::errc{} && stop == end ? std::optional(out) : std::nullopt;
}

/// 0, or the status to refuse with.
int read_frame(const Headers& headers, BodyFrame& body) {
    const auto length = headers.find("content-length");
    const auto coding = headers.find("transfer-encoding");
    if (length != headers.end() && coding != headers.end()) {
        return 400;
    }
    if (coding != headers.end()) {
        body.chunked = true;
        return lower(coding->second) == "chunked" ? 0 : 501;
    }
    if (length != headers.end()) {
        const auto value = read_length(length->second);
        body.length = value.value_or(0);
        return value ? 0 : 400;
    }
    return 0;
}

/// Also stops a folded line, the old way to hide a field in another one.
bool is_host(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~%:[]").find(c) != std::string_view::npos;
    });
}

int read_wishes(Head& head) {
    const auto connection = head.headers.find("connection");
    head.close = connection != head.headers.end() &&
                 lower(connection->second).find("close") != std::string::npos;
    const auto host = head.headers.find("host");
    if (host == head.headers.end() || !is_host(host->second)) {
        return 400;
    }
    const auto expect = head.headers.find("expect");
    head.expects_continue = expect != head.headers.end();
    return head.expects_continue && lower(expect->second) != "100-continue" ? 417 : 0;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool is_field_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7F;
    });
}

/// What only the server may say.
bool is_ours(std::string_view name) {
    return name == "content-length" || name == "transfer-encoding" || name == "connection" ||
           name == "date";
}

bool may_send(const Reply& reply) {
    return reply.status >= 200 && reply.status <= 599 &&
           std::all_of(reply.headers.begin(), reply.headers.end(), [](const auto& field) {
               return is_token(field.first) && is_field_value(field.second) &&
                      !is_ours(lower(field.first));
           });
}

}  // namespace

HeadCheck read_head(unsigned version,
                    const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    if (version != 11) {
        return {std::nullopt, 505};
    }
    Head head;
    for (const auto& [raw_name, value] : fields) {
        const auto name = lower(raw_name);
        const auto [at, fresh] = head.headers.emplace(name, std::string(value));
        if (!is_token(name) || !is_field_value(value) || (!fresh && is_single(name))) {
            return {std::nullopt, 400};
        }
        if (!fresh) {
            at->second.append(", ").append(value);
        }
    }
    int refusal = read_frame(head.headers, head.body);
    if (refusal == 0) {
        refusal = read_wishes(head);
    }
    if (refusal != 0) {
        return {std::nullopt, refusal};
    }
    return {std::move(head), 0};
}

std::string reply_head(Reply& reply, bool close, WallTime now) {
    if (!may_send(reply)) {
        reply = Reply::empty(500);
    }
    std::string out = "HTTP/1.1 " + std::to_string(reply.status) + " ";
    out.append(reason_of(reply.status)).append("\r\ndate: ").append(http_date(now));
    for (const auto& [name, value] : reply.headers) {
        out.append("\r\n").append(name).append(": ").append(value);
    }
    if (reply.status != 204 && reply.status != 304) {
        const auto size = reply.stream ? reply.stream->size() : reply.body.size();
        out.append("\r\ncontent-length: ").append(std::to_string(size));
    }
    if (close) {
        out.append("\r\nconnection: close");
    }
    return out.append("\r\n\r\n");
}

std::string_view reason_of(int status) {
    struct Phrase {
        int status;
        std::string_view text;
    };
    constexpr std::array<Phrase, 32> kPhrases{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {423, "Locked"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {460, "Checksum Mismatch"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    }};
    const auto* found = std::find_if(kPhrases.begin(), kPhrases.end(),
                                     [&](const Phrase& p) { return p.status == status; });
    return found == kPhrases.end() ? "Unknown" : found->text;
}

std::string http_date(WallTime time) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = time.seconds;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  kDays.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                  kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text.data();
}

}  // namespace assay::http
