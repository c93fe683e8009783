#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay {

using Path = std::filesystem::path;

/// An open file. Used by one thread at a time. Closed by the destructor, which never syncs.
class File {
  public:
    virtual ~File() = default;

    /// Adds all of `bytes` at the end, or fails; after a failure the end may hold a part of them.
    virtual Status append(ByteView bytes) = 0;
    /// Overwrites or extends at `offset`; the gap, if any, reads as zeros.
    virtual Status write_at(std::uint64_t offset, ByteView bytes) = 0;
    /// Up to out.size() bytes from `offset`; fewer only at the end of the file.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) = 0;
    virtual Result<std::uint64_t> size() = 0;
    virtual Status truncate(std::uint64_t size) = 0;
    /// fdatasync. After a failure nothing written since the last success may be trusted, and a
    /// second sync() fails as well: the kernel may have dropped the pages.
    virtual Status sync() = 0;
};

/// What may be done to the disk. Errors carry the path: kNotFound, kConflict, kFull, kIo.
class Disk {
  public:
    virtual ~Disk() = default;

    /// Opens for reading and writing. kNotFound where there is no such file.
    virtual Result<std::unique_ptr<File>> open(const Path& path) = 0;
    /// Creates for reading and writing, mode 0600. kConflict where something has that name.
    virtual Result<std::unique_ptr<File>> create(const Path& path) = 0;
    virtual Result<std::unique_ptr<File>> open_read_only(const Path& path) = 0;
    /// Atomic replace. Durable only after sync_folder of both folders.
    virtual Status rename(const Path& from, const Path& to) = 0;
    virtual Status remove(const Path& path) = 0;
    /// All missing folders, mode 0700. Their names are durable after this returns.
    virtual Status make_folders(const Path& path) = 0;
    /// Makes creations, renames and removals in this folder durable.
    virtual Status sync_folder(const Path& path) = 0;
    /// Names in a folder, sorted, without "." and "..".
    virtual Result<std::vector<std::string>> list(const Path& folder) = 0;
    virtual bool exists(const Path& path) = 0;
    virtual Result<std::uint64_t> free_bytes(const Path& folder) = 0;
};

/// The real disk.
class SystemDisk final : public Disk {
  public:
    Result<std::unique_ptr<File>> open(const Path& path) override;
    Result<std::unique_ptr<File>> create(const Path& path) override;
    Result<std::unique_ptr<File>> open_read_only(const Path& path) override;
    Status rename(const Path& from, const Path& to) override;
    Status remove(const Path& path) override;
    Status make_folders(const Path& path) override;
    Status sync_folder(const Path& path) override;
    Result<std::vector<std::string>> list(const Path& folder) override;
    bool exists(const Path& path) override;
    Result<std::uint64_t> free_bytes(const Path& folder) override;
};

/// The whole file, at most `limit` bytes (kLimit names the path and both sizes).
Result<Bytes> read_file(Disk& disk, const Path& path, std::uint64_t limit);

/// Replaces or creates `path` so that after a crash it holds either the old or the new bytes, and
/// after success the new ones: temporary file beside it, sync, rename, sync of the folder.
Status write_file(Disk& disk, const Path& path, ByteView bytes);

}  // namespace assay
