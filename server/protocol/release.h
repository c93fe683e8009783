#pragma once

#include "crypto/record/release.h"

namespace assay::protocol {

/// POST /v1/releases at the server, by a desk in charge: asks for a part's key now.
struct ReleaseRequest {
    static constexpr std::string_view kName = "release-request";
    SittingId sitting;
    RoomId room;
    PartId part;
    Bytes opening;  ///< Signed<RoomOpening>: proof that this desk is in charge

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("room", s.room);
        v.field("part", s.part);
        v.field("opening", s.opening);
    }
};

/// The release with what it rests on. `key` is age(R -> the asker): the capsule for a desk, or
/// age(R -> terminal) when a terminal asks its desk by GET /v1/releases/{part}.
struct ReleaseReply {
    static constexpr std::string_view kName = "release-reply";
    Bytes release;               ///< Signed<Release>
    std::optional<Bytes> batch;  ///< Signed<Batch>, online
    std::optional<Bytes> kit;    ///< Signed<SiteKit>, offline
    Bytes key;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("release", s.release);
        v.field("batch", s.batch);
        v.field("kit", s.kit);
        v.field("key", s.key);
    }
};

}  // namespace assay::protocol
