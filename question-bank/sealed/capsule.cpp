#include "question-bank/sealed/capsule.h"

#include "crypto/record/signed.h"

namespace assay::sealed {

Bytes make_capsule(Random& random, const crypto::AgeIdentity& identity,
                   const crypto::AgeRecipient& to) {
    const crypto::SecretBytes text = identity.text();
    crypto::SecretBytes line = crypto::SecretBytes::zeros(text.size() + 1);
    std::copy(text.view().begin(), text.view().end(), line.span().begin());
    line.span().back() = '\n';
    return crypto::age_encrypt(random, line.view(), to);
}

Result<crypto::AgeIdentity> open_capsule(ByteView capsule, const crypto::AgeIdentity& key,
                                         const record::AgePublic& expected) {
    if (capsule.size() > kCapsuleBytesMax) {
        return fail(Code::kLimit, "sealed.capsule.too-large"_id,
                    {{"size", std::to_string(capsule.size())},
                     {"limit", std::to_string(kCapsuleBytesMax)}});
    }
    ASSAY_TRY(const crypto::SecretBytes text, crypto::age_decrypt_secret(capsule, key));
    ASSAY_TRY(crypto::AgeIdentity identity, crypto::AgeIdentity::from_file_text(text.view()));
    if (record::public_of(identity.recipient()) != expected) {
        return fail(Code::kCorrupt, "sealed.capsule.other-key"_id,
                    {{"found", identity.recipient().text()},
                     {"expected", record::age_recipient(expected).text()}});
    }
    return identity;
}

}  // namespace assay::sealed
