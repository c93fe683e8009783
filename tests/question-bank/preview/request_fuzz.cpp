// Any bytes of a connection: what is read as a request is below the limits, addressed to us, and
// the same however many bytes of a next one follow; a prefix is never refused that the whole is
// not.
#include "question-bank/preview/request.h"

#include <cstdint>
#include <string_view>

#include "crypto/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay::preview;
    constexpr std::string_view kHost = "127.0.0.1:80";
    const std::string bytes(data, data + size);
    const auto whole = read_request(bytes, kHost);
    ASSAY_CHECK(!whole.request || whole.refusal == 0);
    if (whole.request) {
        ASSAY_CHECK(whole.request->method == "GET" || whole.request->method == "POST");
        ASSAY_CHECK(whole.request->path.starts_with('/'));
        ASSAY_CHECK(whole.request->body.size() <= kBodyBytesMax);
        for (const char c : whole.request->path) {
            ASSAY_CHECK(static_cast<unsigned char>(c) >= 0x20);
        }
        const auto more = read_request(bytes + "GET /", kHost);
        ASSAY_CHECK(more.request && more.request->path == whole.request->path &&
                    more.request->body == whole.request->body);
    }
    const auto half = read_request(std::string_view(bytes).substr(0, size / 2), kHost);
    ASSAY_CHECK(half.refusal == 0 || half.refusal == whole.refusal);
    return 0;
}
