// Property: a key ring, a file of public keys or an identity file that is accepted comes back: the
// first two as exactly the same text, the last as a key that opens what was sealed to it.
#include "crypto/key_ring.h"

#include "crypto/base/check.h"
#include "crypto/public_keys.h"
#include "tests/support/budget.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const assay::test::Budget budget(size);
    using namespace assay;
    const ByteView input(data, size);
    if (const auto ring = crypto::KeyRing::from_text(input); ring.ok()) {
        ASSAY_CHECK(as_text(ring->text().view()) == as_text(input));
        ASSAY_CHECK(
            crypto::PublicKeys::from_text(as_bytes(crypto::PublicKeys::of(*ring).text())).ok());
    }
    if (const auto keys = crypto::PublicKeys::from_text(input); keys.ok()) {
        ASSAY_CHECK(keys->text() == as_text(input));
    }
    if (const auto key = crypto::AgeIdentity::from_file_text(input); key.ok()) {
        ASSAY_CHECK(crypto::AgeIdentity::from_text(as_text(key->text().view()))->recipient() ==
                    key->recipient());
    }
    return 0;
}
