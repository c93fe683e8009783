// Property: an accepted envelope is written again as exactly the input, and nobody unknown signed.
#include "crypto/base/check.h"
#include "crypto/dsse.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const ByteView input(data, size);
    const Result<crypto::Envelope> envelope = crypto::Envelope::parse(input);
    if (!envelope.ok()) {
        return 0;
    }
    ASSAY_CHECK(envelope->json() == as_text(input));
    ASSAY_CHECK(envelope->signatures.size() <= crypto::kSignaturesMax);
    FakeRandom random(99);
    const crypto::VerifyKey stranger = crypto::SigningKey::generate(random).verify_key();
    ASSAY_CHECK(crypto::signers(*envelope, {&stranger, 1}).empty());
    return 0;
}
