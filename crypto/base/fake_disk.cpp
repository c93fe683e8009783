#include "crypto/base/fake_disk.h"

#include <algorithm>

namespace assay {

class FakeFile final : public File {
  public:
    FakeFile(FakeDisk& disk, Path path, std::shared_ptr<FakeDisk::Content> content)
        : disk_(disk), path_(std::move(path)), content_(std::move(content)) {}

    Status append(ByteView bytes) override { return write_at(content_->now.size(), bytes); }

    Status write_at(std::uint64_t offset, ByteView bytes) override {
        ASSAY_TRY_STATUS(disk_.change(bytes.size(), path_));
        Bytes& now = content_->now;
        if (disk_.swap_syncs_) {
            content_->before = now;
        }
        now.resize(std::max<std::size_t>(now.size(), offset + bytes.size()));
        std::copy(bytes.begin(), bytes.end(), now.begin() + static_cast<std::ptrdiff_t>(offset));
        return Ok{};
    }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        const Bytes& now = content_->now;
        if (offset >= now.size()) {
            return std::size_t{0};
        }
        const std::size_t size = std::min<std::size_t>(out.size(), now.size() - offset);
        std::copy_n(now.begin() + static_cast<std::ptrdiff_t>(offset), size, out.begin());
        return size;
    }

    Result<std::uint64_t> size() override { return std::uint64_t{content_->now.size()}; }

    Status truncate(std::uint64_t size) override {
        ASSAY_TRY_STATUS(disk_.change(0, path_));
        content_->now.resize(size);
        return Ok{};
    }

    Status sync() override {
        const Status status = sync_failed_
                                  ? fail(Code::kIo, "base.disk.sync"_id, {{"path", path_.string()}})
                                  : disk_.change(0, path_);
        if (!status.ok()) {
            sync_failed_ = true;
            return status;
        }
        if (!disk_.ignore_syncs_) {
            content_->durable = disk_.swap_syncs_ ? content_->before : content_->now;
        }
        ++disk_.syncs_;
        return Ok{};
    }

  private:
    FakeDisk& disk_;
    Path path_;
    std::shared_ptr<FakeDisk::Content> content_;
    bool sync_failed_ = false;
};

namespace {

Error not_found(const Path& path) {
    return fail(Code::kNotFound, "base.disk.not-found"_id,
                {{"path", path.string()}, {"number", "0"}, {"cause", "fake"}});
}

}  // namespace

Status FakeDisk::change(std::uint64_t bytes, const Path& path) {
    ++changes_;
    if (fail_after_ && (*fail_after_)-- == 0) {
        fail_after_.reset();
        return fail(Code::kIo, "base.disk.io"_id,
                    {{"path", path.string()}, {"number", "0"}, {"cause", "fake"}});
    }
    if (free_) {
        if (bytes > *free_) {
            return fail(Code::kFull, "base.disk.full"_id,
                        {{"path", path.string()}, {"number", "0"}, {"cause", "fake"}});
        }
        *free_ -= bytes;
    }
    return Ok{};
}

Result<std::unique_ptr<File>> FakeDisk::open(const Path& path) {
    const auto found = names_.find(path);
    if (found == names_.end()) {
        return not_found(path);
    }
    return std::unique_ptr<File>(std::make_unique<FakeFile>(*this, path, found->second));
}

Result<std::unique_ptr<File>> FakeDisk::create(const Path& path) {
    if (names_.contains(path)) {
        return fail(Code::kConflict, "base.disk.exists"_id,
                    {{"path", path.string()}, {"number", "0"}, {"cause", "fake"}});
    }
    ASSAY_TRY_STATUS(change(0, path));
    names_[path] = std::make_shared<Content>();
    return open(path);
}

Result<std::unique_ptr<File>> FakeDisk::open_read_only(const Path& path) { return open(path); }

Status FakeDisk::rename(const Path& from, const Path& to) {
    const auto found = names_.find(from);
    if (found == names_.end()) {
        return not_found(from);
    }
    ASSAY_TRY_STATUS(change(0, from));
    names_[to] = found->second;
    names_.erase(from);
    return Ok{};
}

