#include "server/http/target.h"

#include <cstdint>
#include <cstdlib>

#include "server/http/router.h"

// Whatever read_target accepts stays inside: each segment is plain text that names one thing, and
// writing the path again gives the same path.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const auto target = http::read_target(as_text({data, size}));
    if (!target) {
        return 0;
    }
    const auto require = [](bool good) {
        if (!good) {
            std::abort();
        }
    };
    require(http::is_plain_utf8(target->path) && target->path.starts_with('/'));
    for (const auto segment : http::segments_of(target->path)) {
        require(!segment.empty() && segment != "." && segment != "..");
        require(segment.find('\\') == std::string_view::npos);
    }
    std::string encoded;
    for (const char c : target->path) {
        constexpr char kDigits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        encoded += c == '/' ? std::string("/")
                            : std::string{'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    if (encoded.size() <= http::kTargetBytesMax) {
        require(http::read_target(encoded)->path == target->path);
    }
    for (const auto& [name, value] : target->query) {
        require(http::is_plain_utf8(name) && http::is_plain_utf8(value));
    }
    return 0;
}
