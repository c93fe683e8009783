#include "server/http/tus_headers.h"

#include <cstdint>
#include <cstdlib>

#include "crypto/base64.h"

// Metadata that is accepted reads the same after it is written again, and numbers are what their
// digits say.
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
    if (http::is_tus_id(text)) {
        require(text.find_first_of("/.%\\") == std::string_view::npos);
    }
    return 0;
}
