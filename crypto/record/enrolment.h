#pragma once
// A Statement (signed.h) and what precedes it; HMAC is RFC 2104, `||` joins bytes. Any thread.
#include "crypto/record/signed.h"

namespace assay::record {

/// Makes a machine a terminal of a site. Signed by a desk of that site.
struct Enrolment {
    static constexpr std::string_view kName = "enrolment";
    MachineId machine;
    SiteId site;
    RoomId room;
    MachineKeys keys;
    MachineId desk;
    WallTime time;

    std::vector<Subject> subjects() const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("machine", s.machine);
        v.field("site", s.site);
        v.field("room", s.room);
        v.field("keys", s.keys);
        v.field("desk", s.desk);
        v.field("time", s.time);
    }
};

/// H("assay/v1/machine-keys" 0 tls signing age); its short code is the fingerprint that people
/// compare on both screens.
Digest machine_fingerprint(const MachineKeys& keys);

/// HMAC(secret, tls || signing || age || TLS exporter): the proof of the room code's secret.
Digest enrolment_proof(ByteView secret, const MachineKeys& keys, ByteView tls_exporter);

/// What a room code carries (QR, file or typed): the enrolling desk's TLS key by digest and a
/// secret. Text form: "ASSAY-ROOM-1 <64 hex> <32 hex>".
struct RoomCode {
    Digest desk_key;  ///< SHA-256 of the desk's 32-byte TLS key
    Fixed<struct RoomSecretTag, 16> secret;

    std::string text() const;
    /// Takes the text form, or the rows of room_code_rows.h as a person typed them.
    static Result<RoomCode> from_text(std::string_view text);
};

}  // namespace assay::record
