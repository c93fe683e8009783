#include "server/http/tus_headers.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "crypto/base64.h"

namespace {

/// Three lines: version, type, offset.
assay::http::Request patch_of(std::string_view text) {
    assay::http::Request out;
    for (const char* name : {"tus-resumable", "content-type", "upload-offset"}) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.headers[name] = std::string(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace

// Metadata that is accepted reads the same after it is written again, numbers are what their digits
// say, a checksum is 32 bytes in one form, and a PATCH goes on only with all three of its headers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto text = as_text({data, size});
    const auto require = [](bool good) {
        if (!good) {
            std::abort();
        }
    };
    const auto metadata = http::read_tus_metadata(text);
    if (metadata) {
        require(metadata->size() <= http::kTusMetadataKeysMax);
        std::string again;
        for (const auto& [key, value] : *metadata) {
            again += (again.empty() ? "" : ",") + key + " " + crypto::to_base64(value);
        }
        if (again.size() <= http::kTusMetadataBytesMax) {
            require(http::read_tus_metadata(again).value() == *metadata);
        }
    }
    const auto number = http::read_tus_number(text);
    if (number) {
        const auto digits = std::to_string(*number);
        require(text.ends_with(digits) &&
                text.find_first_not_of('0') >= text.size() - digits.size());
    }
    const auto checksum = http::read_tus_checksum(text);
    if (checksum) {
        require(text == "sha256 " + crypto::to_base64(checksum->view()));
    }
    const http::Request patch = patch_of(text);
    const int refused = http::check_tus_patch(patch);
    require(refused == 0 || (refused >= 400 && refused < 500));
    require(refused != 0 || http::read_tus_number(patch.header("upload-offset")));
    if (http::is_tus_id(text)) {
        require(text.find_first_of("/.%\\") == std::string_view::npos);
    }
    return 0;
}
