#pragma once

#include <string>
#include <vector>

#include "kiosk-config/measure.h"
#include "kiosk-config/undo.h"

namespace assay::kiosk {

/// The desk that the firewall lets through.
struct Desk {
    std::vector<std::string> addresses;  ///< IPv4, no names: nothing is looked up
    std::vector<int> ports;

    /// "192.0.2.10:8443", several joined by ','. kUsage.
    static Result<Desk> parse(std::string_view text);
    /// desk.nft.
    Bytes rules() const;
};

/// How one row stands. `problems` is empty where it holds; each is an error with its next step.
struct RowState {
    const Measure* measure = nullptr;
    std::vector<Error> problems;
    bool holds() const { return problems.empty(); }
};

/// An old value that did not come back. `row` is the first that touches the path.
struct NotReverted {
    std::string_view row;
    Path path;
    Error why;
};

/// One machine (or a copy of its tree) against the table. `files` is the folder with what the rows
/// lay down.
class Kiosk {
  public:
    Kiosk(Tree& tree, Path files) : tree_(tree), files_(std::move(files)) {}

    /// Looks only.
    Result<std::vector<RowState>> verify() const;
    /// All rows in order; old values first. May be repeated. Takes effect with the next start of
    /// the machine. What a row only looks at is left to verify().
    Status apply(const Desk& desk);
    /// All old values back; what did not come back is returned, and the list of old values stays.
    /// kNotFound or kCorrupt where there is no whole list.
    Result<std::vector<NotReverted>> revert();

  private:
    Status require_machine() const;
    Result<Node> wanted(const Step& step) const;
    Status apply_step(Undo& undo, const Step& step, const Desk& desk);
    Status drop_swap(Undo& undo, const Path& path);
    Result<std::vector<Error>> problems(const Step& step) const;
    Result<std::vector<Error>> live_problems(const Step& step) const;
    Result<std::vector<Error>> socket_problems(const Step& step) const;

    Tree& tree_;
    Path files_;
};

}  // namespace assay::kiosk
