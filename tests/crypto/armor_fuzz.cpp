// Property: what is accepted comes back through our own writer, which writes what is accepted.
#include "crypto/armor.h"

#include "crypto/base/check.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const ByteView input(data, size);
    const Result<Bytes> file = crypto::age_dearmor(as_text(input));
    if (file.ok()) {
        ASSAY_CHECK(crypto::is_age_armor(input));
        ASSAY_CHECK(crypto::age_dearmor(crypto::age_armor(*file)).value() == *file);
    }
    if (size > 0) {
        ASSAY_CHECK(crypto::age_dearmor(crypto::age_armor(input)).value() == to_bytes(input));
    }
    return 0;
}
