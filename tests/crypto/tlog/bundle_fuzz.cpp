#include "crypto/base/check.h"
#include "crypto/tlog/tile.h"
#include "tests/support/budget.h"

/// Bundles and paths: what is accepted re-encodes to the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const ByteView bytes(data, size);
    if (const auto entries = tlog::parse_bundle(bytes); entries.ok()) {
        ASSAY_CHECK(entries->size() <= tlog::kTileWidth);
        const Bytes again = tlog::write_bundle(*entries);
        ASSAY_CHECK(as_text(again) == as_text(bytes));
    }
    if (const auto what = tlog::Resource::from_path(as_text(bytes)); what.ok()) {
        ASSAY_CHECK(what->path() == as_text(bytes));
    }
    return 0;
}
