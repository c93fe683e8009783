// Property: an archive that is accepted is written again as exactly the same bytes.
#include "crypto/record/tar.h"

#include <cstddef>
#include <cstdint>

#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    const assay::ByteView input(data, size);
    const auto entries = assay::record::read_tar(input);
    if (entries.ok()) {
        const assay::Bytes again = assay::record::write_tar(*entries);
        ASSAY_CHECK(assay::as_text(again) == assay::as_text(input));
    }
    return 0;
}
