#pragma once

#include "crypto/record/package.h"
#include "crypto/record/slip.h"

namespace assay::protocol {

/// PUT /v1/packages/{Statement digest}, body record::write_upload. The same at a desk and at the
/// server; idempotent. A desk countersigns and gives its site log's proof; the server gives the
/// central log's.
struct PackageReply {
    static constexpr std::string_view kName = "package-reply";
    Bytes statement;                     ///< the envelope with all signatures known here
    std::string proof;                   ///< C2SP tlog-proof of the Statement
    std::optional<std::string> receipt;  ///< the central log's proof, where a desk has it already

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("statement", s.statement);
        v.field("proof", s.proof);
        v.field("receipt", s.receipt);
    }
};

/// POST /v1/statements: a desk brings what belongs into the central log (enrolments, openings,
/// releases, starts, moves, seals). The reply is the proof.
struct StatementRequest {
    static constexpr std::string_view kName = "statement-request";
    std::string kind;  ///< kName of the object
    Bytes statement;   ///< DSSE envelope

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("kind", s.kind);
        v.field("statement", s.statement);
    }
};

/// Also GET /v1/receipts/{short code}: public, nothing personal in it.
struct ReceiptReply {
    static constexpr std::string_view kName = "receipt-reply";
    Digest statement;
    std::string proof;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("statement", s.statement);
        v.field("proof", s.proof);
    }
};

/// Upload-Metadata of POST /v1/uploads (tus): keys `kind` (segment or file), `attempt` (hex),
/// `name`, `digest` (hex SHA-256 of the age file, checked when the last byte is there).
inline constexpr const char* kUploadKindSegment = "segment";
inline constexpr const char* kUploadKindFile = "file";

}  // namespace assay::protocol
