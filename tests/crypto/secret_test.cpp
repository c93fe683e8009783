#include "crypto/secret.h"

#include <gtest/gtest.h>

#include "crypto/aead.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/random.h"

namespace assay::crypto {

TEST(Secret, MovesAndLeavesNothing) {
    SecretBytes one = SecretBytes::copy_of(as_bytes("key"));
    SecretBytes two = std::move(one);
    EXPECT_EQ(one.size(),
              0U);  // NOLINT(bugprone-use-after-move): the state after a move is promised
    EXPECT_TRUE(two.equals(SecretBytes::copy_of(as_bytes("key"))));
    EXPECT_FALSE(two.equals(SecretBytes::copy_of(as_bytes("kez"))));
    EXPECT_FALSE(two.equals(SecretBytes::copy_of(as_bytes("keys"))));
    EXPECT_TRUE(SecretBytes().equals(SecretBytes::zeros(0)));
}

TEST(Secret, WipesABufferAtTheEndOfItsScope) {
    Bytes buffer = to_bytes("secret");
    {
        const WipeLater wiper(buffer);
    }
    EXPECT_EQ(buffer, Bytes(6));
}

TEST(Secret, DiesWhereSomebodyReadsPastIt) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    SecretBytes secret = SecretBytes::zeros(4096);
    EXPECT_DEATH(
        {
            volatile std::uint8_t* const end = secret.span().data() + secret.size();
            *end = 1;
            secret = SecretBytes();
        },
        "");
}

TEST(SystemRandom, DoesNotRepeat) {
    SystemRandom random;
    EXPECT_NE(random.id<Digest>(), random.id<Digest>());
    random.fill({});
}

TEST(TaggedHash, SeparatesPrefixFromParts) {
    EXPECT_EQ(tagged_hash("a", {as_bytes("b"), as_bytes("c")}),
              sha256(ByteView(Bytes{'a', 0, 'b', 'c'})));
    EXPECT_NE(tagged_hash("a", {as_bytes("b")}), tagged_hash("ab", {}));
}

TEST(Sha256, TakesAnyPieces) {
    Sha256 hash;
    hash.update(as_bytes("a"));
    hash.update({});
    hash.update(as_bytes("bc"));
    EXPECT_EQ(hash.finish(), sha256(as_bytes("abc")));
}

TEST(Hkdf, DependsOnEveryInput) {
    const SecretBytes base = hkdf_sha256(as_bytes("k"), as_bytes("s"), "i");
    EXPECT_FALSE(base.equals(hkdf_sha256(as_bytes("l"), as_bytes("s"), "i")));
    EXPECT_FALSE(base.equals(hkdf_sha256(as_bytes("k"), as_bytes("t"), "i")));
    EXPECT_FALSE(base.equals(hkdf_sha256(as_bytes("k"), as_bytes("s"), "j")));
    EXPECT_TRUE(
        hkdf_sha256(as_bytes("k"), {}, "i").equals(hkdf_sha256(as_bytes("k"), Bytes(32), "i")));
}

TEST(XChaCha, OpensOnlyWhatWasSealedHere) {
    FakeRandom random(1);
    const SecretBytes key = SecretBytes::random(random, kAeadKeyBytes);
    Bytes nonce(kXChaChaNonceBytes);
    random.fill(nonce);
    const Bytes sealed = xchacha_seal(key, nonce, as_bytes("context"), as_bytes("answer"));
    EXPECT_EQ(as_text(xchacha_open(key, nonce, as_bytes("context"), sealed).value()), "answer");
    EXPECT_FALSE(xchacha_open(key, nonce, as_bytes("Context"), sealed).ok());
    EXPECT_FALSE(xchacha_open(SecretBytes::zeros(32), nonce, as_bytes("context"), sealed).ok());
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        Bytes bad = sealed;
        bad[size] ^= 1U;
        EXPECT_FALSE(xchacha_open(key, nonce, as_bytes("context"), bad).ok());
        bad = Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(xchacha_open(key, nonce, as_bytes("context"), bad).ok());
    }
    nonce[23] ^= 1U;
    EXPECT_FALSE(xchacha_open(key, nonce, as_bytes("context"), sealed).ok());
    EXPECT_TRUE(xchacha_open(key, nonce, {}, xchacha_seal(key, nonce, {}, {}))->empty());
}

}  // namespace assay::crypto
