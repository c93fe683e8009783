#include "server/store/backup.h"

#include <filesystem>

namespace assay::store {
namespace {

constexpr std::size_t kCopyBytes = std::size_t{4} << 20U;

Result<std::uint64_t> copy_file(Disk& disk, const Path& from, const Path& to) {
    ASSAY_TRY(const auto source, disk.open_read_only(from));
    ASSAY_TRY(const auto target, disk.create(to));
    Bytes piece(kCopyBytes);
    std::uint64_t at = 0;
    while (true) {
        ASSAY_TRY(const std::size_t read, source->read_at(at, piece));
        if (read == 0) {
            ASSAY_TRY_STATUS(target->sync());
            return at;
        }
        ASSAY_TRY_STATUS(target->append(ByteView(piece).first(read)));
        at += read;
    }
}

Status copy_into(Disk& disk, const Path& from, const Path& to, BackupCount& count) {
    if (!disk.exists(from)) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(disk.make_folders(to));
    ASSAY_TRY(const auto names, disk.list(from));
    for (const std::string& name : names) {
        std::error_code ignored;
        if (std::filesystem::is_directory(from / name, ignored)) {
            ASSAY_TRY_STATUS(copy_into(disk, from / name, to / name, count));
            continue;
        }
        const auto bytes = copy_file(disk, from / name, to / name);
        if (!bytes.ok() && bytes.error().code == Code::kNotFound) {
            continue;  // an upload that became a body meanwhile
        }
        ASSAY_TRY_STATUS(bytes);
        ++count.files;
        count.bytes += *bytes;
    }
    return disk.sync_folder(to);
}

/// Cuts off what was being written, and checks every frame.
Status check_volumes(const Path& folder, Disk& disk, Random& random) {
    ASSAY_TRY(const auto volumes, Volumes::open(folder, disk, random));
    return volumes->replay({}, [](Place, ByteView) { return Status(Ok{}); });
}

}  // namespace

Result<BackupCount> copy_folder(Disk& disk, const Path& from, const Path& to) {
    BackupCount count;
    ASSAY_TRY_STATUS(copy_into(disk, from, to, count));
    return count;
}

Result<BackupCount> back_up(const Path& folder, const StoreKeys& keys, const Path& target,
                            const Path& wraps, Random& random) {
    SystemDisk disk;
    if (disk.exists(target / "volumes") || disk.exists(target / "people.db")) {
        return fail(Code::kConflict, "store.backup.exists"_id, {{"path", target.string()}});
    }
    ASSAY_TRY_STATUS(disk.make_folders(target));
    BackupCount count;
    ASSAY_TRY_STATUS(copy_into(disk, folder / "volumes", target / "volumes", count));
    ASSAY_TRY_STATUS(check_volumes(target / "volumes", disk, random));
    // Personal rows are put before what rests on them, so they are copied after it.
    ASSAY_TRY_STATUS(PrivateStore::copy_people(folder, target, keys.people));
    if (!wraps.empty()) {
        ASSAY_TRY_STATUS(disk.make_folders(wraps));
        ASSAY_TRY_STATUS(PrivateStore::copy_wraps(folder, wraps, keys.wraps));
    }
    // After the volumes: an offset that they tell is then in the file.
    ASSAY_TRY_STATUS(copy_into(disk, folder / "uploads", target / "uploads", count));
    ASSAY_TRY_STATUS(copy_into(disk, folder / "files", target / "files", count));
    return count;
}

}  // namespace assay::store
