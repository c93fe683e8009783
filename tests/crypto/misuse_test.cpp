// What must not compile. Each line is a mistake that a tired programmer makes; the compiler refuses
// it, and this file fails to compile where it no longer does.
#include <concepts>
#include <ostream>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

#include "crypto/aead.h"
#include "crypto/age.h"
#include "crypto/dsse.h"
#include "crypto/ed25519.h"
#include "crypto/key_ring.h"
#include "crypto/secret.h"
#include "crypto/secret_kinds.h"
#include "crypto/slip39.h"
#include "crypto/sshsig.h"

namespace assay::crypto {
namespace {

template <typename T>
concept Copied = std::copy_constructible<T> || std::is_copy_assignable_v<T>;
template <typename T>
concept Printed = requires(std::ostream& out, const T& value) { out << value; };
template <typename T>
concept AsText = std::convertible_to<T, std::string> || std::convertible_to<T, std::string_view>;
template <typename T>
concept AsBytes = std::convertible_to<T, ByteView> || std::convertible_to<T, Bytes>;
template <typename T>
concept ComparedInTheOpen = requires(const T& a, const T& b) { a == b; };

template <typename T>
constexpr bool kKeepsItsSecret = !Copied<T> && !Printed<T> && !AsText<T> && !AsBytes<T> &&
                                 !ComparedInTheOpen<T> && std::is_nothrow_move_constructible_v<T>;

// A secret can't be copied, printed, turned into text or bytes by accident, or compared with ==.
static_assert(kKeepsItsSecret<SecretBytes>);
static_assert(kKeepsItsSecret<SigningKey>);
static_assert(kKeepsItsSecret<AgeIdentity>);
static_assert(kKeepsItsSecret<Pin> && kKeepsItsSecret<JournalKey> && kKeepsItsSecret<StoreKey>);
static_assert(!Copied<KeyRing> && !Printed<KeyRing> && !AsText<KeyRing>);
static_assert(!Copied<ChaChaKey> && !Printed<ChaChaKey>);
static_assert(!Copied<AgeReader> && !Copied<AgeWriter> && !Copied<WipeLater>);

// A buffer, a text or a number is no secret, and a secret is no buffer of another's.
static_assert(!std::convertible_to<Bytes, SecretBytes>);
static_assert(!std::convertible_to<std::string, SecretBytes>);
static_assert(!std::constructible_from<SecretBytes, std::size_t>);
static_assert(!std::constructible_from<SecretBytes, ByteView>);

// A PIN, a journal key and a store key are bytes on purpose only, and become no bytes again.
static_assert(!std::convertible_to<SecretBytes, Pin> && !std::convertible_to<Pin, SecretBytes>);
static_assert(!std::convertible_to<SecretBytes, JournalKey> &&
              !std::convertible_to<JournalKey, SecretBytes>);
static_assert(!std::convertible_to<SecretBytes, StoreKey> &&
              !std::convertible_to<StoreKey, SecretBytes>);
static_assert(!std::constructible_from<SecretBytes, JournalKey> &&
              !std::constructible_from<SecretBytes, StoreKey> &&
              !std::constructible_from<SecretBytes, Pin>);

// No kind of key is made from, or passed as, another kind.
template <typename... Kinds>
struct KindsOfKeys {
    template <typename A>
    static constexpr bool stands_alone() {
        return ((std::same_as<A, Kinds> ||
                 (!std::convertible_to<A, Kinds> && !std::constructible_from<Kinds, const A&>)) &&
                ...);
    }
    static constexpr bool kApart = (stands_alone<Kinds>() && ...);
};
static_assert(KindsOfKeys<SigningKey, VerifyKey, AgeIdentity, AgeRecipient, Signature, Digest,
                          SecretBytes, Pin, JournalKey, StoreKey>::kApart);

// The calls that a mistake would make.
template <typename Key>
concept Verifies = requires(const Key& key, ByteView m, const Signature& s) { key.verifies(m, s); };
template <typename Key>
concept Signs = requires(const Key& key, ByteView m) { key.sign(m); };
template <typename To>
concept EncryptsTo = requires(Random& r, ByteView p, const To& to) { age_encrypt(r, p, to); };
template <typename Key>
concept Decrypts = requires(ByteView f, const Key& key) { age_decrypt(f, key); };
template <typename Key>
concept AddsASignature = requires(Envelope& e, const Key& key) { e.add_signature(key); };
template <typename Key>
concept SignsAFile = requires(const Key& key, ByteView m) { sshsig_sign(key, "p", m); };
template <typename Typed>
concept OpensWithAPin =
    requires(ByteView f, const Typed& pin) { age_decrypt_passphrase(f, pin, 18); };
template <typename Typed>
concept UnlocksARing = requires(ByteView f, const Typed& pin) { KeyRing::unlock(f, pin); };
template <typename Share>
concept Combines = requires(std::span<const Share> shares) { slip39_combine(shares); };

static_assert(Verifies<VerifyKey> && !Verifies<SigningKey> && !Verifies<AgeRecipient>);
static_assert(Signs<SigningKey> && !Signs<VerifyKey> && !Signs<AgeIdentity>);
static_assert(EncryptsTo<AgeRecipient> && !EncryptsTo<AgeIdentity> && !EncryptsTo<VerifyKey> &&
              !EncryptsTo<SecretBytes>);
static_assert(Decrypts<AgeIdentity> && !Decrypts<AgeRecipient> && !Decrypts<SigningKey> &&
              !Decrypts<SecretBytes>);
static_assert(AddsASignature<SigningKey> && !AddsASignature<VerifyKey> &&
              !AddsASignature<AgeIdentity> && !AddsASignature<SecretBytes>);
static_assert(SignsAFile<SigningKey> && !SignsAFile<AgeIdentity>);
static_assert(OpensWithAPin<Pin> && !OpensWithAPin<SecretBytes> && !OpensWithAPin<AgeIdentity> &&
              !OpensWithAPin<StoreKey> && !OpensWithAPin<std::string> && !OpensWithAPin<Bytes>);
static_assert(UnlocksARing<Pin> && !UnlocksARing<SecretBytes> && !UnlocksARing<StoreKey> &&
              !UnlocksARing<std::string>);
static_assert(Combines<SecretBytes> && !Combines<std::string> && !Combines<AgeIdentity>);

// What failed can't be overlooked, and a result is no bool that means success by accident.
static_assert(!std::convertible_to<Result<Bytes>, bool> && !std::convertible_to<Status, bool>);
static_assert(std::same_as<decltype(std::declval<const VerifyKey&>().verifies({}, {})), bool>);

TEST(Misuse, IsRefusedByTheCompiler) { SUCCEED() << "the assertions above are the test"; }

/// gtest prints what it compares: of a secret that is a pointer, never its bytes.
TEST(Misuse, DoesNotPrintASecretInATestEither) {
    const SecretBytes secret = SecretBytes::copy_of(as_bytes("open sesame"));
    EXPECT_EQ(testing::PrintToString(secret).find("sesame"), std::string::npos);
}

}  // namespace
}  // namespace assay::crypto
