// Property: an accepted header is canonical: written again from its parts it gives the same bytes.
#include "crypto/age_header.h"

#include <algorithm>

#include "crypto/base/check.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const ByteView input(data, size);
    const Result<crypto::age::Header> header = crypto::age::read_header(input);
    if (!header.ok()) {
        return 0;
    }
    ASSAY_CHECK(header->mac_covers < header->bytes && header->bytes <= size);
    const crypto::SecretBytes key = crypto::SecretBytes::zeros(crypto::age::kFileKeyBytes);
    const Bytes again = crypto::age::write_header(header->stanzas, key);
    ASSAY_CHECK(again.size() == header->bytes);
    ASSAY_CHECK(std::ranges::equal(ByteView(again).first(header->mac_covers),
                                   input.first(header->mac_covers)));
    return 0;
}
