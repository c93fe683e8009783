#include <filesystem>
#include <set>

#include "question-bank/item/package.h"
#include "question-bank/item/path_rules.h"

namespace assay::item {

namespace {

/// Reads a folder as if it were an archive: the same names are refused, the same bytes counted.
class FolderReader {
  public:
    FolderReader(Disk& disk, const PackageLimits& limits) : disk_(disk), limits_(limits) {}

    Status read(const Path& folder, const std::string& prefix) {
        ASSAY_TRY(const auto names, disk_.list(folder));
        for (const auto& name : names) {
            const auto path = prefix + name;
            ASSAY_TRY_STATUS(check_entry_name(path, limits_));
            std::error_code ignored;
            if (std::filesystem::is_symlink(folder / name, ignored)) {
                return fail(Code::kRefused, "item.package.entry"_id,
                            {{"name", path}, {"reason", "link or device"}});
            }
            if (disk_.list(folder / name).ok()) {
                ASSAY_TRY_STATUS(read(folder / name, path + '/'));
            } else {
                ASSAY_TRY_STATUS(take(folder / name, path));
            }
        }
        return Ok{};
    }

    std::map<std::string, Bytes> files;

  private:
    Status take(const Path& from, const std::string& path) {
        if (!seen_.insert(collision_key(path)).second) {
            return fail(Code::kRefused, "item.package.entry"_id,
                        {{"name", path}, {"reason", "name stands twice"}});
        }
        if (files.size() >= limits_.entries) {
            return fail(Code::kLimit, "item.package.entries"_id,
                        {{"limit", std::to_string(limits_.entries)}});
        }
        ASSAY_TRY(auto bytes, read_file(disk_, from, limits_.unpacked_bytes));
        total_ += bytes.size();
        if (total_ > limits_.unpacked_bytes) {
            return fail(Code::kLimit, "item.package.bytes"_id,
                        {{"limit", std::to_string(limits_.unpacked_bytes)}});
        }
        files[path] = std::move(bytes);
        return Ok{};
    }

    Disk& disk_;
    const PackageLimits& limits_;
    std::set<std::string> seen_;
    std::uint64_t total_ = 0;
};

}  // namespace

Result<Package> read_package(Disk& disk, const Path& path, const PackageLimits& limits) {
    if (disk.list(path).ok()) {
        FolderReader reader(disk, limits);
        ASSAY_TRY_STATUS(reader.read(path, ""));
        return make_package(std::move(reader.files), limits);
    }
    ASSAY_TRY(const auto bytes, read_file(disk, path, limits.archive_bytes));
    return read_package_zip(bytes, limits);
}

}  // namespace assay::item
