// Property: an accepted code reads back from both forms that we print.
#include "crypto/base/check.h"
#include "crypto/base32.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const Result<crypto::ShortCode> code = crypto::read_short_code(as_text({data, size}));
    if (code.ok()) {
        ASSAY_CHECK(crypto::read_short_code(crypto::short_code(*code)).value() == *code);
        ASSAY_CHECK(crypto::read_short_code(crypto::short_code_grouped(*code)).value() == *code);
    }
    return 0;
}
