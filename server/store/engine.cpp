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
        const Status followed = follow();
        static_cast<void>(followed);  // the next start follows the volumes
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
            return apply_change(
                *index_, change_of(entry, {content.volume, content.offset + place.large_at}));
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
    ASSAY_TRY_STATUS(hold_waiting());
    waiting_ = !ports_.log->writable();
    if (!waiting_) {
        ASSAY_TRY_STATUS(log_waiting());
    }
    ASSAY_TRY_STATUS(index_->set_log_size(ports_.log->size()));
    ASSAY_TRY_STATUS(transaction.commit());
    ASSAY_TRY(const auto lost, index_->lost(0));
    leaves_lost_ = !lost.empty();
    return Ok{};
}

/// Objects without a leaf, in the order of the volumes, some at a time.
Status Engine::each_waiting(const TakeLeaves& take) {
    ASSAY_TRY(const std::vector<Digest> waiting, index_->unlogged());
    for (std::size_t first = 0; first < waiting.size(); first += kCatchUpLeaves) {
        const std::size_t count = std::min(waiting.size() - first, kCatchUpLeaves);
        const std::span<const Digest> digests(&waiting[first], count);
        std::vector<Bytes> leaves;
        for (const Digest& digest : digests) {
            ASSAY_TRY(const Index::ObjectPlace object, index_->object(digest));
            ASSAY_TRY(Bytes payload, volumes_->read(object.place, object.payload_size));
            leaves.push_back(std::move(payload));
        }
        ASSAY_TRY_STATUS(take(digests, {leaves.begin(), leaves.end()}));
    }
    return Ok{};
}

/// A copy's log may lack leaves that its volumes hold.
Status Engine::hold_waiting() {
    if (ports_.log->writable()) {
        return Ok{};
    }
    return each_waiting([this](std::span<const Digest>, const std::vector<ByteView>& leaves) {
        if (!ports_.log->writable()) {
            ports_.log->hold(leaves);
        }
        return Status(Ok{});
    });
}

Status Engine::log_waiting() {
    return each_waiting(
        [this](std::span<const Digest> digests, const std::vector<ByteView>& leaves) -> Status {
            ASSAY_TRY(std::uint64_t index, ports_.log->append(leaves));
            for (const Digest& digest : digests) {
                ASSAY_TRY_STATUS(index_->set_log_index(digest, index++));
            }
            return Ok{};
        });
}

/// Receipts may be out there for statements that wait since the start: no other leaf may take their
/// place.
Status Engine::log_waiting_first() {
    if (!waiting_ || !ports_.log->writable()) {
        return Ok{};
    }
    const std::scoped_lock guard(following_, indexing_);
    ASSAY_TRY(vault::Transaction transaction, index_->begin());
    ASSAY_TRY_STATUS(log_waiting());
    ASSAY_TRY_STATUS(index_->set_log_size(ports_.log->size()));
    ASSAY_TRY_STATUS(transaction.commit());
    waiting_ = false;
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
    ASSAY_TRY_STATUS(log_waiting_first());
    ASSAY_TRY(const Place base, volumes_->next());
    content_.clear();
    content_.reserve(frame_bytes(batches));
    Group group{base, content_};
    std::vector<Result<Committed>> results;
    for (const Batch& batch : batches) {
        results.push_back(stage(batch, group));
        if (!results.back().ok() && results.back().error().code != Code::kConflict &&
            results.back().error().code != Code::kUnavailable) {
            return results.back().error();
        }
    }
    ASSAY_TRY_STATUS(write_group(group));
    fill_log_indexes(results, group.changes);
    if (!group.content.empty()) {
        recent_.push({std::move(group.changes), volumes_->end(),
                      ports_.log == nullptr ? 0 : ports_.log->size()});
    }
    return results;
}

