#include "crypto/key_ring.h"

#include <gtest/gtest.h>

#include "crypto/random.h"

namespace assay::crypto {
namespace {

KeyRing some_ring(Random& random) {
    KeyRing ring(random.id<MachineId>());
    ring.add_signing("signing", SigningKey::generate(random));
    ring.add_signing("tls", SigningKey::generate(random));
    ring.add_age("age", AgeIdentity::generate(random));
    return ring;
}

TEST(KeyRing, OpensWithItsPinOnly) {
    SystemRandom random;
    const KeyRing ring = some_ring(random);
    const Pin pin(SecretBytes::copy_of(as_bytes("2468")));
    const Bytes file = ring.lock(random, pin).value();
    const auto opened = KeyRing::unlock(file, pin);
    ASSERT_TRUE(opened.ok()) << to_string(opened.error());
    EXPECT_EQ(opened->id(), ring.id());
    EXPECT_EQ(opened->signing("signing")->verify_key(), ring.signing("signing")->verify_key());
    EXPECT_EQ(opened->age("age")->recipient(), ring.age("age")->recipient());
    EXPECT_TRUE(opened->text().equals(ring.text()));
    const Pin wrong(SecretBytes::copy_of(as_bytes("2469")));
    EXPECT_EQ(KeyRing::unlock(file, wrong).error().code, Code::kDenied);
}

TEST(KeyRing, NamesTheKeyThatIsMissing) {
    SystemRandom random;
    const KeyRing ring = some_ring(random);
    EXPECT_EQ(to_string(ring.signing("log").error()), "not-found crypto.key-ring.missing key=log");
    EXPECT_EQ(ring.age("signing").error().code, Code::kNotFound);
}

TEST(KeyRing, RefusesOtherText) {
    for (const char* text :
         {"", "assay-keys/v1 00\n", "assay-keys/v1 00112233445566778899aabbccddeeff",
          "assay-keys/v1 00112233445566778899aabbccddeeff\nsigning ed25519 00\n",
          "assay-keys/v1 00112233445566778899aabbccddeeff\nage age AGE-SECRET-KEY-1\n",
          "assay-keys/v1 00112233445566778899aabbccddeeff\nA B C\n"}) {
        EXPECT_FALSE(KeyRing::from_text(as_bytes(text)).ok()) << text;
    }
}

}  // namespace
}  // namespace assay::crypto
