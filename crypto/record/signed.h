#pragma once
// in-toto Statement v1 (spec/v1/statement.md, "Schema") in a DSSE v1 envelope. Any thread; bytes.
#include <span>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/dsse.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/record/document.h"

namespace assay::record {

/// A log leaf is the exact payload, so no Statement may be longer.
inline constexpr std::size_t kStatementBytesMax = 65535;

/// An object of the README's table with its envelope. The payload is parsed once; `object` is
/// what those bytes say and nothing else. Reading does not verify: ask `require`.
///
/// A type T has `kName` ("release"), `fields`, and `subjects()`; its predicateType is
/// "urn:assay:v1:" + kName.
template <typename T>
struct Signed {
    T object;
    crypto::Envelope envelope;
    Digest digest;  ///< H(payload), the Statement digest

    std::string json() const { return envelope.json(); }
};

namespace detail {

std::string statement_text(std::string_view name, const std::vector<Subject>& subjects,
                           std::string_view predicate);
/// The predicate of a Statement of this name; kInvalid for another type.
Result<boost::json::value> predicate_of(std::string_view name, ByteView payload);
Error not_exact(std::string_view name);
Result<crypto::Envelope> envelope_of(std::string_view name, ByteView json);

}  // namespace detail

/// The exact payload bytes of an object.
template <typename T>
Bytes payload_of(const T& object) {
    return to_bytes(detail::statement_text(T::kName, object.subjects(), JsonWriter::text(object)));
}

/// An unsigned envelope; add signatures with `envelope.add_signature(key)`.
template <typename T>
Signed<T> make(T object) {
    Bytes payload = payload_of(object);
    const Digest digest = crypto::sha256(payload);
    crypto::Envelope envelope;
    envelope.payload = std::move(payload);
    return Signed<T>{std::move(object), std::move(envelope), digest};
}

/// make() with one signature.
template <typename T>
Signed<T> sign(T object, const crypto::SigningKey& key) {
    Signed<T> out = make(std::move(object));
    out.envelope.add_signature(key);
    return out;
}

/// The object of a payload that is exactly what our writer makes.
template <typename T>
Result<T> read_payload(ByteView payload) {
    if (payload.size() > kStatementBytesMax) {
        return fail(Code::kLimit, "record.statement.too-large"_id,
                    {{"object", std::string(T::kName)},
                     {"size", std::to_string(payload.size())},
                     {"limit", std::to_string(kStatementBytesMax)}});
    }
    ASSAY_TRY(const boost::json::value predicate, detail::predicate_of(T::kName, payload));
    JsonReader reader(predicate);
    T object{};
    reader.value(object);
    if (!reader.ok()) {
        return reading_error(T::kName, reader);
    }
    if (as_text(payload_of(object)) != as_text(payload)) {
        return detail::not_exact(T::kName);
    }
    return object;
}

/// Reads a DSSE envelope file: kInvalid (record.object.*) where it is not exactly what our writer
/// makes of a T, kLimit beyond kStatementBytesMax. Signatures are not looked at yet.
template <typename T>
Result<Signed<T>> read_signed(ByteView json) {
    ASSAY_TRY(crypto::Envelope envelope, detail::envelope_of(T::kName, json));
    ASSAY_TRY(T object, read_payload<T>(envelope.payload));
    const Digest digest = crypto::sha256(envelope.payload);
    return Signed<T>{std::move(object), std::move(envelope), digest};
}

/// `count` distinct keys of `keys` signed, else kDenied naming the object and both numbers.
Status require_signers(std::string_view name, const crypto::Envelope& envelope,
                       std::span<const SigningPublic> keys, std::size_t count);

/// `count` distinct keys of `keys` signed. Who must have signed what is in verify.h and
/// verify_office.h: look there first.
template <typename T>
Status require(const Signed<T>& signed_object, std::span<const SigningPublic> keys,
               std::size_t count) {
    return require_signers(T::kName, signed_object.envelope, keys, count);
}

/// Exactly this key signed.
template <typename T>
Status require_key(const Signed<T>& signed_object, const SigningPublic& key) {
    return require_signers(T::kName, signed_object.envelope, {&key, 1}, 1);
}

/// The checked form of a key in a record.
crypto::VerifyKey verify_key(const SigningPublic& key);
SigningPublic public_of(const crypto::SigningKey& key);
crypto::AgeRecipient age_recipient(const AgePublic& key);
AgePublic public_of(const crypto::AgeRecipient& recipient);

}  // namespace assay::record
