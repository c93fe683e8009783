#include "server/core/intake.h"

#include <algorithm>
#include <condition_variable>

#include "crypto/base32.h"
#include "crypto/record/access.h"

namespace assay::server_core {
namespace {

constexpr const char* kAttemptTable = "attempt";
constexpr const char* kShortCodeTable = "short-code";

/// Value of an attempt's row: be32 epoch, Statement digest of its package.
Bytes attempt_value(Epoch epoch, const Digest& package) {
    Bytes out;
    append_be32(out, epoch.value);
    append(out, package.view());
    return out;
}

Error package_error(Code code, MessageId id, const record::Package& package) {
    return fail(
        code, id,
        {{"attempt", package.attempt.hex()}, {"epoch", std::to_string(package.epoch.value)}});
}

}  // namespace

store::Row accepted_row(const record::Signed<record::Package>& package, const store::Keys& keys,
                        const char* state) {
    const record::Package& object = package.object;
    return {kAttemptTable,
            to_bytes(object.attempt.view()),
            keys,
            state,
            attempt_value(object.epoch, package.digest),
            store::kAnyRevision};
}

/// Officers said why it was made before it may come.
Status Intake::check_recovered(const record::Signed<record::Package>& package) {
    if (package.object.kind != record::PackageKind::kRecovered) {
        return Ok{};
    }
    store::Keys where;
    where.attempt = package.object.attempt;
    ASSAY_TRY(const auto recoveries, all_kept<record::Recovery>(ports_, where));
    const bool named = std::ranges::any_of(recoveries, [&](const auto& recovery) {
        return recovery.object.package == package.digest;
    });
    return named ? Status(Ok{})
                 : Status(
                       package_error(Code::kRefused, "server.package.recovery"_id, package.object));
}

namespace {

/// Each part that the package answers is one of the sitting, with that sitting's bank.
Status check_parts(const record::Package& package, const record::SittingManifest& manifest) {
    for (const record::PartDigest& each : package.parts) {
        const record::ManifestPart* part = manifest.find_part(each.part);
        if (part == nullptr || part->bank != each.bank) {
            return package_error(Code::kRefused, "server.package.part"_id, package);
        }
    }
    return Ok{};
}

}  // namespace

Result<Intake::Seen> Intake::check_epoch(const record::Signed<record::Package>& package) {
    const auto row = ports_.store.row(kAttemptTable, to_bytes(package.object.attempt.view()));
    if (!row.ok()) {
        return row.error().code == Code::kNotFound ? Result<Seen>(Seen{}) : row.error();
    }
    const Epoch accepted{read_be32(row->value)};
    ASSAY_TRY(const Digest digest, Digest::from_bytes(ByteView(row->value).subspan(4)));
    if (package.object.epoch < accepted) {
        return package_error(Code::kConflict, "server.package.older-epoch"_id, package.object);
    }
    if (package.object.epoch == accepted && digest != package.digest) {
        return package_error(Code::kConflict, "server.package.second"_id, package.object);
    }
    return Seen{row->revision, digest == package.digest};
}

Result<Intake::Checked> Intake::check(const Digest& statement, ByteView upload) {
    ASSAY_TRY(record::PackageUpload files, record::read_upload(upload));
    ASSAY_TRY(auto package, record::read_signed<record::Package>(files.statement));
    const record::Package& object = package.object;
    if (package.digest != statement) {
        return fail(Code::kInvalid, "server.package.address"_id);
    }
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto sitting, sittings_.find_by_manifest(object.manifest));
    if (sitting->attempts.find(object.attempt) == nullptr ||
        sitting->manifest.object.find_room(object.room) == nullptr) {
        return package_error(Code::kRefused, "server.package.other"_id, object);
    }
    ASSAY_TRY_STATUS(check_parts(object, sitting->manifest.object));
    ASSAY_TRY_STATUS(check_recovered(package));
    ASSAY_TRY(const auto terminal, statements_.enrolment(object.terminal));
    ASSAY_TRY(const auto opening, statements_.opening(*sitting, object.room));
    ASSAY_TRY(const record::SigningPublic desk, record::desk_key(opening->object, *keys));
    ASSAY_TRY_STATUS(record::check_package_signers(package, terminal->keys.signing, desk, *keys));
    if (crypto::sha256(files.package) != object.package || files.package.size() != object.bytes) {
        return package_error(Code::kCorrupt, "server.package.digest"_id, object);
    }
    Checked out{std::move(package), std::move(files.package), {}, 0, false};
    out.keys.site = sitting->manifest.object.site;
    out.keys.sitting = sitting->manifest.object.sitting;
    out.keys.room = out.package.object.room;
    out.keys.attempt = out.package.object.attempt;
    const auto seen = check_epoch(out.package);
    if (!seen.ok()) {
        ASSAY_TRY(
            const store::Committed done,
            ports_.store.put(refusal_batch(out.package, out.keys, out.age_file, seen.error())));
        ports_.log.error(seen.error());
        return seen.error();
    }
    out.revision = seen->revision;
    out.known = seen->known;
    return out;
}

