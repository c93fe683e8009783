// Property: contents that are accepted are written again as exactly the same bytes, and checking
// them against any Statement comes to an end. The same for uploads.
#include "crypto/record/package.h"

#include <cstddef>
#include <cstdint>

#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size, 512);
    const assay::ByteView input(data, size);
    const auto contents = assay::record::read_contents(input);
    if (contents.ok()) {
        const assay::Bytes again = assay::record::write_contents(*contents);
        ASSAY_CHECK(assay::as_text(again) == assay::as_text(input));
        (void)assay::record::check_contents(assay::record::Package{}, *contents);
    }
    const auto upload = assay::record::read_upload(input);
    if (upload.ok()) {
        const assay::Bytes again = assay::record::write_upload(*upload);
        ASSAY_CHECK(assay::as_text(again) == assay::as_text(input));
    }
    return 0;
}
