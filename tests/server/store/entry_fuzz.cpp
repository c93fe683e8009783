#include "server/store/entry.h"

#include "crypto/base/check.h"

/// A frame's content that is accepted is exactly what writing its entries gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace assay;
    const ByteView content(data, size);
    Bytes again;
    const Status status = store::visit_entries(
        content, [&](const store::Entry& entry, store::EntryPlace place) -> Status {
            ASSAY_CHECK(place.large_at <= content.size());
            const std::size_t before = again.size();
            const store::EntryPlace written = store::append_entry(again, entry);
            ASSAY_CHECK(written.large_at == 0 || written.large_at == place.large_at);
            ASSAY_CHECK(again.size() > before);
            return Ok{};
        });
    if (status.ok()) {
        ASSAY_CHECK(as_text(again) == as_text(content));
    }
    return 0;
}
