#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/base/clock.h"
#include "server/http/message.h"

namespace assay::http {

/// How the body of a request is framed.
struct BodyFrame {
    bool chunked = false;
    std::uint64_t length = 0;  ///< where not chunked

    bool empty() const { return !chunked && length == 0; }
};

/// A request's header fields after the checks that keep two readers from seeing two different
/// requests (RFC 9112 section 6.3).
struct Head {
    Headers headers;
    BodyFrame body;
    bool expects_continue = false;
    bool close = false;  ///< the client wants the connection closed after the reply
};

/// Fields in their order, names in any case. `version` is 10 or 11. On refusal the reply to give;
/// the connection has to be closed after it, since the length of the body is not known.
struct HeadCheck {
    std::optional<Head> head;
    int refusal = 0;  ///< status
};
HeadCheck read_head(unsigned version,
                    const std::vector<std::pair<std::string_view, std::string_view>>& fields);

/// Status line and header fields of a reply, ready to send. A field that would split the reply
/// makes it a 500 without body: `reply` is changed to what the text says.
std::string reply_head(Reply& reply, bool close, WallTime now);

/// The standard phrase, "Unknown" for others.
std::string_view reason_of(int status);

/// "Mon, 23 Nov 2026 15:22:00 GMT"
std::string http_date(WallTime time);

}  // namespace assay::http
