#pragma once

#include <map>
#include <mutex>
#include <string>

#include "server/http/tus.h"

namespace assay::test {

/// Uploads in memory that keep the promises of a TusStore, and count on the tus code to keep its
/// own: a piece at a wrong offset is remembered as an error.
class MemoryTusStore final : public http::TusStore {
  public:
    struct Upload {
        Bytes bytes;
        std::uint64_t length = 0;
        std::uint64_t durable = 0;
        http::TusMetadata metadata;
        int finished = 0;
    };

    Result<std::string> create(const http::Request&, const http::TusMetadata& metadata,
                               std::uint64_t length) override {
        const std::lock_guard lock(mutex_);
        const auto id = "upload-" + std::to_string(uploads_.size());
        uploads_[id] = {{}, length, 0, metadata, 0};
        return id;
    }
    Result<http::TusState> find(const http::Request&, const std::string& id) override {
        const std::lock_guard lock(mutex_);
        const auto found = uploads_.find(id);
        if (found == uploads_.end()) {
            return fail(Code::kNotFound, "base.disk.not-found"_id, {{"path", id}});
        }
        if (gone_) {
            return fail(Code::kRefused, "base.disk.not-found"_id, {{"path", id}});
        }
        return http::TusState{found->second.length, found->second.durable, expires_};
    }
    Status append(const std::string& id, std::uint64_t offset, ByteView piece) override {
        const std::lock_guard lock(mutex_);
        auto& upload = uploads_[id];
        if (full_) {
            return fail(Code::kFull, "base.disk.full"_id, {{"path", id}});
        }
        wrong_offsets_ += offset < upload.durable || offset > upload.bytes.size() ? 1 : 0;
        upload.bytes.resize(offset);
        assay::append(upload.bytes, piece);
        return Ok{};
    }
    Result<std::uint64_t> sync(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        uploads_[id].durable = uploads_[id].bytes.size();
        return uploads_[id].durable;
    }
    Status rewind(const std::string& id, std::uint64_t offset) override {
        const std::lock_guard lock(mutex_);
        uploads_[id].bytes.resize(offset);
        uploads_[id].durable = offset;
        return Ok{};
    }
    Status drop(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        if (uploads_[id].finished > 0) {
            return fail(Code::kConflict, "base.disk.not-found"_id, {{"path", id}});
        }
        uploads_.erase(id);
        return Ok{};
    }
    Status finish(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        ++uploads_[id].finished;
        return Ok{};
    }

    Upload upload(const std::string& id) {
        const std::lock_guard lock(mutex_);
        return uploads_[id];
    }
    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return uploads_.size();
    }
    int wrong_offsets() {
        const std::lock_guard lock(mutex_);
        return wrong_offsets_;
    }
    void set_full(bool full) {
        const std::lock_guard lock(mutex_);
        full_ = full;
    }
    void set_expiry(WallTime time) {
        const std::lock_guard lock(mutex_);
        expires_ = time;
    }
    void set_gone() {
        const std::lock_guard lock(mutex_);
        gone_ = true;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, Upload> uploads_;
    std::optional<WallTime> expires_;
    int wrong_offsets_ = 0;
    bool full_ = false;
    bool gone_ = false;
};

}  // namespace assay::test
