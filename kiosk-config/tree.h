#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/disk.h"
#include "crypto/base/result.h"

namespace assay::kiosk {

inline constexpr std::uint64_t kConfigBytesMax = 1U << 20U;

/// What is at a path.
struct Node {
    enum class Kind { kNothing, kFile, kLink, kFolder, kOther };
    Kind kind = Kind::kNothing;
    unsigned mode = 0;
    Bytes content;       ///< of a file
    std::string target;  ///< of a link
};

/// A machine's file tree below a root: "/" or a copy. Paths are relative and never leave the root:
/// a link on the way is refused, for its target would be the running machine's.
class Tree {
  public:
    /// Called before each change; a failure is returned instead of the change. For crash tests.
    using BeforeChange = std::function<Status()>;

    explicit Tree(Path root, BeforeChange before_change = {});

    const Path& root() const { return root_; }
    /// kLimit for a file over kConfigBytesMax.
    Result<Node> look(const Path& path) const;
    /// A file of /proc, which says that it is empty.
    Result<Bytes> read_live(const Path& path) const;

    /// Folders of `path` that are not there yet, from the top.
    Result<std::vector<Path>> missing_folders(const Path& path) const;
    Status make_folder(const Path& path);
    /// Replaces whatever is there, durably: the new content or the old one after a crash.
    Status put(const Path& path, const Node& node);
    Status append(const Path& path, ByteView bytes);
    /// Nothing, a file, a link or an empty folder; a folder with something in it stays.
    Status remove(const Path& path);
    /// Names in a folder; none where there is no such folder.
    Result<std::vector<std::string>> names(const Path& folder) const;
    /// A folder with the files in it, or nothing.
    Status remove_folder(const Path& path);

  private:
    Result<Path> resolve(const Path& path) const;
    Status changing() const;

    Path root_;
    BeforeChange before_change_;
};

}  // namespace assay::kiosk
