#include "crypto/base/disk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "crypto/base/system_error.h"

namespace assay {

Error system_error(int number, const Path& path) {
    const Args args{{"path", path.string()},
                    {"number", std::to_string(number)},
                    {"cause", std::strerror(number)}};
    switch (number) {
        case ENOENT:
        case ENOTDIR:
            return fail(Code::kNotFound, "base.disk.not-found"_id, args);
        case EEXIST:
            return fail(Code::kConflict, "base.disk.exists"_id, args);
        case ENOSPC:
        case EDQUOT:
            return fail(Code::kFull, "base.disk.full"_id, args);
        case EISDIR:
            return fail(Code::kInvalid, "base.disk.folder"_id, args);
        case ELOOP:
            return fail(Code::kInvalid, "base.disk.loop"_id, args);
        case EACCES:
        case EPERM:
            return fail(Code::kIo, "base.disk.not-allowed"_id, args);
        case EROFS:
            return fail(Code::kIo, "base.disk.read-only"_id, args);
        default:
            return fail(Code::kIo, "base.disk.io"_id, args);
    }
}

namespace {

class SystemFile final : public File {
  public:
    SystemFile(int descriptor, Path path) : descriptor_(descriptor), path_(std::move(path)) {}
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;
    ~SystemFile() override { ::close(descriptor_); }

    Status append(ByteView bytes) override {
        ASSAY_TRY(const std::uint64_t end, size());
        return write_at(end, bytes);
    }

    Status write_at(std::uint64_t offset, ByteView bytes) override {
        while (!bytes.empty()) {
            const ssize_t done =
                ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (done < 0) {
                if (errno == EINTR) {
                    continue;
                }
                return system_error(errno, path_);
            }
            bytes = bytes.subspan(static_cast<std::size_t>(done));
            offset += static_cast<std::uint64_t>(done);
        }
        return Ok{};
    }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) override {
        std::size_t total = 0;
        while (total < out.size()) {
            const ssize_t done = ::pread(descriptor_, out.data() + total, out.size() - total,
                                         static_cast<off_t>(offset + total));
            if (done < 0 && errno != EINTR) {
                return system_error(errno, path_);
            }
            if (done == 0) {
                break;
            }
            total += done > 0 ? static_cast<std::size_t>(done) : 0;
        }
        return total;
    }

    Result<std::uint64_t> size() override {
        struct stat facts{};
        if (::fstat(descriptor_, &facts) != 0) {
            return system_error(errno, path_);
        }
        return static_cast<std::uint64_t>(facts.st_size);
    }

    Status truncate(std::uint64_t size) override {
        if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
            return system_error(errno, path_);
        }
        return Ok{};
    }

    Status sync() override {
        if (sync_failed_ || ::fdatasync(descriptor_) != 0) {
            sync_failed_ = true;
            return fail(Code::kIo, "base.disk.sync"_id, {{"path", path_.string()}});
        }
        return Ok{};
    }

  private:
    int descriptor_;
    Path path_;
    bool sync_failed_ = false;
};

/// A pipe would make open() wait for whoever writes to it, and can't be read at an offset.
Result<std::unique_ptr<File>> open_with(const Path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0600);
    if (descriptor < 0) {
        return system_error(errno, path);
    }
    auto file = std::make_unique<SystemFile>(descriptor, path);
    struct stat facts{};
    if (::fstat(descriptor, &facts) != 0) {
        return system_error(errno, path);
    }
    if (S_ISDIR(facts.st_mode)) {
        return system_error(EISDIR, path);
    }
    if (S_ISFIFO(facts.st_mode) || S_ISSOCK(facts.st_mode)) {
        return fail(Code::kInvalid, "base.disk.not-a-file"_id, {{"path", path.string()}});
    }
    return std::unique_ptr<File>(std::move(file));
}

}  // namespace

Result<std::unique_ptr<File>> SystemDisk::open(const Path& path) { return open_with(path, O_RDWR); }

Result<std::unique_ptr<File>> SystemDisk::create(const Path& path) {
    auto file = open_with(path, O_RDWR | O_CREAT | O_EXCL);
    if (!file.ok() && file.error().code == Code::kNotFound) {
        return fail(Code::kNotFound, "base.disk.no-folder"_id,
                    {{"folder", path.has_parent_path() ? path.parent_path().string() : "."}});
    }
    return file;
}

Result<std::unique_ptr<File>> SystemDisk::open_read_only(const Path& path) {
    return open_with(path, O_RDONLY);
}

Status SystemDisk::rename(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return system_error(errno, from);
    }
    return Ok{};
}

Status SystemDisk::remove(const Path& path) {
    if (::unlink(path.c_str()) != 0) {
        return system_error(errno, path);
    }
    return Ok{};
}

Status SystemDisk::make_folders(const Path& path) {
    if (path.empty() || exists(path)) {
        return Ok{};
    }
    const Path parent = path.parent_path();
    if (parent != path) {
        ASSAY_TRY_STATUS(make_folders(parent));
    }
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return system_error(errno, path);
    }
    return sync_folder(parent.empty() ? Path(".") : parent);
}

Status SystemDisk::sync_folder(const Path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return system_error(errno, path);
    }
    const int result = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    if (result != 0) {
        return system_error(number, path);
    }
    return Ok{};
}

Result<std::vector<std::string>> SystemDisk::list(const Path& folder) {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        names.push_back(it->path().filename().string());
    }
    if (error) {
        return system_error(error.value(), folder);
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool SystemDisk::exists(const Path& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) == 0;
}

Result<std::uint64_t> SystemDisk::free_bytes(const Path& folder) {
    struct statvfs facts{};
    if (::statvfs(folder.c_str(), &facts) != 0) {
        return system_error(errno, folder);
    }
    return std::uint64_t{facts.f_bavail} * facts.f_frsize;
}

Result<Bytes> read_file(Disk& disk, const Path& path, std::uint64_t limit) {
    ASSAY_TRY(const auto file, disk.open_read_only(path));
    ASSAY_TRY(const std::uint64_t size, file->size());
    if (size > limit) {
        return fail(Code::kLimit, "base.disk.too-large"_id,
                    {{"path", path.string()},
                     {"size", std::to_string(size)},
                     {"limit", std::to_string(limit)}});
    }
    Bytes out(size);
    ASSAY_TRY(const std::size_t read, file->read_at(0, out));
    out.resize(read);
    return out;
}

namespace {

Status write_and_rename(Disk& disk, const Path& temporary, const Path& path, ByteView bytes) {
    {
        ASSAY_TRY(const auto file, disk.create(temporary));
        ASSAY_TRY_STATUS(file->append(bytes));
        ASSAY_TRY_STATUS(file->sync());
    }
    return disk.rename(temporary, path);
}

}  // namespace

Status write_file(Disk& disk, const Path& path, ByteView bytes) {
    const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
    const Path temporary = path.string() + ".new";
    if (disk.exists(temporary)) {
        ASSAY_TRY_STATUS(disk.remove(temporary));
    }
    const Status written = write_and_rename(disk, temporary, path, bytes);
    if (!written.ok()) {
        [[maybe_unused]] const Status removed = disk.remove(temporary);
        Error error = written.error();
        for (auto& [name, value] : error.what.args) {
            // A person knows the file; the name beside it says nothing to them.
            value = name == "path" ? path.string() : value;
        }
        return error;
    }
    return disk.sync_folder(folder);
}

}  // namespace assay
