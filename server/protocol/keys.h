#pragma once

#include "crypto/record/enrolment.h"
#include "crypto/record/key_list.h"

namespace assay::protocol {

/// GET /v1/key-list: the newest key list with its rows file.
struct KeyListReply {
    static constexpr std::string_view kName = "key-list-reply";
    Bytes list;  ///< DSSE envelope
    Bytes rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("list", s.list);
        v.field("rows", s.rows);
    }
};

/// POST /v1/enrolments at a desk: a machine shows its keys and proves the room code's secret over
/// this TLS connection (record::enrolment_proof with the exporter "EXPORTER-assay-enrol").
struct EnrolRequest {
    static constexpr std::string_view kName = "enrol-request";
    MachineId machine;
    std::string label;  ///< what the machine calls itself, for the desk's screen
    record::MachineKeys keys;
    Digest proof;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("machine", s.machine);
        v.field("label", s.label);
        v.field("keys", s.keys);
        v.field("proof", s.proof);
    }
};

/// The signed enrolment and whom to trust from now on.
struct EnrolReply {
    static constexpr std::string_view kName = "enrol-reply";
    Bytes enrolment;  ///< Signed<Enrolment>
    KeyListReply keys;
    MachineId desk;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("enrolment", s.enrolment);
        v.field("keys", s.keys);
        v.field("desk", s.desk);
    }
};

/// PUT and GET /v1/store-halves/{machine}: the desk's half of a terminal's store key, durable at
/// the desk before the reply. 32 bytes.
struct StoreHalf {
    static constexpr std::string_view kName = "store-half";
    Bytes half;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("half", s.half);
    }
};

}  // namespace assay::protocol
