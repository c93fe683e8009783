#include "crypto/command/new_file.h"

namespace assay::command {

Status write_new(Disk& disk, const Path& path, ByteView bytes) {
    ASSAY_TRY(const std::unique_ptr<File> file, disk.create(path));
    Status written = file->append(bytes);
    if (written.ok()) {
        written = file->sync();
    }
    if (!written.ok()) {
        // Half a file under this name would stop the next try.
        [[maybe_unused]] const Status removed = disk.remove(path);
        return written;
    }
    const Path folder = path.parent_path();
    return disk.sync_folder(folder.empty() ? Path(".") : folder);
}

}  // namespace assay::command
