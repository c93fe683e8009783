#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/tlog/note.h"
#include "crypto/tlog/tree.h"

namespace assay::tlog {

/// Old size, path and note of one request.
inline constexpr std::size_t kAddCheckpointBytesMax = kNoteBytesMax + 8 * 1024;

/// The body of `add-checkpoint` (C2SP tlog-witness): a log asks a witness to cosign.
struct AddCheckpoint {
    std::uint64_t old_size = 0;  ///< of the checkpoint that the witness cosigned last
    Proof proof;                 ///< that the new tree extends the old one
    std::string checkpoint;      ///< the log's signed note, verbatim

    /// Exactly what write() writes. The checkpoint is a note, but nothing is verified.
    static Result<AddCheckpoint> parse(std::string_view bytes);
    std::string write() const;

    friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

/// The signature lines of a witness's reply, 1 or more, each ended by a newline.
Result<std::vector<NoteSignature>> parse_cosignatures(std::string_view lines);
std::string write_cosignatures(const std::vector<NoteSignature>& signatures);

}  // namespace assay::tlog
