#include "crypto/keys/streams.h"

#include <cerrno>

#include <unistd.h>

namespace assay::keys {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;

bool is_standard(const Path& path) { return path.empty() || path == "-"; }

Error broken_pipe() { return fail(Code::kIo, "keys.stream.failed"_id); }

Result<std::size_t> read_standard(std::span<std::uint8_t> out) {
    while (true) {
        const ssize_t count = ::read(STDIN_FILENO, out.data(), out.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return broken_pipe();
        }
    }
}

Status write_standard(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return broken_pipe();
        }
        bytes = bytes.subspan(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return Ok{};
}

}  // namespace

Result<Input> Input::open(Disk& disk, const Path& path) {
    Input out;
    if (!is_standard(path)) {
        ASSAY_TRY(out.file_, disk.open_read_only(path));
    }
    return out;
}

crypto::Source Input::source() {
    if (file_ == nullptr) {
        return read_standard;
    }
    return [file = file_,
            at = std::uint64_t{0}](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
        ASSAY_TRY(const std::size_t count, file->read_at(at, out));
        at += count;
        return count;
    };
}

Result<Output> Output::create(Disk& disk, const Path& path) {
    Output out(disk, is_standard(path) ? Path() : path);
    if (!out.path_.empty()) {
        if (disk.exists(path)) {
            return fail(Code::kConflict, "base.disk.exists"_id, {{"path", path.string()}});
        }
        auto file = disk.create(out.part());
        if (!file.ok()) {
            return file.error().code == Code::kConflict ? command::left_over(out.part())
                                                        : command::naming(file.error(), path);
        }
        out.file_ = std::move(*file);
    }
    return out;
}

Output::~Output() {
    if (file_ != nullptr) {
        // Best effort: what is left is named ".part" and no reader takes it.
        [[maybe_unused]] const Status removed = disk_.remove(part());
    }
}

crypto::Sink Output::sink() {
    if (file_ == nullptr) {
        return write_standard;
    }
    return [file = file_, path = path_](ByteView bytes) -> Status {
        const Status written = file->append(bytes);
        return written.ok() ? written : Status(command::naming(written.error(), path));
    };
}

Status Output::finish() {
    if (file_ == nullptr) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(file_->sync());
    ASSAY_TRY_STATUS(disk_.rename(part(), path_));
    file_ = nullptr;
    const Path folder = path_.parent_path();
    return disk_.sync_folder(folder.empty() ? Path(".") : folder);
}

Result<Bytes> read_all(const crypto::Source& source, std::size_t limit) {
    Bytes out;
    while (true) {
        const std::size_t before = out.size();
        out.resize(before + kPieceBytes);
        ASSAY_TRY(const std::size_t count, source(std::span(out).subspan(before)));
        out.resize(before + count);
        if (count == 0) {
            return out;
        }
        if (out.size() > limit) {
            return fail(Code::kLimit, "keys.stream.large"_id, {{"limit", std::to_string(limit)}});
        }
    }
}

}  // namespace assay::keys
