#pragma once
// Statements (signed.h): values, any thread. Who must sign them and what they bind: verify.h.
#include "crypto/record/signed.h"
#include "crypto/secret_kinds.h"

namespace assay::record {

/// Begins the journal of (attempt, epoch). Signed by the terminal and countersigned by the desk in
/// charge: that is admission.
struct Start {
    static constexpr std::string_view kName = "start";
    Digest manifest;
    RoomId room;
    AttemptId attempt;
    Epoch epoch;
    MachineId terminal;
    Nonce random;
    Digest key_digest;                     ///< H("assay/v1/jkey" 0 K_j)
    std::optional<JournalHead> continued;  ///< the journal that this one goes on
    WallTime desk_time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("room", s.room);
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("terminal", s.terminal);
        v.field("random", s.random);
        v.field("keyDigest", s.key_digest);
        v.field("continued", s.continued);
        v.field("deskTime", s.desk_time);
    }
};

/// The id of the journal that this start payload begins.
JournalId journal_id(ByteView start_payload);
inline JournalId journal_id(const Signed<Start>& start) {
    return journal_id(start.envelope.payload);
}

/// H("assay/v1/jkey" 0 K_j).
Digest journal_key_digest(const crypto::JournalKey& key);

/// The desk in charge signs what it holds on its own disk of a journal.
struct Acknowledgement {
    static constexpr std::string_view kName = "acknowledgement";
    JournalId journal;
    std::uint64_t index = 0;
    Digest head;  ///< h(index)
    WallTime time;

    std::vector<Subject> subjects() const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("journal", s.journal);
        v.field("index", s.index);
        v.field("head", s.head);
        v.field("time", s.time);
    }
};

/// Sends an attempt to another terminal, or reopens it on the same. Signed by the desk in charge.
struct Move {
    static constexpr std::string_view kName = "move";
    Digest manifest;
    AttemptId attempt;
    Epoch epoch;  ///< the new one
    JournalHead continued;
    RoomId room;
    MachineId terminal;
    WallTime time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("continued", s.continued);
        v.field("room", s.room);
        v.field("terminal", s.terminal);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
