#pragma once

#include <vector>

#include "crypto/record/document.h"
#include "crypto/record/proctor_message.h"

/// The plain form of an evidence segment, before it is sealed to its attempt. README.md, section
/// "Segments".
namespace assay::record {

inline constexpr std::size_t kSegmentPicturesMax = 128;

struct SegmentPicture {
    std::string file;  ///< name of the tar member
    std::int64_t steady_ms = 0;
    WallTime wall;
    bool key = false;  ///< a key frame, larger than those of the clip
    friend bool operator==(const SegmentPicture&, const SegmentPicture&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("file", s.file);
        v.field("steadyMs", s.steady_ms);
        v.field("wall", s.wall);
        v.field("key", s.key);
    }
};

/// The member index.json.
struct SegmentIndex {
    static constexpr std::string_view kName = "segment";
    std::uint64_t number = 0;
    SegmentKind kind = SegmentKind::kSnapshot;
    std::optional<std::uint64_t> finding;
    std::optional<FindingCode> code;
    std::vector<SegmentPicture> pictures;
    friend bool operator==(const SegmentIndex&, const SegmentIndex&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("number", s.number);
        v.field("kind", s.kind);
        v.field("finding", s.finding);
        v.field("code", s.code);
        v.field("pictures", s.pictures);
    }
};

struct SegmentContent {
    SegmentIndex index;
    std::vector<Bytes> jpegs;  ///< one a row of index.pictures, in that order
    friend bool operator==(const SegmentContent&, const SegmentContent&) = default;
};

/// A tar of index.json and the pictures. `file` of each picture is set here.
Bytes write_segment(SegmentContent content);
/// Refuses what write_segment would not make.
Result<SegmentContent> read_segment(ByteView plain);

}  // namespace assay::record
