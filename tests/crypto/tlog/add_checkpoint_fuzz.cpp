// Property: a request to a witness, or a witness's reply, that is accepted is written again as
// exactly the same bytes.
#include "crypto/tlog/add_checkpoint.h"

#include <cstdint>

#include "crypto/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = assay::as_text({data, size});
    const auto request = assay::tlog::AddCheckpoint::parse(text);
    if (request.ok()) {
        ASSAY_CHECK(request->write() == text);
        ASSAY_CHECK(request->proof.size() <= assay::tlog::kProofHashesMax);
    }
    const auto reply = assay::tlog::parse_cosignatures(text);
    if (reply.ok()) {
        ASSAY_CHECK(assay::tlog::write_cosignatures(*reply) == text);
    }
    return 0;
}
