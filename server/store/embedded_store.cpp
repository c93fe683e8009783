#include "server/store/embedded_store.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "crypto/hash.h"

namespace assay::store {
namespace {

constexpr std::size_t kScrubPage = 500;

Status read_large(Volumes& volumes, Place place, std::size_t payload_size,
                  std::size_t envelope_size, Bytes& payload, Bytes& envelope) {
    ASSAY_TRY(const Bytes both, volumes.read(place, payload_size + envelope_size));
    const auto split = both.begin() + static_cast<std::ptrdiff_t>(payload_size);
    payload.assign(both.begin(), split);
    envelope.assign(split, both.end());
    return Ok{};
}

Error no_row() { return fail(Code::kNotFound, "store.none"_id, {{"what", "row"}}); }

Error corrupt_body(const Digest& digest) {
    return fail(Code::kCorrupt, "store.body.corrupt"_id, {{"digest", digest.hex()}});
}

}  // namespace

Path body_file(const Path& folder, const Digest& digest) {
    const std::string hex = digest.hex();
    return folder / "files" / hex.substr(0, 2) / hex;
}

Result<EmbeddedStore::FolderLock> EmbeddedStore::FolderLock::take(const Path& folder) {
    const Path path = folder / "lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const int number = errno;
        return fail(Code::kIo, "store.open.lock"_id,
                    {{"path", path.string()},
                     {"number", std::to_string(number)},
                     {"cause", std::strerror(number)}});
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return fail(Code::kUnavailable, "store.open.busy"_id, {{"path", folder.string()}});
    }
    return lock;
}

EmbeddedStore::FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

EmbeddedStore::FolderLock::~FolderLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

EmbeddedStore::EmbeddedStore(Path folder, FolderLock lock, const Engine::Ports& ports)
    : folder_(std::move(folder)),
      lock_(std::move(lock)),
      ports_(ports),
      last_commit_(ports.clock.wall()) {}

Result<std::unique_ptr<EmbeddedStore>> EmbeddedStore::open(const Path& folder,
                                                           const StoreKeys& keys,
                                                           const Engine::Ports& ports) {
    SystemDisk disk;
    ASSAY_TRY_STATUS(disk.make_folders(folder));
    ASSAY_TRY(FolderLock lock, FolderLock::take(folder));
    std::unique_ptr<EmbeddedStore> out(new EmbeddedStore(folder, std::move(lock), ports));
    ASSAY_TRY(out->engine_, Engine::open(folder, keys.index, ports));
    ASSAY_TRY(out->reader_, Index::open(folder / "index.db", keys.index));
    ASSAY_TRY(out->private_, PrivateStore::open(folder, keys.people, keys.wraps));
    out->committer_ = std::thread([store = out.get()] { store->run(); });
    out->follower_ = std::thread([store = out.get()] { store->run_follower(); });
    return out;
}

