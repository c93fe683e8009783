#include "crypto/record/key_list.h"

#include <algorithm>
#include <map>

namespace assay::record {
namespace {

Status follows(const KeyList& list, const Digest& digest, const TrustedKeys& known) {
    if (list.organisation != known.list().organisation) {
        return fail(Code::kRefused, "record.key-list.organisation"_id);
    }
    if (list.number < known.list().number) {
        return fail(Code::kRefused, "record.key-list.older"_id,
                    {{"number", std::to_string(list.number)},
                     {"known", std::to_string(known.list().number)}});
    }
    if (list.number == known.list().number && digest != known.digest()) {
        return fail(Code::kConflict, "record.key-list.two-of-one-number"_id,
                    {{"number", std::to_string(list.number)}});
    }
    if (list.number == known.list().number + 1 && list.predecessor != known.digest()) {
        return fail(Code::kConflict, "record.key-list.predecessor"_id,
                    {{"number", std::to_string(list.number)}});
    }
    return Ok{};
}

}  // namespace

Status each_key_once(const std::vector<KeyRow>& rows) {
    std::map<Bytes, const KeyRow*> holders;
    const auto once = [&holders](const auto& key, const KeyRow& row) -> Status {
        if (!key) {
            return Ok{};
        }
        const auto [found, is_new] = holders.emplace(to_bytes(key->view()), &row);
        return is_new ? Status(Ok{})
                      : fail(Code::kConflict, "record.key-list.one-key"_id,
                             {{"label", row.label}, {"other", found->second->label}});
    };
    for (const KeyRow& row : rows) {
        ASSAY_TRY_STATUS(once(row.tls, row));
        ASSAY_TRY_STATUS(once(row.signing, row));
        ASSAY_TRY_STATUS(once(row.age, row));
    }
    return Ok{};
}

Result<TrustedKeys> TrustedKeys::from(const Signed<KeyList>& list, ByteView rows,
                                      std::span<const SigningPublic> roots,
                                      std::uint32_t root_threshold, const TrustedKeys* known) {
    if (known == nullptr || known->digest() != list.digest) {
        ASSAY_TRY_STATUS(require(list, roots, root_threshold));
        if (!std::equal(roots.begin(), roots.end(), list.object.roots.begin(),
                        list.object.roots.end())) {
            // New root officers: the new ones sign as well.
            ASSAY_TRY_STATUS(require(list, list.object.roots, list.object.root_threshold));
        }
    }
    if (list.object.root_threshold == 0 || list.object.officer_threshold == 0) {
        return fail(Code::kInvalid, "record.key-list.threshold"_id);
    }
    if (crypto::sha256(rows) != list.object.rows) {
        return fail(Code::kCorrupt, "record.key-list.rows-digest"_id);
    }
    if (known != nullptr) {
        ASSAY_TRY_STATUS(follows(list.object, list.digest, *known));
    }
    ASSAY_TRY(KeyRows read, read_document<KeyRows>(rows));
    if (read.organisation != list.object.organisation) {
        return fail(Code::kInvalid, "record.key-list.organisation"_id);
    }
    TrustedKeys out;
    out.list_ = list.object;
    out.digest_ = list.digest;
    out.rows_ = std::move(read.rows);
    return out;
}

std::vector<SigningPublic> TrustedKeys::officers() const { return signing(Role::kExamOfficer); }

const KeyRow* TrustedKeys::find(Role role, const MachineId& id) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const KeyRow& row) {
        return row.role == role && row.id == id;
    });
    return found == rows_.end() ? nullptr : &*found;
}

const KeyRow* TrustedKeys::find_tls(const TlsPublic& key) const {
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const KeyRow& row) { return row.tls == key; });
    return found == rows_.end() ? nullptr : &*found;
}

std::vector<SigningPublic> TrustedKeys::signing(Role role) const {
    std::vector<SigningPublic> out;
    for (const KeyRow& row : rows_) {
        if (row.role == role && row.signing && !revoked(*row.signing)) {
            out.push_back(*row.signing);
        }
    }
    return out;
}

bool TrustedKeys::revoked(const SigningPublic& key) const {
    return std::any_of(list_.revoked.begin(), list_.revoked.end(),
                       [&](const Revocation& each) { return each.key == key; });
}

}  // namespace assay::record
