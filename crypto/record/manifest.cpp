#include "crypto/record/manifest.h"

#include <algorithm>

namespace assay::record {

const ManifestRoom* SittingManifest::find_room(const RoomId& room) const {
    const auto found = std::find_if(rooms.begin(), rooms.end(),
                                    [&](const ManifestRoom& each) { return each.room == room; });
    return found == rooms.end() ? nullptr : &*found;
}

const ManifestPart* SittingManifest::find_part(const PartId& part) const {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](const ManifestPart& each) { return each.part == part; });
    return found == parts.end() ? nullptr : &*found;
}

const AttemptRow* AttemptsFile::find(const AttemptId& attempt) const {
    const auto found = std::find_if(attempts.begin(), attempts.end(), [&](const AttemptRow& each) {
        return each.attempt == attempt;
    });
    return found == attempts.end() ? nullptr : &*found;
}

std::uint64_t form_seed(const AttemptId& attempt) {
    return read_be64(crypto::tagged_hash("assay/v1/form", {attempt.view()}).view());
}

Digest person_digest(const RosterRow& row) {
    const Bytes document = write_document(row);
    return crypto::tagged_hash("assay/v1/person", {row.salt.view(), document});
}

Result<AttemptsFile> read_attempts(const SittingManifest& manifest, ByteView file) {
    if (crypto::sha256(file) != manifest.attempts) {
        return fail(Code::kCorrupt, "record.attempts.digest"_id);
    }
    ASSAY_TRY(AttemptsFile attempts, read_document<AttemptsFile>(file));
    if (attempts.sitting != manifest.sitting) {
        return fail(Code::kInvalid, "record.attempts.sitting"_id);
    }
    return attempts;
}

}  // namespace assay::record
