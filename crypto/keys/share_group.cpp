#include "crypto/keys/share_group.h"

#include <charconv>

namespace assay::keys {

Result<crypto::ShareGroup> read_group(const std::string& text) {
    crypto::ShareGroup out;
    const char* const end = text.data() + text.size();
    const auto threshold = std::from_chars(text.data(), end, out.threshold);
    if (threshold.ec != std::errc{} || threshold.ptr == end || *threshold.ptr != '/') {
        return fail(Code::kUsage, "keys.share.group"_id, {{"group", text}});
    }
    const auto count = std::from_chars(threshold.ptr + 1, end, out.count);
    if (count.ec != std::errc{} || count.ptr != end) {
        return fail(Code::kUsage, "keys.share.group"_id, {{"group", text}});
    }
    return out;
}

}  // namespace assay::keys
