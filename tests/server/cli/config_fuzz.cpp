// A configuration that is accepted means the same with comments, blanks and other line ends in it,
// and is refused when it comes twice, unless it says nothing.
#include <cstdint>
#include <string>

#include "crypto/base/check.h"
#include "server/cli/run_config.h"

namespace {

using assay::server_cli::RunOptions;

std::string shown(const RunOptions& options) {
    std::string out;
    for (const std::string& text :
         {options.house.folder, options.house.keys.path, options.house.log_mirror,
          options.house.last_head, options.listen, options.web_certificate, options.web_key,
          options.ready_file, options.witness_policy}) {
        out += text + '\n';
    }
    for (const std::uint64_t number :
         {std::uint64_t{options.port}, std::uint64_t{options.public_port},
          std::uint64_t{options.web_port}, options.house.reserve_mib, options.scrub_hours,
          std::uint64_t{options.workers}, std::uint64_t{options.packages_per_second},
          std::uint64_t{options.limits.connections},
          std::uint64_t{options.limits.connections_per_address},
          std::uint64_t{options.limits.bytes_in_flight}}) {
        out += std::to_string(number) + '\n';
    }
    return out;
}

std::string with_comments(std::string_view text) {
    std::string out = "# a comment\n\n \t";
    for (const char c : text) {
        out += c == '\n' ? std::string("\t # a = b\r\n\r\n ") : std::string(1, c);
    }
    return out;
}

bool says_something(std::string_view text) {
    bool comment = false;
    for (const char c : text) {
        comment = c != '\n' && (comment || c == '#');
        if (!comment && c != '\n' && c != ' ' && c != '\t' && c != '\r') {
            return true;
        }
    }
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = assay::as_text({data, size});
    RunOptions options;
    if (!assay::server_cli::read_config(text, options).ok()) {
        return 0;
    }
    RunOptions again;
    ASSAY_CHECK(assay::server_cli::read_config(with_comments(text), again).ok());
    ASSAY_CHECK(shown(again) == shown(options));
    RunOptions twice;
    const std::string doubled = std::string(text) + '\n' + std::string(text);
    ASSAY_CHECK(assay::server_cli::read_config(doubled, twice).ok() == !says_something(text));
    return 0;
}
