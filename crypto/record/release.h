#pragma once
// Statements (signed.h): values, any thread. Who must sign them and what they bind: verify.h.
#include "crypto/record/signed.h"

namespace assay::record {

/// A bank part by its id and H(bank.age).
struct PartDigest {
    PartId part;
    Digest bank;
    friend bool operator==(const PartDigest&, const PartDigest&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("part", s.part);
        v.field("bank", s.bank);
    }
};

/// The officers' approval in advance that these parts may be released. t-of-n exam officers.
struct Batch {
    static constexpr std::string_view kName = "batch";
    BatchId batch;
    ExamId exam;
    std::vector<PartDigest> parts;
    WallTime not_before;
    WallTime time;

    std::vector<Subject> subjects() const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("batch", s.batch);
        v.field("exam", s.exam);
        v.field("parts", s.parts);
        v.field("notBefore", s.not_before);
        v.field("time", s.time);
    }
};

/// Opens a part for a room. Online it names batch and nonce and the server's release key signs;
/// offline it names kit and share digests and the desk in charge signs.
struct Release {
    static constexpr std::string_view kName = "release";
    PartId part;
    Digest bank;
    SiteId site;
    RoomId room;
    MachineId desk;
    SittingId sitting;
    Digest manifest;
    std::optional<Digest> batch;  ///< the batch's Statement digest
    std::optional<Nonce> nonce;
    std::optional<Digest> kit;  ///< the site kit's Statement digest
    std::optional<std::vector<Digest>> shares;
    WallTime time;

    bool online() const { return batch.has_value(); }
    std::vector<Subject> subjects() const { return {{"bank.age", bank}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("part", s.part);
        v.field("bank", s.bank);
        v.field("site", s.site);
        v.field("room", s.room);
        v.field("desk", s.desk);
        v.field("sitting", s.sitting);
        v.field("manifest", s.manifest);
        v.field("batch", s.batch);
        v.field("nonce", s.nonce);
        v.field("kit", s.kit);
        v.field("shares", s.shares);
        v.field("time", s.time);
    }
};

/// H("assay/v1/share" 0 mnemonic in lower case with single spaces).
Digest share_digest(std::string_view mnemonic);

/// Either batch and nonce or kit and shares, never both.
Status check_release_kind(const Release& release);

/// Stops a part, or names the reserve part to use. t-of-n exam officers.
struct Withdrawal {
    static constexpr std::string_view kName = "withdrawal";
    ExamId exam;
    PartDigest stopped;
    std::optional<PartDigest> reserve;
    std::string reason;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"bank.age", stopped.bank}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("exam", s.exam);
        v.field("stopped", s.stopped);
        v.field("reserve", s.reserve);
        v.field("reason", s.reason);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
