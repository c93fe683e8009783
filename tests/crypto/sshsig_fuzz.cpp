// Property: a signature that is accepted for one message is refused for another message and for
// another purpose.
#include "crypto/sshsig.h"

#include "crypto/base/check.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text({data, size});
    const Bytes message = to_bytes("message");
    if (crypto::sshsig_verify(text, "assay", message).ok()) {
        ASSAY_CHECK(!crypto::sshsig_verify(text, "assay", as_bytes("massage")).ok());
        ASSAY_CHECK(!crypto::sshsig_verify(text, "other", message).ok());
    }
    return 0;
}
