#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace assay::preview {

inline constexpr std::size_t kHeadBytesMax = std::size_t{16} * 1024;
inline constexpr std::size_t kBodyBytesMax = std::size_t{8} * 1024 * 1024;

/// A request whose form was checked. `path` and `query` are decoded once.
struct Request {
    std::string method;  ///< "GET" or "POST"
    std::string path;    ///< begins with '/'
    std::map<std::string, std::string, std::less<>> query;
    std::string body;
};

struct Reply {
    int status = 200;
    std::string type;    ///< media type of the body
    std::string policy;  ///< Content-Security-Policy; empty: nothing may run or load
    std::string body;

    static Reply empty(int status) { return {status, "text/plain; charset=utf-8", "", ""}; }
};

/// What the bytes of a connection are so far: a request, a refusal (the status to reply with), or
/// neither while more has to come.
struct Arrival {
    std::optional<Request> request;
    int refusal = 0;
};

/// `host` is what the field Host must say, "127.0.0.1:8080".
Arrival read_request(std::string_view bytes, std::string_view host);

/// The whole reply; the connection is closed after it. It is never stored, sniffed or framed by
/// another origin.
std::string reply_text(const Reply& reply);

}  // namespace assay::preview
