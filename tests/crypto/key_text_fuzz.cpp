// Property: an accepted key writes itself as exactly the text it was read from.
#include "crypto/age.h"
#include "crypto/base/check.h"
#include "crypto/ed25519.h"
#include "crypto/sshsig.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const std::string_view text = as_text({data, size});
    if (const auto key = crypto::VerifyKey::from_text(text); key.ok()) {
        ASSAY_CHECK(key->text() == text);
    }
    if (const auto key = crypto::AgeRecipient::from_text(text); key.ok()) {
        ASSAY_CHECK(key->text() == text);
    }
    if (const auto key = crypto::AgeIdentity::from_text(text); key.ok()) {
        ASSAY_CHECK(as_text(key->text().view()) == text);
    }
    if (const auto key = crypto::from_ssh_public_key(text); key.ok()) {
        ASSAY_CHECK(text.starts_with(crypto::to_ssh_public_key(*key)));
    }
    return 0;
}
