// Any bytes as a zip: what is read stays within its limits and its own names.
#include "question-bank/item/package.h"

#include <cstdlib>

#include "question-bank/item/path_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    item::PackageLimits limits;
    limits.unpacked_bytes = 1U << 20U;
    const auto package = item::read_package_zip(ByteView(data, size), limits);
    if (!package.ok()) {
        return 0;
    }
    std::uint64_t total = 0;
    for (const auto& [name, bytes] : package->files) {
        total += bytes.size();
        if (!item::check_entry_name(name, limits).ok()) {
            std::abort();
        }
    }
    if (total > limits.unpacked_bytes) {
        std::abort();
    }
    return 0;
}