/// From the sync on all of it is there after a crash; the log gets the same leaves in the same
/// order then.
Status Engine::write_group(Group& group) {
    if (group.content.empty()) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(volumes_->append(group.content));
    if (ports_.log == nullptr || group.leaves.empty()) {
        return Ok{};
    }
    const auto first = ports_.log->append_ahead(group.leaves);
    if (!first.ok()) {
        broken_ = true;  // the volumes are ahead of the log
        return first.error();
    }
    group.changes.set_leaves(group.to_log, *first);
    return Ok{};
}

Status Engine::follow() {
    const std::lock_guard following(following_);
    const Recent::Groups groups = recent_.waiting();
    if (broken_ || groups.empty()) {
        return broken_ ? Status(fail(Code::kIo, "store.write.broken"_id)) : Status(Ok{});
    }
    const Status done = follow_groups(groups);
    if (done.ok()) {
        recent_.pop(groups.size());
    } else {
        broken_ = true;
    }
    return done;
}

/// SQL may not know a leaf that the log's folder does not hold.
Status Engine::follow_groups(const Recent::Groups& groups) {
    if (ports_.log != nullptr) {
        ASSAY_TRY_STATUS(ports_.log->settle());
    }
    std::unique_lock guard(indexing_);
    ASSAY_TRY(vault::Transaction transaction, index_->begin());
    for (const auto& group : groups) {
        for (const Change& change : group->changes.all()) {
            ASSAY_TRY_STATUS(apply_change(*index_, change));
        }
        guard.unlock();  // commit() looks something up meanwhile
        guard.lock();
    }
    ASSAY_TRY_STATUS(index_->set_followed(groups.back()->end));
    if (ports_.log != nullptr) {
        ASSAY_TRY_STATUS(index_->set_log_size(groups.back()->log_size));
    }
    return transaction.commit();
}

Result<std::optional<Index::ObjectPlace>> Engine::find_object(const Group& group,
                                                              const Digest& digest) {
    if (const auto* const own = group.changes.object(digest)) {
        return std::optional(*own);
    }
    if (auto recent = recent_.object(digest)) {
        return recent;
    }
    const std::lock_guard guard(indexing_);
    auto found = index_->object(digest);
    if (!found.ok() && found.error().code != Code::kNotFound) {
        return found.error();
    }
    return found.ok() ? std::optional(std::move(*found)) : std::nullopt;
}

Result<bool> Engine::has_body(const Group& group, const Digest& digest) {
    if (group.changes.body(digest) != nullptr || recent_.body(digest)) {
        return true;
    }
    const std::lock_guard guard(indexing_);
    const auto found = index_->body(digest);
    if (!found.ok() && found.error().code != Code::kNotFound) {
        return found.error();
    }
    return found.ok();
}

Result<std::uint64_t> Engine::find_revision(const Group& group, const std::string& table,
                                            const Bytes& key) {
    if (const auto* const own = group.changes.row(table, key)) {
        return *own ? (*own)->revision : 0;
    }
    if (const auto recent = recent_.row(table, key)) {
        return *recent ? (*recent)->revision : 0;
    }
    const std::lock_guard guard(indexing_);
    const auto found = index_->row(table, key);
    if (!found.ok() && found.error().code != Code::kNotFound) {
        return found.error();
    }
    return found.ok() ? found->revision : 0;
}

Result<std::uint64_t> Engine::find_counter(const Group& group, const std::string& name) {
    if (const auto* const own = group.changes.counter(name)) {
        return *own;
    }
    if (const auto recent = recent_.counter(name)) {
        return *recent;
    }
    const std::lock_guard guard(indexing_);
    return index_->counter(name);
}

/// All that may be refused comes before the first change.
Result<Committed> Engine::stage(const Batch& batch, Group& group) {
    std::vector<RowChange> rows;
    ASSAY_TRY_STATUS(check_rows(batch, group, rows));
    ASSAY_TRY_STATUS(check_log(batch, group));
    Committed out;
    ASSAY_TRY_STATUS(stage_bodies(batch, group));
    ASSAY_TRY_STATUS(stage_objects(batch, group, out));
    ASSAY_TRY_STATUS(stage_rows(batch, rows, group, out));
    return out;
}

