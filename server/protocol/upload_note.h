#pragma once

#include "crypto/base/ids.h"
#include "crypto/record/types.h"

namespace assay::protocol {

/// How a note's file on a stick ends; the bytes lie beside it as `<digest>.age`.
inline constexpr const char* kUploadNoteEnding = ".upload.json";

/// What a segment or a candidate's file is that leaves a desk on a stick: the metadata of its
/// upload by tus.
struct UploadNote {
    static constexpr std::string_view kName = "upload-note";
    std::string kind;  ///< kUploadKindSegment or kUploadKindFile
    AttemptId attempt;
    std::string name;
    Digest digest;  ///< of the age file
    std::uint64_t bytes = 0;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("kind", s.kind);
        v.field("attempt", s.attempt);
        v.field("name", s.name);
        v.field("digest", s.digest);
        v.field("bytes", s.bytes);
    }
};

}  // namespace assay::protocol
