#include "server/http/head.h"

#include <cstdint>
#include <cstdlib>

namespace {

void require(bool good) {
    if (!good) {
        std::abort();
    }
}

/// "name:value" lines.
std::vector<std::pair<std::string_view, std::string_view>> fields_of(std::string_view text) {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto colon = std::min(line.find(':'), line.size());
        out.emplace_back(line.substr(0, colon), line.substr(std::min(colon + 1, line.size())));
    }
    return out;
}

}  // namespace

// A head that is accepted frames its body in one way, and a reply made of its fields is either
// refused or has exactly the lines that were meant.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto check = http::read_head(11, fields_of(as_text({data, size})));
    require(check.head.has_value() == (check.refusal == 0));
    if (!check.head) {
        require(check.refusal >= 400 && check.refusal <= 599);
        return 0;
    }
    const auto& headers = check.head->headers;
    require(headers.contains("host"));
    require(!(headers.contains("content-length") && headers.contains("transfer-encoding")));
    require(check.head->body.chunked == headers.contains("transfer-encoding"));
    http::Reply reply{200, headers, {}, nullptr};
    reply.headers.erase("content-length");
    reply.headers.erase("transfer-encoding");
    reply.headers.erase("connection");
    reply.headers.erase("date");
    const auto fields = reply.headers.size();
    const auto text = http::reply_head(reply, false, WallTime{0});
    std::size_t lines = 0;
    for (const char c : text) {
        lines += c == '\n' ? 1 : 0;
    }
    require(text.starts_with("HTTP/1.1 200 ") && lines == fields + 4);
    return 0;
}
