#include "server/core/releases.h"

#include <algorithm>

namespace assay::server_core {

Status Releases::add_batch(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto batch, record::read_signed<record::Batch>(file));
    ASSAY_TRY_STATUS(record::check_batch(batch, *keys));
    ASSAY_TRY(const std::string receipt, keep(ports_, batch, {}));
    return Ok{};
}

Result<record::Signed<record::Batch>> Releases::batch_for(const record::SittingManifest& manifest,
                                                          const record::ManifestPart& part) {
    ASSAY_TRY(const auto batches, all_kept<record::Batch>(ports_, {}));
    const record::PartDigest wanted{part.part, part.bank};
    const record::Signed<record::Batch>* early = nullptr;
    for (const auto& batch : batches) {
        const auto& parts = batch.object.parts;
        if (batch.object.exam != manifest.exam ||
            std::find(parts.begin(), parts.end(), wanted) == parts.end()) {
            continue;
        }
        if (batch.object.not_before <= ports_.clock.wall()) {
            return batch;
        }
        early = &batch;
    }
    if (early != nullptr) {
        return fail(Code::kRefused, "record.release.too-early"_id,
                    {{"time", ports_.clock.wall().text()},
                     {"not_before", early->object.not_before.text()}});
    }
    return fail(Code::kRefused, "server.release.no-batch"_id, {{"part", part.part.hex()}});
}

Result<record::Signed<record::Release>> Releases::make(const Sitting& sitting,
                                                       const record::ManifestPart& part,
                                                       const protocol::ReleaseRequest& request,
                                                       const MachineId& desk,
                                                       const record::Signed<record::Batch>& batch) {
    store::Keys where;
    where.site = sitting.manifest.object.site;
    where.sitting = request.sitting;
    where.room = request.room;
    ASSAY_TRY(const auto given, all_kept<record::Release>(ports_, where));
    for (const auto& release : given) {
        if (release.object.part == part.part && release.object.desk == desk) {
            return release;
        }
    }
    record::Release release;
    release.part = part.part;
    release.bank = part.bank;
    release.site = sitting.manifest.object.site;
    release.room = request.room;
    release.desk = desk;
    release.sitting = request.sitting;
    release.manifest = sitting.manifest.digest;
    release.batch = batch.digest;
    release.nonce.emplace();
    ports_.random.fill(release.nonce->bytes);
    release.time = ports_.clock.wall();
    auto signed_release = record::sign(std::move(release), key_);
    ASSAY_TRY(const std::string receipt, keep(ports_, signed_release, where));
    ports_.log.info("server.log.released"_id,
                    {{"part", part.part.hex()}, {"room", request.room.hex()}});
    return signed_release;
}

Result<protocol::ReleaseReply> Releases::release(const protocol::ReleaseRequest& request,
                                                 const MachineId& desk) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto sitting, sittings_.find(request.sitting));
    ASSAY_TRY(const auto opening, record::read_signed<record::RoomOpening>(request.opening));
    ASSAY_TRY_STATUS(record::check_opening(opening, sitting->manifest, *keys));
    if (opening.object.desk != desk || opening.object.room != request.room) {
        return fail(Code::kDenied, "server.release.not-in-charge"_id);
    }
    const record::ManifestPart* part = sitting->manifest.object.find_part(request.part);
    if (part == nullptr) {
        return fail(Code::kNotFound, "server.release.no-part"_id, {{"part", request.part.hex()}});
    }
    ASSAY_TRY(const auto batch, batch_for(sitting->manifest.object, *part));
    ASSAY_TRY(const Bytes capsule, sittings_.capsule(request.part, desk));
    ASSAY_TRY(const auto release, make(*sitting, *part, request, desk, batch));
    protocol::ReleaseReply out;
    out.release = to_bytes(release.json());
    out.batch = to_bytes(batch.json());
    out.key = capsule;
    return out;
}

}  // namespace assay::server_core
