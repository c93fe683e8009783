#pragma once

#include "crypto/record/desk_order.h"
#include "crypto/record/journal.h"
#include "crypto/record/manifest.h"
#include "crypto/record/start.h"

namespace assay::protocol {

inline constexpr std::size_t kRecordsPerCallMax = 256;
inline constexpr std::size_t kRecordsCallBytesMax = 4U << 20U;

/// POST /v1/starts: asks for admission. The desk stores the wrapped key before it countersigns.
struct StartRequest {
    static constexpr std::string_view kName = "start-request";
    Bytes start;        ///< Signed<Start> by the terminal
    Bytes wrapped_key;  ///< age(K_j -> P_a, move key)

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("start", s.start);
        v.field("wrappedKey", s.wrapped_key);
    }
};

struct StartReply {
    static constexpr std::string_view kName = "start-reply";
    Bytes start;  ///< the same payload, signed by both

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("start", s.start);
    }
};

/// POST /v1/journals/{journal}/records: records from `first` on. Those that the desk holds already
/// are compared, not stored again. 409 (protocol of a fork) where a known record has another hash.
struct RecordsRequest {
    static constexpr std::string_view kName = "records-request";
    std::uint64_t first = 0;
    std::vector<Bytes> records;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("first", s.first);
        v.field("records", s.records);
    }
};

/// The newest acknowledgement; `count` is how many the desk holds, where the next call begins.
struct RecordsReply {
    static constexpr std::string_view kName = "records-reply";
    std::uint64_t count = 0;
    std::optional<Bytes> acknowledgement;  ///< Signed<Acknowledgement>; none where count is 0

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("count", s.count);
        v.field("acknowledgement", s.acknowledgement);
    }
};

/// GET /v1/journals/{journal}/records?first=N: what the desk holds, for a terminal whose disk lost
/// its tail and for the terminal that an attempt moves to.
using RecordsHeld = RecordsRequest;

/// POST /v1/heartbeat: what a terminal tells every second or two, and what the desk has for it.
struct HeartbeatRequest {
    static constexpr std::string_view kName = "heartbeat";
    std::optional<AttemptId> attempt;
    std::string state;  ///< word of the sitting's state
    std::int64_t remaining_ms = 0;
    std::uint64_t answered = 0;
    std::uint64_t items = 0;
    std::uint64_t records = 0;          ///< in the journal now
    std::int64_t dark_ms = 0;           ///< time dark that no order credited yet
    std::vector<std::string> trouble;   ///< message ids that the candidate sees now
    std::vector<std::string> findings;  ///< codes that are open now
    std::uint64_t orders_seen = 0;      ///< number of the last desk order
    bool wants_help = false;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("state", s.state);
        v.field("remainingMs", s.remaining_ms);
        v.field("answered", s.answered);
        v.field("items", s.items);
        v.field("records", s.records);
        v.field("darkMs", s.dark_ms);
        v.field("trouble", s.trouble);
        v.field("findings", s.findings);
        v.field("ordersSeen", s.orders_seen);
        v.field("wantsHelp", s.wants_help);
    }
};

struct HeartbeatReply {
    static constexpr std::string_view kName = "heartbeat-reply";
    WallTime time;                      ///< the desk's
    std::vector<Bytes> orders;          ///< Signed<DeskOrder> after orders_seen, for this terminal
    std::vector<PartId> released;       ///< parts whose release can be fetched
    std::optional<AttemptId> assigned;  ///< an attempt moves here: GET /v1/moves/{attempt}
    bool fenced = false;                ///< another terminal continues this attempt
    bool sealed = false;                ///< the room is sealed

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("time", s.time);
        v.field("orders", s.orders);
        v.field("released", s.released);
        v.field("assigned", s.assigned);
        v.field("fenced", s.fenced);
        v.field("sealed", s.sealed);
    }
};

/// One journal of a move: the whole of it, with its key sealed to the new terminal.
struct MovedJournal {
    Bytes start;  ///< Signed<Start>, both signatures
    Bytes key;    ///< age(K_j -> new terminal)
    std::vector<Bytes> records;
    std::optional<Bytes> acknowledgement;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("start", s.start);
        v.field("key", s.key);
        v.field("records", s.records);
        v.field("acknowledgement", s.acknowledgement);
    }
};

/// GET /v1/moves/{attempt} by the terminal that the attempt moves to.
struct MoveReply {
    static constexpr std::string_view kName = "move-reply";
    std::vector<Bytes> moves;            ///< Signed<Move>, oldest first; the last one is this
    std::vector<MovedJournal> journals;  ///< oldest first
    record::AttemptRow attempt;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("moves", s.moves);
        v.field("journals", s.journals);
        v.field("attempt", s.attempt);
    }
};

}  // namespace assay::protocol