store::Batch Intake::refusal_batch(const record::Signed<record::Package>& package,
                                   const store::Keys& keys, ByteView age_file, const Error& why) {
    store::Batch batch;
    batch.refusals.push_back({std::string(record::Package::kName), std::string(why.what.id.text()),
                              keys, package.envelope.payload, to_bytes(package.json())});
    batch.bodies.push_back({package.object.package, to_bytes(age_file)});
    return batch;
}

store::Batch Intake::batch_for(const Checked& checked) const {
    const record::Package& object = checked.package.object;
    store::Batch batch;
    batch.objects.push_back(as_object(checked.package, checked.keys));
    batch.bodies.push_back({object.package, checked.age_file});
    batch.rows.push_back(accepted_row(checked.package, checked.keys, kReceivedState));
    batch.rows.back().revision = checked.revision;
    batch.rows.push_back({kShortCodeTable, to_bytes(crypto::short_code(checked.package.digest)),
                          checked.keys, "", to_bytes(checked.package.digest.view()),
                          store::kAnyRevision});
    return batch;
}

void Intake::take(const Digest& statement, ByteView upload, const Answer& answer) {
    if (const Status room = room_for(ports_.headroom, Room::kNoPackages); !room.ok()) {
        answer(room.error());
        return;
    }
    auto checked = check(statement, upload);
    if (!checked.ok()) {
        answer(checked.error());
        return;
    }
    if (checked->known) {
        answer(reply_for(*checked));
        return;
    }
    const auto shared = std::make_shared<const Checked>(std::move(*checked));
    const Status queued = ports_.store.put(
        batch_for(*shared), [this, shared, answer](const Result<store::Committed>& done) {
            if (!done.ok() && done.error().code == Code::kConflict) {
                answer_loser(*shared, answer);
                return;
            }
            answer(done.ok() ? reply_with(*shared, *done)
                             : Result<protocol::PackageReply>(done.error()));
        });
    if (!queued.ok()) {
        answer(queued.error());
    }
}

Result<protocol::PackageReply> Intake::reply_for(const Checked& checked) {
    ASSAY_TRY(const std::string proof, receipt_of(ports_, checked.package.digest));
    return reply(checked.package, proof);
}

/// On the committer's thread: nothing here reads the store.
Result<protocol::PackageReply> Intake::reply_with(const Checked& checked,
                                                  const store::Committed& committed) {
    const auto leaf = committed.objects.at(0).log_index;
    if (!leaf) {
        return fail(Code::kUnavailable, "server.receipt.not-logged"_id);
    }
    ASSAY_TRY(const std::string proof, ports_.central.proof(*leaf));
    return reply(checked.package, proof);
}

protocol::PackageReply Intake::reply(const record::Signed<record::Package>& package,
                                     const std::string& proof) {
    ports_.log.info("server.log.package"_id, {{"attempt", package.object.attempt.hex()}});
    return protocol::PackageReply{to_bytes(package.json()), proof, proof};
}

/// Another package of the attempt was committed while this one waited: the same one, or one that
/// makes this evidence.
void Intake::answer_loser(const Checked& checked, const Answer& answer) {
    const auto good = check_epoch(checked.package);
    if (good.ok()) {
        answer(reply_for(checked));
        return;
    }
    ports_.log.error(good.error());
    const Status queued = ports_.store.put(
        refusal_batch(checked.package, checked.keys, checked.age_file, good.error()),
        [answer, why = good.error()](const Result<store::Committed>& done) {
            answer(done.ok() ? why : done.error());
        });
    if (!queued.ok()) {
        answer(queued.error());
    }
}

Result<protocol::PackageReply> Intake::take(const Digest& statement, ByteView upload) {
    std::mutex lock;
    std::condition_variable ready;
    std::optional<Result<protocol::PackageReply>> out;
    take(statement, upload, [&](Result<protocol::PackageReply> reply) {
        const std::lock_guard guard(lock);
        out.emplace(std::move(reply));
        ready.notify_one();
    });
    std::unique_lock guard(lock);
    ready.wait(guard, [&] { return out.has_value(); });
    return std::move(*out);
}

Result<protocol::ReceiptReply> Intake::by_short_code(const std::string& code) {
    ASSAY_TRY(const crypto::ShortCode read, crypto::read_short_code(code));
    const auto row = ports_.store.row(kShortCodeTable, to_bytes(crypto::short_code(read)));
    if (!row.ok()) {
        return fail(Code::kNotFound, "server.receipt.none"_id);
    }
    ASSAY_TRY(const Digest statement, Digest::from_bytes(row->value));
    ASSAY_TRY(const std::string proof, receipt_of(ports_, statement));
    return protocol::ReceiptReply{statement, proof};
}

Result<record::Signed<record::Package>> Intake::accepted(const AttemptId& attempt) {
    ASSAY_TRY(const store::Row row, ports_.store.row(kAttemptTable, to_bytes(attempt.view())));
    ASSAY_TRY(const Digest digest, Digest::from_bytes(ByteView(row.value).subspan(4)));
    return kept<record::Package>(ports_, digest);
}

}  // namespace assay::server_core
