#pragma once

#include <map>

#include "crypto/record/event.h"
#include "crypto/record/segment.h"
#include "server/audit/trail.h"

namespace assay::audit {

/// A finding of the journal, from the first frame that met its condition to the last.
struct FindingSpan {
    std::uint64_t number = 0;  ///< as in its segments; 0 where the journal does not say
    std::string code;
    std::int64_t weight = 0;
    WallTime from;
    WallTime to;
    int confidence = 0;
};

struct GapSpan {
    WallTime from;
    WallTime to;
    std::string cause;
};

/// A segment whose file is here and could be opened.
struct OpenedSegment {
    std::string file;
    record::SegmentContent content;
};

/// What a journal says of the time before the camera, to be shown.
struct EvidenceAccount {
    WallTime begin;
    WallTime end;
    std::vector<record::Event> journal;
    std::vector<FindingSpan> findings;
    std::vector<GapSpan> gaps;
    std::vector<GapSpan>
        sheds;  ///< from where less was kept, up to the next such record or the end
    std::uint64_t covered_seconds = 0;
    std::vector<OpenedSegment> segments;

    std::uint64_t missing_seconds() const;
    std::uint64_t shed_seconds() const;
    /// Seconds of the attempt that are neither covered nor in a gap.
    std::uint64_t unexplained_seconds() const;
};

/// Causes of gaps that begin so say that less was kept, not that nothing was seen.
inline constexpr std::string_view kShedCause = "shed:";

/// Opens journals and segments. `trail.contents` must be there.
Result<EvidenceAccount> account_of(Trail& trail, const crypto::AgeIdentity& key);

}  // namespace assay::audit
