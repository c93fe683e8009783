#include "server/store/engine.h"

#include <algorithm>
#include <filesystem>

#include "crypto/hash.h"

namespace assay::store {
namespace {

constexpr const char* kIndexName = "index.db";
/// There while a program has the index open: what a crash leaves behind.
constexpr const char* kOpenName = "index.open";
/// Leaves that go to the log in one append while it catches up.
constexpr std::size_t kCatchUpLeaves = 256;

Error ahead(const char* what) {
    return fail(Code::kCorrupt, "store.open.ahead"_id, {{"what", what}});
}

/// What the entries of all batches take at least.
std::size_t frame_bytes(std::span<const Batch> batches) {
    std::size_t out = 0;
    for (const Batch& batch : batches) {
        out += batch_bytes(batch);
    }
    return std::min<std::size_t>(out, kFrameBytesMax);
}

Error conflict(const std::string& table, std::uint64_t have) {
    return fail(Code::kConflict, "store.row.revision"_id,
                {{"table", table}, {"revision", std::to_string(have)}});
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const Path& folder, const crypto::StoreKey& key,
                                             const Ports& ports, std::uint64_t volume_closed_at) {
    std::unique_ptr<Engine> out(new Engine(folder, ports));
    ASSAY_TRY(out->volumes_,
              Volumes::open(folder / "volumes", ports.disk, ports.random, volume_closed_at));
    ASSAY_TRY_STATUS(out->open_index(key));
    ASSAY_TRY_STATUS(out->follow_volumes());
    if (ports.log != nullptr) {
        ASSAY_TRY_STATUS(out->follow_log());
    }
    return out;
}

Engine::~Engine() {
    if (index_) {
        index_.reset();
        SystemDisk disk;
        const Status removed = disk.remove(folder_ / kOpenName);
        static_cast<void>(removed);  // only costs the next start a look
    }
}

/// SQLite mends a file with the -wal that a crash left. Without it the file may be half of a
/// checkpoint: then it is made again from the volumes.
Status Engine::open_index(const crypto::StoreKey& key) {
    SystemDisk disk;
    const Path file = folder_ / kIndexName;
    const bool crashed = disk.exists(folder_ / kOpenName);
    if (crashed && disk.exists(file) && !disk.exists(file.string() + "-wal")) {
        for (const char* suffix : {"", "-shm"}) {
            if (disk.exists(file.string() + suffix)) {
                ASSAY_TRY_STATUS(disk.remove(file.string() + suffix));
            }
        }
    }
    ASSAY_TRY(index_, Index::open(file, key));
    return write_file(disk, folder_ / kOpenName, {});
}

Status Engine::follow_volumes() {
    ASSAY_TRY(const Place from, index_->followed());
    if (from > volumes_->end()) {
        return ahead("volumes");
    }
    ASSAY_TRY(vault::Transaction transaction, index_->begin());
    ASSAY_TRY_STATUS(volumes_->replay(from, [this](Place content, ByteView bytes) {
        return visit_entries(bytes, [&](const Entry& entry, EntryPlace place) {
            return index_->apply(entry, {content.volume, content.offset + place.large_at});
        });
    }));
    ASSAY_TRY_STATUS(index_->set_followed(volumes_->end()));
    return transaction.commit();
}

/// Leaves that SQL does not know of are found by their digest; objects without a leaf get one.
Status Engine::follow_log() {
    ASSAY_TRY(const std::uint64_t known, index_->log_size());
    const std::uint64_t size = ports_.log->size();
    if (known > size) {
        return ahead("log");
    }
    ASSAY_TRY(vault::Transaction transaction, index_->begin());
    for (std::uint64_t i = known; i < size; ++i) {
        ASSAY_TRY(const Bytes leaf, ports_.log->leaf(i));
        const Digest digest = crypto::sha256(leaf);
        ASSAY_TRY_STATUS(index_->set_log_index(digest, i));
        ASSAY_TRY_STATUS(index_->keep_leaf(digest, i));
    }
    if (ports_.log->writable()) {
        ASSAY_TRY_STATUS(log_waiting());
    }
    ASSAY_TRY_STATUS(index_->set_log_size(ports_.log->size()));
    return transaction.commit();
}

Status Engine::log_waiting() {
    ASSAY_TRY(const std::vector<Digest> waiting, index_->unlogged());
    for (std::size_t first = 0; first < waiting.size(); first += kCatchUpLeaves) {
        Group group{{}, content_, {}, {}};
        for (std::size_t i = first; i < std::min(waiting.size(), first + kCatchUpLeaves); ++i) {
            ASSAY_TRY(const Index::ObjectPlace object, index_->object(waiting[i]));
            ASSAY_TRY(Bytes payload, volumes_->read(object.place, object.payload_size));
            group.to_log.push_back(waiting[i]);
            group.leaves.push_back(std::move(payload));
        }
        ASSAY_TRY_STATUS(append_leaves(group));
    }
    return Ok{};
}

std::vector<Result<Committed>> Engine::commit(std::span<const Batch> batches) {
    if (broken_) {
        return {batches.size(), fail(Code::kIo, "store.write.broken"_id)};
    }
    auto results = commit_group(batches);
    if (results.ok()) {
        return std::move(*results);
    }
    return {batches.size(), results.error()};
}

Result<std::vector<Result<Committed>>> Engine::commit_group(std::span<const Batch> batches) {
    ASSAY_TRY(vault::Transaction transaction, index_->begin());
    ASSAY_TRY(const Place base, volumes_->next());
    content_.clear();
    content_.reserve(frame_bytes(batches));
    Group group{base, content_, {}, {}};
    std::vector<Result<Committed>> results;
    for (const Batch& batch : batches) {
        results.push_back(stage(batch, group));
        if (!results.back().ok() && results.back().error().code != Code::kConflict &&
            results.back().error().code != Code::kUnavailable) {
            return results.back().error();
        }
    }
    if (!group.content.empty()) {
        ASSAY_TRY_STATUS(volumes_->append(group.content));
        broken_ = true;  // until SQL has followed: the volumes are ahead of it
    }
    ASSAY_TRY(const auto logged, append_leaves(group));
    ASSAY_TRY_STATUS(fill_log_indexes(results, logged));
    ASSAY_TRY_STATUS(index_->set_followed(volumes_->end()));
    ASSAY_TRY_STATUS(transaction.commit());
    broken_ = false;
    return results;
}

/// All that may be refused comes before the first change.
Result<Committed> Engine::stage(const Batch& batch, Group& group) {
    std::vector<RowChange> rows;
    ASSAY_TRY_STATUS(check_rows(batch, rows));
    ASSAY_TRY_STATUS(check_log(batch));
    Committed out;
    ASSAY_TRY_STATUS(stage_bodies(batch, group));
    ASSAY_TRY_STATUS(stage_objects(batch, group, out));
    ASSAY_TRY_STATUS(stage_rows(batch, rows, group, out));
    return out;
}

Status Engine::check_rows(const Batch& batch, std::vector<RowChange>& rows) {
    const auto check = [this](const std::string& table, const Bytes& key,
                              std::uint64_t wanted) -> Result<std::uint64_t> {
        const auto found = index_->row(table, key);
        if (!found.ok() && found.error().code != Code::kNotFound) {
            return found.error();
        }
        const std::uint64_t have = found.ok() ? found->revision : 0;
        if (wanted != kAnyRevision && wanted != have) {
            return conflict(table, have);
        }
        return have;
    };
    for (const Row& row : batch.rows) {
        ASSAY_TRY(const std::uint64_t have, check(row.table, row.key, row.revision));
        rows.push_back({row});
        rows.back().row.revision = have + 1;
    }
    for (const RowKey& row : batch.removals) {
        ASSAY_TRY_STATUS(check(row.table, row.key, row.revision));
    }
    return Ok{};
}

/// Leaves that the log has, or need not get, do not wait for it.
Status Engine::check_log(const Batch& batch) {
    if (ports_.log == nullptr || ports_.log->writable()) {
        return Ok{};
    }
    for (const Object& object : batch.objects) {
        const Digest digest = crypto::sha256(object.payload);
        ASSAY_TRY(const auto leaf, index_->leaf(digest));
        if (object.log && !leaf && !index_->object(digest).ok()) {
            return fail(Code::kUnavailable, "store.write.log"_id);
        }
    }
    return Ok{};
}

template <typename Kind>
Status Engine::stage_entry(Group& group, const Kind& entry) {
    const EntryPlace place = append_entry(group.content, entry);
    return index_->apply(entry, {group.base.volume, group.base.offset + place.large_at});
}

Status Engine::stage_bodies(const Batch& batch, Group& group) {
    for (const Body& body : batch.bodies) {
        if (!index_->body(body.digest).ok()) {
            ASSAY_TRY_STATUS(stage_entry(group, body));
        }
    }
    for (const FileBody& file : batch.files) {
        if (!index_->body(file.digest).ok()) {
            ASSAY_TRY_STATUS(stage_entry(group, file));
        }
    }
    return Ok{};
}

Status Engine::stage_objects(const Batch& batch, Group& group, Committed& out) {
    const WallTime now = ports_.clock.wall();
    for (const Object& object : batch.objects) {
        const Digest digest = crypto::sha256(object.payload);
        if (const auto there = index_->object(digest); there.ok()) {
            out.objects.push_back({digest, true, there->object.log_index});
            continue;
        }
        ASSAY_TRY_STATUS(stage_entry(group, ObjectAdded{object, digest, now}));
        ASSAY_TRY(const auto leaf, index_->leaf(digest));
        out.objects.push_back({digest, false, object.log ? leaf : std::nullopt});
        if (object.log && leaf) {  // it was here before, and its leaf still is
            ASSAY_TRY_STATUS(index_->set_log_index(digest, *leaf));
        } else if (object.log) {
            group.to_log.push_back(digest);
            group.leaves.push_back(object.payload);
        }
    }
    for (const Refusal& refusal : batch.refusals) {
        ASSAY_TRY_STATUS(stage_entry(group, RefusalAdded{refusal, now}));
    }
    return Ok{};
}

Status Engine::stage_rows(const Batch& batch, const std::vector<RowChange>& rows, Group& group,
                          Committed& out) {
    for (const RowChange& row : rows) {
        ASSAY_TRY_STATUS(stage_entry(group, row));
    }
    for (const RowKey& row : batch.removals) {
        ASSAY_TRY_STATUS(stage_entry(group, RowRemoved{row.table, row.key}));
    }
    for (const std::string& name : batch.counters) {
        ASSAY_TRY(const std::uint64_t last, index_->counter(name));
        ASSAY_TRY_STATUS(stage_entry(group, CounterSet{name, last + 1}));
        out.numbers.push_back(last + 1);
    }
    return Ok{};
}

Result<std::map<Digest, std::uint64_t>> Engine::append_leaves(const Group& group) {
    std::map<Digest, std::uint64_t> out;
    if (ports_.log == nullptr || group.leaves.empty()) {
        return out;
    }
    const std::vector<ByteView> views(group.leaves.begin(), group.leaves.end());
    ASSAY_TRY(const std::uint64_t first, ports_.log->append(views));
    for (std::size_t i = 0; i < group.to_log.size(); ++i) {
        ASSAY_TRY_STATUS(index_->set_log_index(group.to_log[i], first + i));
        out.emplace(group.to_log[i], first + i);
    }
    ASSAY_TRY_STATUS(index_->set_log_size(ports_.log->size()));
    return out;
}

Status Engine::fill_log_indexes(std::vector<Result<Committed>>& results,
                                const std::map<Digest, std::uint64_t>& logged) {
    for (Result<Committed>& result : results) {
        if (!result.ok()) {
            continue;
        }
        for (Committed::Kept& kept : result->objects) {
            if (const auto found = logged.find(kept.digest); found != logged.end()) {
                kept.log_index = found->second;
            }
        }
    }
    return Ok{};
}

}  // namespace assay::store
