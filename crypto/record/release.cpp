#include "crypto/record/release.h"

namespace assay::record {

std::vector<Subject> Batch::subjects() const {
    std::vector<Subject> out;
    for (const PartDigest& part : parts) {
        out.push_back({"bank.age", part.bank});
    }
    return out;
}

Digest share_digest(std::string_view mnemonic) {
    std::string normal;
    normal.reserve(mnemonic.size());  // never moved: no copy is left behind
    bool gap = false;
    for (const char c : mnemonic) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            gap = !normal.empty();
            continue;
        }
        if (gap) {
            normal += ' ';
            gap = false;
        }
        normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const crypto::WipeLater wiper({reinterpret_cast<std::uint8_t*>(normal.data()), normal.size()});
    return crypto::tagged_hash("assay/v1/share", {as_bytes(normal)});
}

Status check_release_kind(const Release& release) {
    const bool online = release.batch && release.nonce && !release.kit && !release.shares;
    const bool offline = !release.batch && !release.nonce && release.kit && release.shares;
    if (!online && !offline) {
        return fail(Code::kInvalid, "record.release.kind"_id);
    }
    return Ok{};
}

}  // namespace assay::record
