#include "crypto/command/new_file.h"

namespace assay::command {

Status write_new(Disk& disk, const Path& path, ByteView bytes) {
    ASSAY_TRY(const std::unique_ptr<File> file, disk.create(path));
    ASSAY_TRY_STATUS(file->append(bytes));
    ASSAY_TRY_STATUS(file->sync());
    const Path folder = path.parent_path();
    return disk.sync_folder(folder.empty() ? Path(".") : folder);
}

}  // namespace assay::command
