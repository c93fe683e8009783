#pragma once

#include "crypto/base/disk.h"
#include "crypto/dsse.h"

namespace assay::audit {

inline constexpr std::uint64_t kTableBytesMax = std::uint64_t{64} << 20U;  ///< rows.json, attempts
inline constexpr std::uint64_t kKeyFileBytesMax = 4096;
inline constexpr std::uint64_t kEvidenceFileBytesMax = std::uint64_t{256} << 20U;
inline constexpr std::size_t kFolderFilesMax = 20'000;

/// The plain folder that an audit reads. Names are relative to it, as they stand in the report.
class Folder {
  public:
    Folder(Disk& disk, Path root) : disk_(disk), root_(std::move(root)) {}
    /// What is not in `root` is looked for in `shared`: one attempt of a sitting's folder.
    Folder(Disk& disk, Path root, Path shared)
        : disk_(disk), root_(std::move(root)), shared_(std::move(shared)) {}

    bool has_own(const std::string& name) const { return disk_.exists(root_ / name); }
    bool has(const std::string& name) const {
        return has_own(name) || (!shared_.empty() && disk_.exists(shared_ / name));
    }
    Result<Bytes> read(const std::string& name, std::uint64_t limit) const {
        return read_file(disk_, (shared_.empty() || has_own(name) ? root_ : shared_) / name, limit);
    }
    Result<Bytes> envelope(const std::string& name) const {
        return read(name, crypto::kEnvelopeBytesMax);
    }
    /// Names in a folder below that begin and end so, sorted, with the folder's name; none where
    /// there is no such folder.
    std::vector<std::string> names(const std::string& below, std::string_view begin,
                                   std::string_view end) const;

  private:
    std::vector<std::string> names_in(const Path& root, const std::string& below,
                                      std::string_view begin, std::string_view end) const;

    Disk& disk_;
    Path root_;
    Path shared_;
};

}  // namespace assay::audit
