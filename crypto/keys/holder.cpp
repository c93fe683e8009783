#include "crypto/keys/holder.h"

namespace assay::keys {

namespace {

using record::KeyRow;
using record::Role;

Result<record::SigningPublic> signing(const PublicKeys& keys, const std::string& name) {
    ASSAY_TRY(const crypto::VerifyKey key, keys.signing_key(name));
    return record::SigningPublic::from_bytes(key.view());
}

Result<record::AgePublic> sealing(const PublicKeys& keys, const std::string& name) {
    ASSAY_TRY(const crypto::AgeRecipient key, keys.age_key(name));
    return record::public_of(key);
}

Status fill_machine(KeyRow& row, const PublicKeys& keys) {
    ASSAY_TRY(const crypto::VerifyKey tls, keys.signing_key("tls"));
    ASSAY_TRY(const record::TlsPublic tls_key, record::TlsPublic::from_bytes(tls.view()));
    row.tls = tls_key;
    ASSAY_TRY(row.age, sealing(keys, "age"));
    return Ok{};
}

}  // namespace

Status fill_keys(KeyRow& row, const PublicKeys& keys) {
    switch (row.role) {
        case Role::kExamOfficer: {
            ASSAY_TRY(row.signing, signing(keys, "signing"));
            return Ok{};
        }
        case Role::kServer:
            return fill_machine(row, keys);
        case Role::kDesk: {
            ASSAY_TRY(row.signing, signing(keys, "signing"));
            return fill_machine(row, keys);
        }
        case Role::kRelease:
        case Role::kResult:
        case Role::kLog:
        case Role::kSiteLog: {
            ASSAY_TRY(row.signing, signing(keys, std::string(record::word(row.role))));
            return Ok{};
        }
    }
    return Ok{};
}

}  // namespace assay::keys
