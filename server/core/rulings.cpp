#include "server/core/rulings.h"

#include <algorithm>

#include "crypto/record/verify_office.h"
#include "server/core/scoring.h"
#include "server/core/tables.h"

namespace assay::server_core {
namespace {

/// Key attempt: Statement digest of the decision that made it void.
constexpr const char* kVoidTable = "void";
/// Key attempt: Statement digest of the result that was published last.
constexpr const char* kPublishedTable = "published";

Error other(const char* what) {
    return fail(Code::kRefused, "server.ruling.other"_id, {{"what", what}});
}

store::Row row(const char* table, const AttemptId& attempt, const Digest& value,
               const store::Keys& keys) {
    return {table, to_bytes(attempt.view()), keys, "", to_bytes(value.view()), store::kAnyRevision};
}

Status put(Ports& ports, store::Batch batch) {
    ASSAY_TRY(const store::Committed done, ports.store.put(std::move(batch)));
    return Ok{};
}

}  // namespace

Result<store::Keys> Rulings::keys_of(const SittingId& id) {
    ASSAY_TRY(const auto sitting, sittings_.find(id));
    store::Keys out;
    out.site = sitting->manifest.object.site;
    out.sitting = id;
    return out;
}

/// A package of the attempt that was taken, or refused and kept.
Result<record::Signed<record::Package>> Rulings::candidate(const AttemptId& attempt,
                                                           const Digest& package) {
    if (auto taken = kept<record::Package>(ports_, package); taken.ok()) {
        return taken->object.attempt == attempt ? std::move(taken) : other("candidates");
    }
    store::Query query;
    query.kind = std::string(record::Package::kName);
    query.keys.attempt = attempt;
    ASSAY_TRY(const auto refused, ports_.store.refusals(query));
    for (const store::StoredRefusal& each : refused) {
        if (crypto::sha256(each.refusal.payload) == package) {
            return record::read_signed<record::Package>(each.refusal.envelope);
        }
    }
    return other("candidates");
}

Status Rulings::decide(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto decision, record::read_signed<record::Decision>(file));
    const record::Decision& object = decision.object;
    ASSAY_TRY_STATUS(record::check_decision(decision, object.sitting, *keys));
    if (!object.attempt) {
        return other("attempt");
    }
    ASSAY_TRY(const auto sitting, sittings_.find(object.sitting));
    if (sitting->attempts.find(*object.attempt) == nullptr) {
        return other("attempt");
    }
    ASSAY_TRY(store::Keys where, keys_of(object.sitting));
    where.attempt = object.attempt;
    store::Batch batch;
    batch.objects.push_back(as_object(decision, where));
    if (object.question == kDecideVoid) {
        batch.rows.push_back(row(kVoidTable, *object.attempt, decision.digest, where));
        return put(ports_, std::move(batch));
    }
    if (object.question != kDecidePackage || !object.chosen || object.candidates.empty()) {
        return other("question");
    }
    for (const Digest& each : object.candidates) {
        ASSAY_TRY_STATUS(candidate(*object.attempt, each));
    }
    ASSAY_TRY(const auto chosen, candidate(*object.attempt, *object.chosen));
    batch.objects.push_back(as_object(chosen, where));
    batch.rows.push_back(accepted_row(chosen, where, kDecidedState));
    batch.removals.push_back({kVoidTable, to_bytes(object.attempt->view()), store::kAnyRevision});
    return put(ports_, std::move(batch));
}

Status Rulings::publish(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto publication, record::read_signed<record::Publication>(file));
    ASSAY_TRY_STATUS(record::check_publication(publication, publication.object.sitting, *keys));
    ASSAY_TRY(const auto sitting, sittings_.find(publication.object.sitting));
    ASSAY_TRY(const store::Keys where, keys_of(publication.object.sitting));
    std::map<Digest, AttemptId> newest;
    for (const record::AttemptRow& each : sitting->attempts.attempts) {
        const auto result = newest_result(ports_, each.attempt);
        if (result.ok() && result->object.state != record::ResultState::kWithheld) {
            newest.emplace(result->digest, each.attempt);
        }
    }
    store::Batch batch;
    batch.objects.push_back(as_object(publication, where));
    for (const Digest& result : publication.object.results) {
        const auto found = newest.find(result);
        if (found == newest.end()) {
            return other("results");
        }
        batch.rows.push_back(row(kPublishedTable, found->second, result, where));
    }
    return put(ports_, std::move(batch));
}

Result<std::size_t> Rulings::erase(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto erasure, record::read_signed<record::Erasure>(file));
    ASSAY_TRY(const auto sitting, sittings_.find(erasure.object.sitting));
    ASSAY_TRY_STATUS(record::check_erasure(erasure, sitting->manifest, sitting->attempts, *keys));
    // The leaf first: what is gone without a word could never be told from a loss.
    ASSAY_TRY(const store::Keys where, keys_of(erasure.object.sitting));
    ASSAY_TRY([[maybe_unused]] const std::string receipt, keep(ports_, erasure, where));
    for (const AttemptId& attempt : erasure.object.attempts) {
        ASSAY_TRY_STATUS(ports_.store.destroy_wraps(attempt));
        ASSAY_TRY_STATUS(ports_.store.erase_personal(attempt));
    }
    ports_.log.info("server.log.erased"_id,
                    {{"attempts", std::to_string(erasure.object.attempts.size())}});
    return erasure.object.attempts.size();
}

Result<protocol::PackageReply> Rulings::recover(ByteView file, ByteView upload) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto recovery, record::read_signed<record::Recovery>(file));
    ASSAY_TRY(const record::PackageUpload files, record::read_upload(upload));
    ASSAY_TRY(const auto package, record::read_signed<record::Package>(files.statement));
    ASSAY_TRY_STATUS(record::check_recovery(recovery, package, *keys));
    ASSAY_TRY(const auto sitting, sittings_.find_by_attempt(recovery.object.attempt));
    ASSAY_TRY(store::Keys where, keys_of(sitting->manifest.object.sitting));
    where.attempt = recovery.object.attempt;
    ASSAY_TRY([[maybe_unused]] const std::string receipt, keep(ports_, recovery, where));
    return intake_.take(package.digest, upload);
}

Result<std::optional<Digest>> void_decision(Ports& ports, const AttemptId& attempt) {
    const auto found = ports.store.row(kVoidTable, to_bytes(attempt.view()));
    if (!found.ok()) {
        return found.error().code == Code::kNotFound
                   ? Result<std::optional<Digest>>(std::optional<Digest>())
                   : found.error();
    }
    ASSAY_TRY(const Digest decision, Digest::from_bytes(found->value));
    return std::optional<Digest>(decision);
}

Result<Digest> published_result(Ports& ports, const AttemptId& attempt) {
    ASSAY_TRY(const store::Row found, ports.store.row(kPublishedTable, to_bytes(attempt.view())));
    return Digest::from_bytes(found.value);
}

}  // namespace assay::server_core
