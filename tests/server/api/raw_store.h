#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "crypto/hash.h"
#include "server/store/embedded_store.h"

namespace assay::test {

/// The reference of the intake's benchmark: a raw file and one fdatasync for whatever waits, no SQL
/// and no log. What came before it was made is read from `inner`. Every receipt is that of leaf 0,
/// so that the handler above does the same work for a reply.
class RawStore final : public store::Store {
  public:
    RawStore(store::Store& inner, Disk& disk, const Path& file)
        : inner_(inner), file_(disk.create(file).value()), committer_([this] { run(); }) {}
    RawStore(const RawStore&) = delete;
    RawStore& operator=(const RawStore&) = delete;
    ~RawStore() override {
        {
            const std::lock_guard guard(lock_);
            stopping_ = true;
        }
        wake_.notify_one();
        committer_.join();
    }

    using Store::put;
    Status put(store::Batch batch, store::Done done) override {
        {
            const std::lock_guard guard(lock_);
            queue_.push_back({std::move(batch), std::move(done)});
        }
        wake_.notify_one();
        return Ok{};
    }
    Result<store::StoredObject> object(const Digest& digest) override {
        {
            const std::lock_guard guard(lock_);
            if (const auto found = objects_.find(digest); found != objects_.end()) {
                store::StoredObject out;
                out.digest = digest;
                out.log_index = 0;
                return out;
            }
        }
        return inner_.object(digest);
    }
    Result<store::Row> row(const std::string& table, const Bytes& key) override {
        {
            const std::lock_guard guard(lock_);
            if (const auto found = rows_.find({table, key}); found != rows_.end()) {
                return found->second;
            }
        }
        // What the other side took meanwhile is not there for this one.
        return inner_.row(table, table == "attempt" ? Bytes() : key);
    }
    Result<std::vector<store::StoredObject>> objects(const store::Query& query) override {
        return inner_.objects(query);
    }
    Result<std::vector<store::StoredRefusal>> refusals(const store::Query& query) override {
        return inner_.refusals(query);
    }
    Result<std::uint64_t> body_size(const Digest& digest) override {
        return inner_.body_size(digest);
    }
    Result<Bytes> body_range(const Digest& digest, std::uint64_t offset,
                             std::size_t size) override {
        return inner_.body_range(digest, offset, size);
    }
    Result<std::vector<store::Row>> rows(const std::string& table,
                                         const store::Query& query) override {
        return inner_.rows(table, query);
    }
    Result<std::uint64_t> counter(const std::string& name) override { return inner_.counter(name); }
    Status put_personal(const std::vector<store::PersonalRow>& rows) override {
        return inner_.put_personal(rows);
    }
    Result<std::vector<store::PersonalRow>> personal(const std::string& table,
                                                     const AttemptId& attempt) override {
        return inner_.personal(table, attempt);
    }
    Status erase_personal(const AttemptId& attempt) override {
        return inner_.erase_personal(attempt);
    }
    Status put_wraps(const std::vector<store::Wrap>& wraps) override {
        return inner_.put_wraps(wraps);
    }
    Result<store::Wrap> wrap(const AttemptId& attempt, const std::string& recipient) override {
        return inner_.wrap(attempt, recipient);
    }
    Status destroy_wraps(const AttemptId& attempt) override {
        return inner_.destroy_wraps(attempt);
    }
    Result<std::vector<store::LostObject>> lost(std::uint64_t from) override {
        return inner_.lost(from);
    }
    using Store::scrub;
    Status scrub(const store::Pace& pace) override { return inner_.scrub(pace); }
    store::Health health() override { return inner_.health(); }

  private:
    struct Waiting {
        store::Batch batch;
        store::Done done;
    };

    void run() {
        while (true) {
            std::deque<Waiting> group;
            {
                std::unique_lock guard(lock_);
                wake_.wait(guard, [this] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) {
                    return;
                }
                std::swap(group, queue_);
            }
            write(group);
            remember(group);
            for (Waiting& each : group) {
                store::Committed done;
                for (const store::Object& object : each.batch.objects) {
                    done.objects.push_back({crypto::sha256(object.payload), false, 0});
                }
                each.done(done);
            }
        }
    }
    void write(const std::deque<Waiting>& group) {
        for (const Waiting& each : group) {
            for (const store::Object& object : each.batch.objects) {
                ASSAY_CHECK(file_->append(object.payload).ok());
                ASSAY_CHECK(file_->append(object.envelope).ok());
            }
            for (const store::Body& body : each.batch.bodies) {
                ASSAY_CHECK(file_->append(body.bytes).ok());
            }
        }
        ASSAY_CHECK(file_->sync().ok());
    }
    void remember(const std::deque<Waiting>& group) {
        const std::lock_guard guard(lock_);
        for (const Waiting& each : group) {
            for (const store::Object& object : each.batch.objects) {
                objects_[crypto::sha256(object.payload)] = true;
            }
            for (const store::Row& row : each.batch.rows) {
                store::Row& kept = rows_[{row.table, row.key}];
                const std::uint64_t revision = kept.revision + 1;
                kept = row;
                kept.revision = revision;
            }
        }
    }

    store::Store& inner_;
    std::unique_ptr<File> file_;
    std::mutex lock_;
    std::condition_variable wake_;
    std::deque<Waiting> queue_;
    std::map<Digest, bool> objects_;
    std::map<std::pair<std::string, Bytes>, store::Row> rows_;
    bool stopping_ = false;
    std::thread committer_;
};

}  // namespace assay::test