Status Engine::check_rows(const Batch& batch, const Group& group, std::vector<RowChange>& rows) {
    const auto check = [&](const std::string& table, const Bytes& key,
                           std::uint64_t wanted) -> Result<std::uint64_t> {
        ASSAY_TRY(const std::uint64_t have, find_revision(group, table, key));
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
Status Engine::check_log(const Batch& batch, const Group& group) {
    if (ports_.log == nullptr || ports_.log->writable()) {
        return Ok{};
    }
    for (const Object& object : batch.objects) {
        const Digest digest = crypto::sha256(object.payload);
        ASSAY_TRY(const auto there, find_object(group, digest));
        const std::lock_guard guard(indexing_);
        ASSAY_TRY(const auto leaf, index_->leaf(digest));
        if (object.log && !leaf && !there) {
            return fail(Code::kUnavailable, "store.write.log"_id);
        }
    }
    return Ok{};
}

template <typename Kind>
void Engine::stage_entry(Group& group, const Kind& entry) {
    const EntryPlace place = append_entry(group.content, entry);
    group.changes.add(change_of(entry, {group.base.volume, group.base.offset + place.large_at}));
}

Status Engine::stage_bodies(const Batch& batch, Group& group) {
    for (const Body& body : batch.bodies) {
        ASSAY_TRY(const bool there, has_body(group, body.digest));
        if (!there) {
            stage_entry(group, body);
        }
    }
    for (const FileBody& file : batch.files) {
        ASSAY_TRY(const bool there, has_body(group, file.digest));
        if (!there) {
            stage_entry(group, file);
        }
    }
    return Ok{};
}

Status Engine::stage_objects(const Batch& batch, Group& group, Committed& out) {
    const WallTime now = ports_.clock.wall();
    for (const Object& object : batch.objects) {
        const Digest digest = crypto::sha256(object.payload);
        ASSAY_TRY(const auto there, find_object(group, digest));
        if (there) {
            out.objects.push_back({digest, true, there->object.log_index});
            continue;
        }
        std::optional<std::uint64_t> leaf;  // it was here before, and its leaf still is
        if (object.log && leaves_lost_) {
            const std::lock_guard guard(indexing_);
            ASSAY_TRY(leaf, index_->leaf(digest));
        }
        const std::size_t place = group.changes.all().size();
        stage_entry(group, ObjectAdded{object, digest, now});
        out.objects.push_back({digest, false, leaf});
        if (leaf) {
            group.changes.set_leaves({place}, *leaf);
        } else if (object.log) {
            group.to_log.push_back(place);
            group.leaves.emplace_back(object.payload);
        }
    }
    for (const Refusal& refusal : batch.refusals) {
        stage_entry(group, RefusalAdded{refusal, now});
    }
    return Ok{};
}

Status Engine::stage_rows(const Batch& batch, const std::vector<RowChange>& rows, Group& group,
                          Committed& out) {
    for (const RowChange& row : rows) {
        stage_entry(group, row);
    }
    for (const RowKey& row : batch.removals) {
        stage_entry(group, RowRemoved{row.table, row.key});
    }
    for (const std::string& name : batch.counters) {
        ASSAY_TRY(const std::uint64_t last, find_counter(group, name));
        stage_entry(group, CounterSet{name, last + 1});
        out.numbers.push_back(last + 1);
    }
    return Ok{};
}

/// Of the group's own objects; earlier ones have theirs.
void Engine::fill_log_indexes(std::vector<Result<Committed>>& results, const Changes& changes) {
    for (Result<Committed>& result : results) {
        if (!result.ok()) {
            continue;
        }
        for (Committed::Kept& kept : result->objects) {
            if (const auto* const own = changes.object(kept.digest)) {
                kept.log_index = own->object.log_index;
            }
        }
    }
}

}  // namespace assay::store
