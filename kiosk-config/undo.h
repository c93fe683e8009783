#pragma once

#include <set>

#include "kiosk-config/tree.h"

namespace assay::kiosk {

/// Where old values lie; README.md, section "Undo".
inline constexpr std::string_view kUndoFolder = "etc/.assay-kiosk-undo";
inline constexpr std::size_t kUndoLinesMax = 10000;

/// An old value that could not be put back, and why.
struct NotBack {
    Path path;
    Error why;
};

/// The old values of everything that was changed, written down first.
class Undo {
  public:
    /// Reads what is there; a torn last line was never acted upon. kCorrupt for a list that is
    /// shorter than the old contents that lie beside it.
    static Result<Undo> open(Tree& tree);

    /// Changes `path` to `node` after its old value, and that of its folders, is durable. Nothing
    /// happens where it is so already. The first old value is the one that counts.
    Status change(const Path& path, const Node& node);
    /// Puts everything back, newest first. What fails does not stop the rest: it is returned, and
    /// the list stays so that this may be repeated, as after a crash; else the list is forgotten.
    /// kNotFound where there is no list, kCorrupt where it is empty.
    Result<std::vector<NotBack>> restore();

  private:
    struct Line {
        char kind;  ///< 'n' nothing, 'f' file, 'l' link, 'd' a folder that was not there
        unsigned mode;
        Path path;
        std::string target;
    };

    explicit Undo(Tree& tree) : tree_(tree) {}
    static Result<Line> parse(std::string_view text);
    Status check_copies() const;
    Status require_list();
    Status forget();
    Status prepare();
    Status note(const Line& line);
    Status note_old(const Path& path, const Node& old);
    Status put_back(std::size_t index);
    Path saved(std::size_t index) const;

    Tree& tree_;
    std::vector<Line> lines_;
    std::set<Path> known_;
    bool restored_ = false;  ///< a crash left a list of which everything is back
};

}  // namespace assay::kiosk
