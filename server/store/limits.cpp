#include <set>

#include "server/store/engine.h"

namespace assay::store {
namespace {

/// A leaf of the log has its length in 16 bits.
constexpr std::size_t kLeafBytesMax = 65'535;

Error too_large(const char* what, std::size_t size, std::size_t limit) {
    return fail(Code::kLimit, "store.batch.limit"_id,
                {{"what", what}, {"size", std::to_string(size)}, {"limit", std::to_string(limit)}});
}

Status check_name(const char* what, std::string_view name) {
    if (name.empty()) {
        return fail(Code::kInvalid, "store.batch.name"_id, {{"what", what}});
    }
    return name.size() > kNameBytesMax ? Status(too_large(what, name.size(), kNameBytesMax))
                                       : Status(Ok{});
}

Status check_value(const char* what, const Bytes& value, std::size_t limit = kValueBytesMax) {
    return value.size() > limit ? Status(too_large(what, value.size(), limit)) : Status(Ok{});
}

Status check_objects(const Batch& batch) {
    for (const Object& object : batch.objects) {
        ASSAY_TRY_STATUS(check_name("kind", object.kind));
        ASSAY_TRY_STATUS(
            check_value("payload", object.payload, object.log ? kLeafBytesMax : kValueBytesMax));
        ASSAY_TRY_STATUS(check_value("envelope", object.envelope));
    }
    for (const Refusal& refusal : batch.refusals) {
        ASSAY_TRY_STATUS(check_name("kind", refusal.kind));
        ASSAY_TRY_STATUS(check_name("reason", refusal.reason));
        ASSAY_TRY_STATUS(check_value("payload", refusal.payload));
        ASSAY_TRY_STATUS(check_value("envelope", refusal.envelope));
    }
    return Ok{};
}

Status check_row_limits(const Batch& batch) {
    std::set<std::pair<std::string, Bytes>> seen;
    const auto once = [&](const std::string& table, const Bytes& key) -> Status {
        ASSAY_TRY_STATUS(check_name("table", table));
        ASSAY_TRY_STATUS(check_name("key", as_text(key)));
        if (!seen.insert({table, key}).second) {
            return fail(Code::kInvalid, "store.batch.twice"_id, {{"what", table}});
        }
        return Ok{};
    };
    for (const Row& row : batch.rows) {
        ASSAY_TRY_STATUS(once(row.table, row.key));
        ASSAY_TRY_STATUS(check_value("value", row.value));
        if (row.state.size() > kNameBytesMax) {
            return too_large("state", row.state.size(), kNameBytesMax);
        }
    }
    for (const RowKey& row : batch.removals) {
        ASSAY_TRY_STATUS(once(row.table, row.key));
    }
    for (const std::string& name : batch.counters) {
        ASSAY_TRY_STATUS(check_name("counter", name));
    }
    return Ok{};
}

}  // namespace

std::size_t batch_bytes(const Batch& batch) {
    constexpr std::size_t kPartBytes = 256;
    std::size_t size = 0;
    for (const Object& o : batch.objects) {
        size += kPartBytes + o.payload.size() + o.envelope.size();
    }
    for (const Refusal& r : batch.refusals) {
        size += kPartBytes + r.payload.size() + r.envelope.size();
    }
    for (const Body& b : batch.bodies) {
        size += kPartBytes + b.bytes.size();
    }
    for (const Row& r : batch.rows) {
        size += kPartBytes + r.key.size() + r.value.size();
    }
    return size + kPartBytes * (batch.files.size() + batch.removals.size() + batch.counters.size());
}

Status check_limits(const Batch& batch) {
    const std::size_t parts = batch.objects.size() + batch.refusals.size() + batch.bodies.size() +
                              batch.files.size() + batch.rows.size() + batch.removals.size() +
                              batch.counters.size();
    if (parts > kBatchPartsMax) {
        return too_large("parts", parts, kBatchPartsMax);
    }
    if (const std::size_t size = batch_bytes(batch); size > kBatchBytesMax) {
        return too_large("batch", size, kBatchBytesMax);
    }
    for (const Body& body : batch.bodies) {
        ASSAY_TRY_STATUS(check_value("body", body.bytes, kBodyBytesMax));
    }
    ASSAY_TRY_STATUS(check_objects(batch));
    return check_row_limits(batch);
}

}  // namespace assay::store
