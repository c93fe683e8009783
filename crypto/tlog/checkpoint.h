#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/tlog/note.h"
#include "crypto/tlog/tree.h"

// What a log signs: C2SP tlog-checkpoint, section "Note text".
//
// Sizes count leaves. Values and pure functions, for any thread. Errors: those of note.h,
// tlog.checkpoint.malformed (kInvalid), tlog.checkpoint.origin (kDenied: signed by a key of another
// name than the origin). That two checkpoints of one log agree is for tree.h.
namespace assay::tlog {

/// Extension lines in a checkpoint that somebody else's log signed; ours writes none.
inline constexpr std::size_t kCheckpointExtensionsMax = 16;

/// The text of a C2SP tlog-checkpoint: which log, how large, which root.
struct Checkpoint {
    std::string origin;  ///< not empty, no newline
    TreeHead head;
    std::vector<std::string> extensions;  ///< none is empty

    /// Exactly what text() writes. A size 0 has the empty tree's root.
    static Result<Checkpoint> parse(std::string_view text);
    std::string text() const;

    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// A checkpoint of this log alone: the key's name is the origin, and it signed. For logs without
/// witnesses; a Policy says more.
Result<Checkpoint> verify_checkpoint(std::string_view note, const NoteKey& log);

}  // namespace assay::tlog
