#include "crypto/keys/session.h"

#include <iostream>

namespace assay::keys {

void print(const std::string& line) { std::cout << line << '\n'; }

void tell(const std::string& line) { std::cerr << line << '\n'; }

Status write_new(Disk& disk, const Path& path, ByteView bytes) {
    ASSAY_TRY(const std::unique_ptr<File> file, disk.create(path));
    ASSAY_TRY_STATUS(file->append(bytes));
    ASSAY_TRY_STATUS(file->sync());
    const Path folder = path.parent_path();
    return disk.sync_folder(folder.empty() ? Path(".") : folder);
}

}  // namespace assay::keys
