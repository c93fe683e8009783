#pragma once
// Statement and its files: values, any thread. Units stand in the names; permille of the maximum.
#include "crypto/record/release.h"
#include "crypto/record/signed.h"

namespace assay::record {

enum class Level { kElementary, kIntermediate, kAdvanced };
template <>
struct Words<Level> {
    static constexpr std::array kWords{
        std::pair{Level::kElementary, std::string_view("elementary")},
        std::pair{Level::kIntermediate, std::string_view("intermediate")},
        std::pair{Level::kAdvanced, std::string_view("advanced")},
    };
};

enum class CameraPolicy { kRequired, kOptional, kNone };
template <>
struct Words<CameraPolicy> {
    static constexpr std::array kWords{
        std::pair{CameraPolicy::kRequired, std::string_view("required")},
        std::pair{CameraPolicy::kOptional, std::string_view("optional")},
        std::pair{CameraPolicy::kNone, std::string_view("none")},
    };
};

struct ManifestRoom {
    RoomId room;
    std::string name;
    std::vector<MachineId> desks;  ///< that may open it, spare ones too
    friend bool operator==(const ManifestRoom&, const ManifestRoom&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("room", s.room);
        v.field("name", s.name);
        v.field("desks", s.desks);
    }
};

struct ManifestPart {
    PartId part;
    std::string title;
    bool reserve = false;
    Digest bank;     ///< H(bank.age)
    Digest scoring;  ///< H(scoring.age)
    friend bool operator==(const ManifestPart&, const ManifestPart&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("part", s.part);
        v.field("title", s.title);
        v.field("reserve", s.reserve);
        v.field("bank", s.bank);
        v.field("scoring", s.scoring);
    }
};

struct ProgramDigest {
    std::string program;  ///< terminal, proctor, desk, scorer
    Digest digest;
    friend bool operator==(const ProgramDigest&, const ProgramDigest&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("program", s.program);
        v.field("digest", s.digest);
    }
};

/// The pass rule: total and, per part, least scores, in thousandths of the maximum.
struct PassRule {
    std::uint32_t total_permille = 600;
    std::uint32_t part_permille = 0;
    friend bool operator==(const PassRule&, const PassRule&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("totalPermille", s.total_permille);
        v.field("partPermille", s.part_permille);
    }
};

struct SittingRules {
    std::uint32_t duration_minutes = 60;
    std::uint32_t latest_entry_minutes = 15;     ///< after the start
    std::uint32_t earliest_hand_in_minutes = 0;  ///< after the start
    bool late_starter_keeps_end = true;          ///< a late starter ends with the room
    std::vector<std::string> breaks;
    std::vector<std::string> tools;
    CameraPolicy camera = CameraPolicy::kOptional;
    bool identity = false;  ///< faces are compared with the roster's photo
    PassRule pass;
    friend bool operator==(const SittingRules&, const SittingRules&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("durationMinutes", s.duration_minutes);
        v.field("latestEntryMinutes", s.latest_entry_minutes);
        v.field("earliestHandInMinutes", s.earliest_hand_in_minutes);
        v.field("lateStarterKeepsEnd", s.late_starter_keeps_end);
        v.field("breaks", s.breaks);
        v.field("tools", s.tools);
        v.field("camera", s.camera);
        v.field("identity", s.identity);
        v.field("pass", s.pass);
    }
};

/// What a sitting is. t-of-n exam officers; a leaf.
struct SittingManifest {
    static constexpr std::string_view kName = "sitting-manifest";
    SittingId sitting;
    std::uint64_t number = 1;
    std::optional<Digest> predecessor;
    OrganisationId organisation;
    ExamId exam;
    std::string title;
    Level level = Level::kElementary;
    std::string standard;
    SiteId site;
    std::vector<ManifestRoom> rooms;
    WallTime window_begin;
    WallTime window_end;
    std::vector<ManifestPart> parts;
    std::vector<ProgramDigest> programs;
    Digest attempts;  ///< H of the AttemptsFile
    AgePublic scoring_recipient;
    AgePublic escrow_recipient;
    std::string log_key;         ///< verifier key of the central log (C2SP signed-note)
    std::string witness_policy;  ///< empty: no witness is asked
    std::uint64_t lowest_key_list = 1;
    SittingRules rules;
    WallTime time;

    const ManifestRoom* find_room(const RoomId& room) const;
    const ManifestPart* find_part(const PartId& part) const;
    std::vector<Subject> subjects() const { return {{"attempts", attempts}}; }
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("number", s.number);
        v.field("predecessor", s.predecessor);
        v.field("organisation", s.organisation);
        v.field("exam", s.exam);
        v.field("title", s.title);
        v.field("level", s.level);
        v.field("standard", s.standard);
        v.field("site", s.site);
        v.field("rooms", s.rooms);
        v.field("windowBegin", s.window_begin);
        v.field("windowEnd", s.window_end);
        v.field("parts", s.parts);
        v.field("programs", s.programs);
        v.field("attempts", s.attempts);
        v.field("scoringRecipient", s.scoring_recipient);
        v.field("escrowRecipient", s.escrow_recipient);
        v.field("logKey", s.log_key);
        v.field("witnessPolicy", s.witness_policy);
        v.field("lowestKeyList", s.lowest_key_list);
        v.field("rules", s.rules);
        v.field("time", s.time);
    }
};

/// One candidate's attempt without a word about the person.
struct AttemptRow {
    AttemptId attempt;
    RoomId room;
    AgePublic recipient;  ///< P_a's public half
    Accommodations accommodations;
    Digest person;  ///< person_digest of the roster row
    friend bool operator==(const AttemptRow&, const AttemptRow&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("room", s.room);
        v.field("recipient", s.recipient);
        v.field("accommodations", s.accommodations);
        v.field("person", s.person);
    }
};

/// The file that a manifest binds by digest.
struct AttemptsFile {
    static constexpr std::string_view kName = "attempts";
    SittingId sitting;
    std::vector<AttemptRow> attempts;

    const AttemptRow* find(const AttemptId& attempt) const;
    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("attempts", s.attempts);
    }
};

/// What the site learns about a person. Only here and nowhere in a log.
struct RosterRow {
    static constexpr std::string_view kName = "roster-row";
    AttemptId attempt;
    std::string name;
    std::string number;
    std::string seat;
    std::string seat_code;  ///< the exception when the desk cannot see the seat
    std::optional<Digest> photo;
    Accommodations accommodations;
    Salt salt;
    friend bool operator==(const RosterRow&, const RosterRow&) = default;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("attempt", s.attempt);
        v.field("name", s.name);
        v.field("number", s.number);
        v.field("seat", s.seat);
        v.field("seatCode", s.seat_code);
        v.field("photo", s.photo);
        v.field("accommodations", s.accommodations);
        v.field("salt", s.salt);
    }
};

struct SiteRoster {
    static constexpr std::string_view kName = "site-roster";
    SittingId sitting;
    std::vector<RosterRow> rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
        v.field("rows", s.rows);
    }
};

/// What selection, order and templates of an attempt's paper are made from, at the terminal and at
/// every scorer: the first 8 bytes of H("assay/v1/form" 0 attempt), big-endian.
std::uint64_t form_seed(const AttemptId& attempt);

/// H("assay/v1/person" 0 salt, the row's document bytes).
Digest person_digest(const RosterRow& row);

/// The attempts file is the one that the manifest names and belongs to its sitting.
Result<AttemptsFile> read_attempts(const SittingManifest& manifest, ByteView file);

}  // namespace assay::record
