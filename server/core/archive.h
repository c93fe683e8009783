#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/log.h"
#include "crypto/base/random.h"
#include "crypto/record/signed.h"
#include "server/core/central_log.h"
#include "server/core/headroom.h"
#include "server/store/store.h"

namespace assay::server_core {

/// What the server's parts share: the store, the log beside it, and the world. All outlive it.
struct Ports {
    store::Store& store;
    CentralLog& central;
    Clock& clock;
    Random& random;
    Log& log;
    /// Watches the disk; null: nobody does.
    const Headroom* headroom = nullptr;
};

/// A statement that the store keeps, typed again.
template <typename T>
Result<record::Signed<T>> kept(Ports& ports, const Digest& statement) {
    ASSAY_TRY(const store::StoredObject stored, ports.store.object(statement));
    return record::read_signed<T>(stored.object.envelope);
}

/// Every statement of a kind that fits `keys`, in order of arrival.
template <typename T>
Result<std::vector<record::Signed<T>>> all_kept(Ports& ports, const store::Keys& keys) {
    std::vector<record::Signed<T>> out;
    store::Query query;
    query.kind = std::string(T::kName);
    query.keys = keys;
    while (true) {
        ASSAY_TRY(const auto page, ports.store.objects(query));
        for (const store::StoredObject& each : page) {
            ASSAY_TRY(auto object, kept<T>(ports, each.digest));
            out.push_back(std::move(object));
            query.after = each.number;
        }
        if (page.size() < query.limit) {
            return out;
        }
    }
}

/// A signed statement as the store takes it; every one is a leaf.
template <typename T>
store::Object as_object(const record::Signed<T>& object, store::Keys keys) {
    return {std::string(T::kName), keys, object.envelope.payload, to_bytes(object.json()), true};
}

/// Keeps one statement and gives its receipt. Again: the same receipt.
template <typename T>
Result<std::string> keep(Ports& ports, const record::Signed<T>& object, store::Keys keys) {
    store::Batch batch;
    batch.objects.push_back(as_object(object, keys));
    ASSAY_TRY(const store::Committed done, ports.store.put(std::move(batch)));
    return ports.central.proof(done.objects.at(0).log_index.value_or(0));
}

/// The receipt of a statement that is kept; kNotFound where it is not.
Result<std::string> receipt_of(Ports& ports, const Digest& statement);

}  // namespace assay::server_core
