#include "kiosk-config/tree.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/base/system_error.h"

namespace assay::kiosk {
namespace {

Error io(const Path& path, int error) { return system_error(error, path); }

/// A descriptor that is closed, whatever happens.
class Open {
  public:
    Open(const Path& path, int flags, unsigned mode)
        : fd_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)) {}
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    ~Open() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    int get() const { return fd_; }
    bool ok() const { return fd_ >= 0; }

  private:
    int fd_;
};

Status write_all(const Path& path, int flags, unsigned mode, ByteView bytes) {
    const Open file(path, flags, mode);
    if (!file.ok()) {
        return io(path, errno);
    }
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(file.get(), bytes.data(), bytes.size());
        if (wrote < 0) {
            return io(path, errno);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(wrote));
    }
    // The mode that open() gives is cut by the umask.
    if (((flags & O_APPEND) == 0 && ::fchmod(file.get(), mode) != 0) || ::fsync(file.get()) != 0) {
        return io(path, errno);
    }
    return Ok();
}

Status sync_folder(const Path& path) {
    const Open folder(path, O_RDONLY | O_DIRECTORY, 0);
    return folder.ok() && ::fsync(folder.get()) == 0 ? Status(Ok()) : Status(io(path, errno));
}

Result<Bytes> read_all(const Path& path) {
    const Open file(path, O_RDONLY, 0);
    if (!file.ok()) {
        return io(path, errno);
    }
    Bytes out;
    std::array<std::uint8_t, 16384> buffer;
    while (true) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0) {
            return io(path, errno);
        }
        if (got == 0) {
            return out;
        }
        append(out, ByteView(buffer.data(), static_cast<std::size_t>(got)));
        if (out.size() > kConfigBytesMax) {
            return fail(Code::kLimit, "kiosk.tree.limit"_id, {{"path", path.string()}});
        }
    }
}

Result<std::string> read_link(const Path& path) {
    std::array<char, 4096> buffer;
    const ssize_t got = ::readlink(path.c_str(), buffer.data(), buffer.size());
    if (got < 0) {
        return io(path, errno);
    }
    return std::string(buffer.data(), static_cast<std::size_t>(got));
}

}  // namespace

Tree::Tree(Path root, BeforeChange before_change)
    : root_(std::move(root)), before_change_(std::move(before_change)) {}

Status Tree::changing() const { return before_change_ ? before_change_() : Status(Ok()); }

Result<Path> Tree::resolve(const Path& path) const {
    Path whole = root_;
    for (const Path& part : path) {
        if (part == ".." || part.is_absolute()) {
            return fail(Code::kInvalid, "kiosk.tree.outside"_id, {{"path", path.string()}});
        }
        struct stat found{};
        const bool link =
            whole != root_ && ::lstat(whole.c_str(), &found) == 0 && S_ISLNK(found.st_mode);
        if (link) {
            return fail(Code::kInvalid, "kiosk.tree.outside"_id, {{"path", path.string()}});
        }
        whole /= part;
    }
    return whole;
}

Result<Node> Tree::look(const Path& path) const {
    ASSAY_TRY(const Path whole, resolve(path));
    struct stat found{};
    if (::lstat(whole.c_str(), &found) != 0) {
        return errno == ENOENT || errno == ENOTDIR ? Result<Node>(Node()) : io(whole, errno);
    }
    Node node;
    node.mode = found.st_mode & 07777U;
    if (S_ISREG(found.st_mode)) {
        node.kind = Node::Kind::kFile;
        ASSAY_TRY(node.content, read_all(whole));
    } else if (S_ISLNK(found.st_mode)) {
        node.kind = Node::Kind::kLink;
        ASSAY_TRY(node.target, read_link(whole));
    } else {
        node.kind = S_ISDIR(found.st_mode) ? Node::Kind::kFolder : Node::Kind::kOther;
    }
    return node;
}

Result<Bytes> Tree::read_live(const Path& path) const {
    ASSAY_TRY(const Path whole, resolve(path));
    return read_all(whole);
}

Result<std::vector<Path>> Tree::missing_folders(const Path& path) const {
    std::vector<Path> missing;
    for (Path folder = path.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        ASSAY_TRY(const Node node, look(folder));
        if (node.kind != Node::Kind::kNothing) {
            break;
        }
        missing.push_back(folder);
    }
    std::reverse(missing.begin(), missing.end());
    return missing;
}

Status Tree::make_folder(const Path& path) {
    ASSAY_TRY(const Path whole, resolve(path));
    ASSAY_TRY_STATUS(changing());
    if (::mkdir(whole.c_str(), 0755) != 0 && errno != EEXIST) {
        return io(whole, errno);
    }
    return sync_folder(whole.parent_path());
}

Status Tree::put(const Path& path, const Node& node) {
    ASSAY_TRY(const Path whole, resolve(path));
    ASSAY_TRY_STATUS(changing());
    const Path fresh = whole.string() + ".assay-new";
    ::unlink(fresh.c_str());
    if (node.kind == Node::Kind::kLink) {
        if (::symlink(node.target.c_str(), fresh.c_str()) != 0) {
            return io(whole, errno);
        }
    } else {
        ASSAY_TRY_STATUS(write_all(fresh, O_WRONLY | O_CREAT | O_EXCL, node.mode, node.content));
    }
    if (::rename(fresh.c_str(), whole.c_str()) != 0) {
        const int error = errno;
        ::unlink(fresh.c_str());
        return io(whole, error);
    }
    return sync_folder(whole.parent_path());
}

Status Tree::append(const Path& path, ByteView bytes) {
    ASSAY_TRY(const Path whole, resolve(path));
    ASSAY_TRY_STATUS(changing());
    ASSAY_TRY_STATUS(write_all(whole, O_WRONLY | O_CREAT | O_APPEND, 0600, bytes));
    return sync_folder(whole.parent_path());
}

Status Tree::remove(const Path& path) {
    ASSAY_TRY(const Path whole, resolve(path));
    ASSAY_TRY_STATUS(changing());
    if (::unlink(whole.c_str()) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return Ok();
        }
        const bool removed = ::rmdir(whole.c_str()) == 0;
        if (!removed && errno != ENOTEMPTY && errno != EEXIST) {
            return io(whole, errno);
        }
    }
    return sync_folder(whole.parent_path());
}

Result<std::vector<std::string>> Tree::names(const Path& folder) const {
    ASSAY_TRY(const Path whole, resolve(folder));
    std::error_code failed;
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(whole, failed)) {
        out.push_back(entry.path().filename().string());
    }
    if (failed && failed != std::errc::no_such_file_or_directory) {
        return io(whole, failed.value());
    }
    return out;
}

Status Tree::remove_folder(const Path& path) {
    ASSAY_TRY(const std::vector<std::string> held, names(path));
    for (const std::string& name : held) {
        ASSAY_TRY_STATUS(remove(path / name));
    }
    return remove(path);
}

}  // namespace assay::kiosk
