#include "terminal/desk/desk_folder.h"

namespace assay::desk {

DeskFolder::DeskFolder(Disk& disk, Path root, Random& random, const crypto::AgeIdentity& own)
    : disk_(disk), root_(std::move(root)), random_(random), own_(own.copy()) {}

Status DeskFolder::put(const std::string& name, ByteView bytes) {
    ASSAY_TRY_STATUS(disk_.make_folders(path(name).parent_path()));
    return write_file(disk_, path(name), bytes);
}

Result<Bytes> DeskFolder::get(const std::string& name) {
    return read_file(disk_, path(name), kDeskFileBytesMax);
}

bool DeskFolder::has(const std::string& name) { return disk_.exists(path(name)); }

Status DeskFolder::put_sealed(const std::string& name, ByteView plain) {
    return put(name, crypto::age_encrypt(random_, plain, own_.recipient()));
}

Result<Bytes> DeskFolder::get_sealed(const std::string& name) {
    ASSAY_TRY(const Bytes file, get(name));
    return crypto::age_decrypt(file, own_);
}

std::vector<std::string> DeskFolder::names(const std::string& shelf, const std::string& ending) {
    std::vector<std::string> out;
    const auto all = disk_.list(path(shelf));
    if (!all.ok()) {
        return out;
    }
    for (const std::string& name : all.value()) {
        if (name.ends_with(ending)) {
            out.push_back(name.substr(0, name.size() - ending.size()));
        }
    }
    return out;
}

}  // namespace assay::desk
