// Property: a segment that is accepted is written again as exactly the same bytes.
#include "crypto/record/segment.h"

#include <cstddef>
#include <cstdint>

#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 256);
    const assay::ByteView input(data, size);
    const auto segment = assay::record::read_segment(input);
    if (segment.ok()) {
        const assay::Bytes again = assay::record::write_segment(*segment);
        ASSAY_CHECK(assay::as_text(again) == assay::as_text(input));
    }
    return 0;
}