Status FakeDisk::remove(const Path& path) {
    if (!names_.contains(path)) {
        return not_found(path);
    }
    ASSAY_TRY_STATUS(change(0, path));
    names_.erase(path);
    return Ok{};
}

Status FakeDisk::make_folders(const Path& path) {
    for (Path folder = path; folder.has_relative_path(); folder = folder.parent_path()) {
        folders_.insert(folder);
    }
    return Ok{};
}

Status FakeDisk::sync_folder(const Path& path) {
    ASSAY_TRY_STATUS(change(0, path));
    if (ignore_syncs_) {
        return Ok{};
    }
    std::erase_if(durable_names_, [&](const auto& entry) {
        return entry.first.parent_path() == path && !names_.contains(entry.first);
    });
    for (const auto& [name, content] : names_) {
        if (name.parent_path() == path) {
            durable_names_[name] = content;
        }
    }
    return Ok{};
}

Result<std::vector<std::string>> FakeDisk::list(const Path& folder) {
    std::set<std::string> out;
    for (const auto& [name, content] : names_) {
        if (name.parent_path() == folder) {
            out.insert(name.filename().string());
        }
    }
    for (const Path& name : folders_) {
        if (name.parent_path() == folder) {
            out.insert(name.filename().string());
        }
    }
    if (out.empty() && !folders_.contains(folder)) {
        return not_found(folder);
    }
    return std::vector<std::string>(out.begin(), out.end());
}

bool FakeDisk::exists(const Path& path) { return names_.contains(path) || folders_.contains(path); }

Result<std::uint64_t> FakeDisk::free_bytes(const Path& /*folder*/) {
    return free_.value_or(std::uint64_t{1} << 40U);
}

namespace {

Bytes prefix_left(const FakeDisk::Content& content, FakeRandom& random) {
    Bytes out = content.durable;
    if (content.now.size() <= out.size()) {
        return out;
    }
    const std::size_t kept = random.below(content.now.size() - out.size() + 1);
    const auto from = content.now.begin() + static_cast<std::ptrdiff_t>(out.size());
    out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(kept));
    if (kept > 0 && random.below(4) == 0) {  // a sector that was allocated, not written
        const std::size_t zeros = 1 + random.below(kept);
        std::fill_n(out.rbegin(), zeros, std::uint8_t{0});
    }
    return out;
}

std::size_t size_left(std::size_t durable, std::size_t now, FakeRandom& random) {
    switch (random.below(3)) {
        case 0:
            return durable;
        case 1:
            return now;
        default:
            return now <= durable ? durable : durable + random.below(now - durable + 1);
    }
}

// What was written since the last sync reached the disk in any order, or not.
Bytes sectors_left(const FakeDisk::Content& content, FakeRandom& random) {
    Bytes out = content.durable;
    out.resize(size_left(out.size(), content.now.size(), random));
    const std::size_t sector = random.below(2) == 0 ? 512 : 4096;
    const std::size_t common = std::min(out.size(), content.now.size());
    for (std::size_t at = 0; at < common; at += sector) {
        const std::size_t whole = std::min(sector, common - at);
        const std::uint64_t fate = random.below(5);
        const std::size_t written = fate < 2 ? 0 : fate < 4 ? whole : random.below(whole + 1);
        std::copy_n(content.now.begin() + static_cast<std::ptrdiff_t>(at), written,
                    out.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return out;
}

}  // namespace

void FakeDisk::cut_power(FakeRandom& random) {
    std::map<Path, std::shared_ptr<Content>> survivors = durable_names_;
    for (const auto& [name, content] : names_) {
        if (!durable_names_.contains(name) && random.below(2) == 0) {
            survivors[name] = content;
        }
    }
    std::map<const Content*, std::shared_ptr<Content>> after;
    for (auto& [name, content] : survivors) {
        auto& fresh = after[content.get()];
        if (!fresh) {
            fresh = std::make_shared<Content>();
            fresh->now = !tear_sectors_ || random.below(2) == 0 ? prefix_left(*content, random)
                                                                : sectors_left(*content, random);
            fresh->durable = fresh->now;
        }
        content = fresh;
    }
    names_ = survivors;
    durable_names_ = survivors;
}

}  // namespace assay
