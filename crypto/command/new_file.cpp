#include "crypto/command/new_file.h"

namespace assay::command {
namespace {

/// The name beside it is taken first and stands for the lock: of two programs that write the same
/// file one is refused, and whoever holds it sees whether the file is there.
Status fill(Disk& disk, File& file, const Path& temporary, const Path& path, ByteView bytes) {
    if (disk.exists(path)) {
        return fail(Code::kConflict, "base.disk.exists"_id, {{"path", path.string()}});
    }
    ASSAY_TRY_STATUS(file.append(bytes));
    ASSAY_TRY_STATUS(file.sync());
    return disk.rename(temporary, path);
}

}  // namespace

Error naming(Error error, const Path& path) {
    for (auto& [name, value] : error.what.args) {
        value = name == "path" ? path.string() : value;
    }
    return error;
}

Error left_over(const Path& temporary) {
    return fail(Code::kConflict, "command.new-file.left-over"_id, {{"path", temporary.string()}});
}

Status write_new(Disk& disk, const Path& path, ByteView bytes) {
    const Path temporary = path.string() + ".new";
    const auto file = disk.create(temporary);
    if (!file.ok() && file.error().code == Code::kConflict) {
        return left_over(temporary);
    }
    if (!file.ok()) {
        return naming(file.error(), path);
    }
    const Status filled = fill(disk, **file, temporary, path, bytes);
    if (!filled.ok()) {
        [[maybe_unused]] const Status removed = disk.remove(temporary);
        return naming(filled.error(), path);
    }
    const Path folder = path.parent_path();
    return disk.sync_folder(folder.empty() ? Path(".") : folder);
}

NewFiles::~NewFiles() {
    for (const Path& path : written_) {
        [[maybe_unused]] const Status removed = disk_.remove(path);
    }
}

Status NewFiles::write(const Path& path, ByteView bytes) {
    ASSAY_TRY_STATUS(write_new(disk_, path, bytes));
    written_.push_back(path);
    return Ok{};
}

}  // namespace assay::command
