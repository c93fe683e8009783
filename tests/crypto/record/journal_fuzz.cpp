// Properties: the intact part of a journal file is exactly its framed records; whatever is cut off
// leaves a beginning of the same records; an event that is accepted is written again the same.
#include "crypto/record/journal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "crypto/record/event.h"
#include "tests/support/budget.h"

using assay::Bytes;
using assay::ByteView;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 256);
    const ByteView input(data, size);
    const auto walk = assay::record::walk_records(input);
    Bytes again;
    for (const Bytes& record : walk.records) {
        assay::append(again, assay::record::framed_record(record));
    }
    ASSAY_CHECK(assay::as_text(again) == assay::as_text(input.first(walk.intact_bytes)));
    ASSAY_CHECK(walk.torn == (walk.intact_bytes < size));
    const auto shorter = assay::record::walk_records(input.first(size / 2));
    ASSAY_CHECK(shorter.records.size() <= walk.records.size());
    ASSAY_CHECK(std::equal(shorter.records.begin(), shorter.records.end(), walk.records.begin()));
    const auto event = assay::record::read_document<assay::record::Event>(input);
    if (event.ok()) {
        const Bytes written = assay::record::write_document(*event);
        ASSAY_CHECK(assay::as_text(written) == assay::as_text(input));
    }
    return 0;
}
