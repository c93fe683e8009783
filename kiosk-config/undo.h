#pragma once

#include <set>

#include "kiosk-config/tree.h"

namespace assay::kiosk {

/// Where old values lie; README.md, section "Undo".
inline constexpr std::string_view kUndoFolder = "etc/.assay-kiosk-undo";
inline constexpr std::size_t kUndoLinesMax = 10000;

/// The old values of everything that was changed, written down first.
class Undo {
  public:
    /// Reads what is there; a torn last line was never acted upon.
    static Result<Undo> open(Tree& tree);

    /// Changes `path` to `node` after its old value, and that of its folders, is durable. Nothing
    /// happens where it is so already. The first old value is the one that counts.
    Status change(const Path& path, const Node& node);
    /// Puts everything back, newest first, and forgets it. May be repeated after a crash.
    Status restore();
    bool empty() const { return lines_.empty(); }

  private:
    struct Line {
        char kind;  ///< 'n' nothing, 'f' file, 'l' link, 'd' a folder that was not there
        unsigned mode;
        Path path;
        std::string target;
    };

    explicit Undo(Tree& tree) : tree_(tree) {}
    static Result<Line> parse(std::string_view text);
    Status prepare();
    Status note(const Line& line);
    Status note_old(const Path& path, const Node& old);
    Status put_back(std::size_t index);
    Path saved(std::size_t index) const;

    Tree& tree_;
    std::vector<Line> lines_;
    std::set<Path> known_;
};

}  // namespace assay::kiosk
