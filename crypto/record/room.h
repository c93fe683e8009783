#pragma once
// Statements (signed.h): values, any thread. Who must sign them and what they bind: verify.h.
#include "crypto/record/signed.h"

namespace assay::record {

/// A desk takes charge of a room. Signed by that desk.
struct RoomOpening {
    static constexpr std::string_view kName = "room-opening";
    Digest manifest;
    RoomId room;
    std::uint64_t number = 1;
    std::optional<Digest> predecessor;
    MachineId desk;
    AgePublic move_recipient;
    std::vector<std::string> persons;  ///< two invigilators where number is over 1
    WallTime time;

    std::vector<Subject> subjects() const { return {{"sitting-manifest", manifest}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("room", s.room);
        v.field("number", s.number);
        v.field("predecessor", s.predecessor);
        v.field("desk", s.desk);
        v.field("moveRecipient", s.move_recipient);
        v.field("persons", s.persons);
        v.field("time", s.time);
    }
};

enum class Disposition { kHandedIn, kForced, kAbsent, kMovedTo, kTerminated, kLost };
template <>
struct Words<Disposition> {
    static constexpr std::array kWords{
        std::pair{Disposition::kHandedIn, std::string_view("handed-in")},
        std::pair{Disposition::kForced, std::string_view("forced")},
        std::pair{Disposition::kAbsent, std::string_view("absent")},
        std::pair{Disposition::kMovedTo, std::string_view("moved-to")},
        std::pair{Disposition::kTerminated, std::string_view("terminated")},
        std::pair{Disposition::kLost, std::string_view("lost")},
    };
};

struct SealRow {
    AttemptId attempt;
    std::optional<Epoch> epoch;  ///< none for who never started here
    Disposition disposition = Disposition::kAbsent;
    std::optional<Digest> package;  ///< the package's Statement digest
    EvidenceCounts evidence;
    friend bool operator==(const SealRow&, const SealRow&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("epoch", s.epoch);
        v.field("disposition", s.disposition);
        v.field("package", s.package);
        v.field("evidence", s.evidence);
    }
};

/// The room's account of every candidate. Signed by the desk in charge.
struct Seal {
    static constexpr std::string_view kName = "seal";
    Digest manifest;
    RoomId room;
    Digest opening;
    std::uint64_t number = 1;
    std::optional<Digest> predecessor;
    std::vector<SealRow> rows;
    std::string checkpoint;  ///< the site log's signed checkpoint, a C2SP note
    WallTime time;

    std::vector<Subject> subjects() const { return {{"room-opening", opening}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("manifest", s.manifest);
        v.field("room", s.room);
        v.field("opening", s.opening);
        v.field("number", s.number);
        v.field("predecessor", s.predecessor);
        v.field("rows", s.rows);
        v.field("checkpoint", s.checkpoint);
        v.field("time", s.time);
    }
};

}  // namespace assay::record
