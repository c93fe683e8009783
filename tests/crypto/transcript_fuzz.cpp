// Property: a transcript that is accepted is written again as exactly the same text.
#include "crypto/transcript.h"

#include "crypto/base/bytes.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text({data, size});
    const auto transcript = crypto::Transcript::from_text(text);
    ASSAY_CHECK(!transcript.ok() || transcript->text() == text);
    return 0;
}
