#include "server/protocol/retry.h"

#include <algorithm>
#include <charconv>

namespace assay::protocol {
namespace {

std::optional<std::chrono::seconds> seconds_of(const std::string& text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional(std::min(std::chrono::seconds(value), kRetryAfterMax))
                 : std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> retry_after(const Error& error) {
    for (const auto& [name, value] : error.what.args) {
        if (name == kRetryAfter) {
            return seconds_of(value);
        }
    }
    return std::nullopt;
}

Error with_retry_after(Error error, const LinkReply& reply) {
    const auto found = reply.headers.find(kRetryAfter);
    const auto wait = found == reply.headers.end() ? std::nullopt : seconds_of(found->second);
    if (wait) {
        error.what.args.emplace_back(kRetryAfter, std::to_string(wait->count()));
    }
    return error;
}

}  // namespace assay::protocol
