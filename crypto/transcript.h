#pragma once
// The record of a key ceremony. Limits are bytes and lines. A value, any thread.
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

namespace assay::crypto {

constexpr std::size_t kTranscriptBytesMax = std::size_t{256} * 1024;
constexpr std::size_t kTranscriptLinesMax = 1024;
constexpr std::size_t kTranscriptTitleBytesMax = 200;
/// The purpose (ssh-keygen's namespace) under which witnesses sign a transcript.
inline constexpr std::string_view kTranscriptPurpose = "assay-ceremony";

/// What happened at a key ceremony, without any secret. A text, a line each, one spelling only:
///
///     assay-ceremony/v1 2026-03-01T08:30:00Z <title to the end of the line>
///     2026-03-01T08:31:00Z <kind> <name> <value>
///
/// Names are lower-case words joined by '-', '.' or '_'. Kinds and values: `present` yes; `root`,
/// `officer` and `shared` a public key; `share` the digest of a share (crypto/record/release.h);
/// `rejoined` the public key that the shares gave back; `list` the key list's Statement digest;
/// `file` SHA-256 of a file beside the transcript.
struct Transcript {
    struct Line {
        WallTime time;
        std::string kind;
        std::string name;
        std::string value;
        friend bool operator==(const Line&, const Line&) = default;
    };
    WallTime begun;
    std::string title;
    std::vector<Line> lines;

    std::string text() const;
    /// Exactly what text() writes; kInvalid with the line's number.
    static Result<Transcript> from_text(std::string_view text);
    /// The lines of one kind.
    std::vector<Line> of(std::string_view kind) const;
    friend bool operator==(const Transcript&, const Transcript&) = default;
};

/// Fit for a name in a transcript and for the beginning of a file name.
bool is_transcript_name(std::string_view name);
/// One line without control characters, in the bytes (UTF-8) in which it was typed.
bool is_transcript_title(std::string_view title);

}  // namespace assay::crypto
