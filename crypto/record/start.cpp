#include "crypto/record/start.h"

namespace assay::record {

JournalId journal_id(ByteView start_payload) {
    return JournalId::from_bytes(crypto::tagged_hash("assay/v1/jstart", {start_payload}).view())
        .value();
}

Digest journal_key_digest(const crypto::JournalKey& key) {
    return crypto::tagged_hash("assay/v1/jkey", {key.view()});
}

std::vector<Subject> Acknowledgement::subjects() const { return {{"journal-head", head}}; }

}  // namespace assay::record
