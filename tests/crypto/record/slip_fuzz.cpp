// Property: a slip or a room code that is accepted is written again as exactly the same text.
#include "crypto/record/slip.h"

#include <cstddef>
#include <cstdint>

#include "crypto/record/enrolment.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    const std::string_view text = assay::as_text({data, size});
    const auto slip = assay::record::Slip::from_text(text);
    ASSAY_CHECK(!slip.ok() || slip->text() == text);
    const auto code = assay::record::RoomCode::from_text(text);
    ASSAY_CHECK(!code.ok() || code->text() == text);
    return 0;
}