EmbeddedStore::~EmbeddedStore() {
    {
        const std::lock_guard lock(queueing_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (committer_.joinable()) {
        committer_.join();
    }
    {
        const std::lock_guard lock(following_);
        ending_ = true;
    }
    to_follow_.notify_all();
    if (follower_.joinable()) {
        follower_.join();
    }
    reader_.reset();
    engine_.reset();
}

Status EmbeddedStore::put(Batch batch, Done done) {
    ASSAY_TRY_STATUS(check_limits(batch));
    const std::size_t bytes = batch_bytes(batch);
    const std::lock_guard lock(queueing_);
    if (stopping_ || queue_.size() >= kQueueBatchesMax || queue_bytes_ + bytes > kQueueBytesMax) {
        return fail(Code::kUnavailable, "store.write.queue"_id,
                    {{"waiting", std::to_string(queue_.size())}});
    }
    queue_.push_back({std::move(batch), std::move(done), bytes});
    queue_bytes_ += bytes;
    wake_.notify_one();
    return Ok{};
}

/// Waits for work; empty when the store stops and nothing is left.
std::vector<EmbeddedStore::Waiting> EmbeddedStore::take_group() {
    std::unique_lock lock(queueing_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    std::vector<Waiting> group;
    std::size_t bytes = 0;
    while (!queue_.empty() && group.size() < kGroupBatchesMax &&
           (group.empty() || bytes + queue_.front().bytes <= kGroupBytesMax)) {
        bytes += queue_.front().bytes;
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    queue_bytes_ -= bytes;
    return group;
}

void EmbeddedStore::run() {
    while (true) {
        std::vector<Waiting> group = take_group();
        if (group.empty()) {
            return;
        }
        std::vector<Batch> batches;
        batches.reserve(group.size());
        for (Waiting& waiting : group) {
            batches.push_back(std::move(waiting.batch));
        }
        wait_for_room();
        finish(std::move(group), engine_->commit(batches));
    }
}

void EmbeddedStore::finish(std::vector<Waiting> group, std::vector<Result<Committed>> results) {
    {
        const std::lock_guard lock(queueing_);
        writable_ = engine_->writable();
        last_commit_ = writable_ ? ports_.clock.wall() : last_commit_;
    }
    {
        const std::lock_guard lock(following_);
        ++acknowledged_;
    }
    to_follow_.notify_one();
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i].done(std::move(results[i]));
    }
}

/// Waits for groups to follow, and a little longer for more of them; false at the end.
bool EmbeddedStore::wait_for_groups() {
    std::unique_lock lock(following_);
    to_follow_.wait(lock, [this] { return ending_ || acknowledged_ > indexed_; });
    to_follow_.wait_for(lock, kFollowDelay, [this] { return ending_ || hurry_; });
    hurry_ = false;
    return acknowledged_ > indexed_;
}

void EmbeddedStore::run_follower() {
    while (wait_for_groups()) {
        std::uint64_t reached = 0;
        {
            const std::lock_guard lock(following_);
            reached = acknowledged_;
        }
        const Status done = engine_->follow();
        if (!done.ok()) {
            const std::lock_guard lock(queueing_);
            writable_ = false;
        }
        const std::lock_guard lock(following_);
        indexed_ = reached;
        follow_failed_ = !done.ok();
        followed_.notify_all();
    }
}

/// For lists, which only SQL can make: what was acknowledged before the call is in it then.
void EmbeddedStore::wait_for_index() {
    std::unique_lock lock(following_);
    const std::uint64_t until = acknowledged_;
    if (indexed_ < until) {
        hurry_ = true;
        to_follow_.notify_one();
        followed_.wait(lock, [this, until] { return indexed_ >= until || follow_failed_; });
    }
}

void EmbeddedStore::wait_for_room() {
    if (engine_->recent().size() >= kRecentChangesMax) {
        wait_for_index();
    }
}

Result<StoredObject> EmbeddedStore::object(const Digest& digest) {
    auto found = engine_->recent().object(digest);
    if (!found) {
        const std::lock_guard lock(reading_);
        ASSAY_TRY(found, reader_->object(digest));
    }
    Object& object = found->object.object;
    ASSAY_TRY_STATUS(read_large(engine_->volumes(), found->place, found->payload_size,
                                found->envelope_size, object.payload, object.envelope));
    if (crypto::sha256(object.payload) != digest) {
        return corrupt_body(digest);
    }
    return std::move(found->object);
}

Result<std::vector<StoredObject>> EmbeddedStore::objects(const Query& query) {
    wait_for_index();
    const std::lock_guard lock(reading_);
    ASSAY_TRY(std::vector<Index::ObjectPlace> found, reader_->objects(query));
    std::vector<StoredObject> out;
    for (Index::ObjectPlace& place : found) {
        out.push_back(std::move(place.object));
    }
    return out;
}

Result<std::vector<StoredRefusal>> EmbeddedStore::refusals(const Query& query) {
    wait_for_index();
    std::unique_lock lock(reading_);
    ASSAY_TRY(std::vector<Index::RefusalPlace> found, reader_->refusals(query));
    lock.unlock();
    std::vector<StoredRefusal> out;
    for (Index::RefusalPlace& place : found) {
        Refusal& refusal = place.refusal.refusal;
        ASSAY_TRY_STATUS(read_large(engine_->volumes(), place.place, place.payload_size,
                                    place.envelope_size, refusal.payload, refusal.envelope));
        out.push_back(std::move(place.refusal));
    }
    return out;
}

Result<Index::BodyPlace> EmbeddedStore::body_place(const Digest& digest) {
    if (const auto recent = engine_->recent().body(digest)) {
        return *recent;
    }
    const std::lock_guard lock(reading_);
    return reader_->body(digest);
}

Result<std::uint64_t> EmbeddedStore::body_size(const Digest& digest) {
    ASSAY_TRY(const Index::BodyPlace found, body_place(digest));
    return found.size;
}

Result<Bytes> EmbeddedStore::body_range(const Digest& digest, std::uint64_t offset,
                                        std::size_t size) {
    ASSAY_TRY(const Index::BodyPlace found, body_place(digest));
    if (offset >= found.size) {
        return Bytes();
    }
    const std::size_t wanted = std::min<std::uint64_t>({size, kBodyBytesMax, found.size - offset});
    if (found.place) {
        return engine_->volumes().read({found.place->volume, found.place->offset + offset}, wanted);
    }
    const std::lock_guard files(files_);
    ASSAY_TRY(const auto file, ports_.disk.open_read_only(body_file(folder_, digest)));
    Bytes out(wanted);
    ASSAY_TRY(const std::size_t done, file->read_at(offset, out));
    return done == wanted ? Result<Bytes>(std::move(out)) : corrupt_body(digest);
}

Result<Row> EmbeddedStore::row(const std::string& table, const Bytes& key) {
    if (auto recent = engine_->recent().row(table, key)) {
        return *recent ? Result<Row>(std::move(**recent)) : no_row();
    }
    const std::lock_guard lock(reading_);
    return reader_->row(table, key);
}

Result<std::vector<Row>> EmbeddedStore::rows(const std::string& table, const Query& query) {
    wait_for_index();
    const std::lock_guard lock(reading_);
    return reader_->rows(table, query);
}

Result<std::uint64_t> EmbeddedStore::counter(const std::string& name) {
    if (const auto recent = engine_->recent().counter(name)) {
        return *recent;
    }
    const std::lock_guard lock(reading_);
    return reader_->counter(name);
}

Status EmbeddedStore::put_personal(const std::vector<PersonalRow>& rows) {
    return private_->put(rows);
}

Result<std::vector<PersonalRow>> EmbeddedStore::personal(const std::string& table,
                                                         const AttemptId& attempt) {
    return private_->rows(table, attempt);
}

Status EmbeddedStore::erase_personal(const AttemptId& attempt) { return private_->erase(attempt); }

Status EmbeddedStore::put_wraps(const std::vector<Wrap>& wraps) { return private_->put(wraps); }

Result<Wrap> EmbeddedStore::wrap(const AttemptId& attempt, const std::string& recipient) {
    return private_->wrap(attempt, recipient);
}

Status EmbeddedStore::destroy_wraps(const AttemptId& attempt) {
    return private_->destroy_wraps(attempt);
}

Status EmbeddedStore::scrub_body(const Digest& digest) {
    crypto::Sha256 hash;
    ASSAY_TRY(const std::uint64_t size, body_size(digest));
    for (std::uint64_t offset = 0; offset < size;) {
        ASSAY_TRY(const Bytes piece, body_range(digest, offset, 1U << 20U));
        hash.update(piece);
        offset += piece.size();
    }
    return hash.finish() == digest ? Status(Ok{}) : Status(corrupt_body(digest));
}

Result<std::vector<Digest>> EmbeddedStore::bodies_after(const Digest& after) {
    const std::lock_guard lock(reading_);
    return reader_->bodies_after(after, kScrubPage);
}

Status EmbeddedStore::scrub_bodies(const Pace& pace) {
    Digest after;
    while (true) {
        ASSAY_TRY(const std::vector<Digest> digests, bodies_after(after));
        if (digests.empty()) {
            return Ok{};
        }
        for (const Digest& digest : digests) {
            if (!pace()) {
                return Ok{};
            }
            ASSAY_TRY_STATUS(scrub_body(digest));
        }
        after = digests.back();
    }
}

Status EmbeddedStore::scrub_objects(const Pace& pace) {
    Query query;
    while (true) {
        ASSAY_TRY(const std::vector<StoredObject> page, objects(query));
        if (page.empty()) {
            return Ok{};
        }
        for (const StoredObject& stored : page) {
            if (!pace()) {
                return Ok{};
            }
            ASSAY_TRY_STATUS(object(stored.digest));
        }
        query.after = page.back().number;
    }
}

Status EmbeddedStore::scrub(const Pace& pace) {
    wait_for_index();
    ASSAY_TRY_STATUS(scrub_bodies(pace));
    ASSAY_TRY_STATUS(scrub_objects(pace));
    if (!pace()) {
        return Ok{};
    }
    {
        const std::lock_guard lock(reading_);
        ASSAY_TRY_STATUS(reader_->check());
    }
    return private_->check();
}

Result<std::vector<LostObject>> EmbeddedStore::lost(std::uint64_t from) {
    wait_for_index();
    const std::lock_guard lock(reading_);
    return reader_->lost(from);
}

Health EmbeddedStore::health() {
    Health out;
    if (const auto free = ports_.disk.free_bytes(folder_); free.ok()) {
        out.free_bytes = *free;
    }
    const std::lock_guard lock(queueing_);
    out.last_commit = last_commit_;
    out.waiting = queue_.size();
    out.writable = writable_ && !stopping_;
    return out;
}

}  // namespace assay::store
