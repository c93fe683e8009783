#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/record/manifest.h"
#include "question-bank/sealed/statements.h"
#include "question-bank/table/pictures.h"
#include "question-bank/table/table.h"
#include "server/core/archive.h"
#include "server/core/tables.h"

namespace assay::server_core {

inline constexpr std::size_t kSittingRowsMax = 20'000;
inline constexpr std::size_t kRosterCellBytesMax = 400;
inline constexpr std::uint32_t kExtraTimePercentMax = 400;
inline constexpr std::size_t kSeatCodeDigits = 6;

/// A bank part by the folder in which it lies sealed (question-bank/sealed/README.md).
struct PlannedPart {
    std::string folder;  ///< beside the definition
    bool reserve = false;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("folder", s.folder);
        v.field("reserve", s.reserve);
    }
};

/// What a person writes down to define a sitting, as JSON; the README has an example.
struct SittingDefinition {
    static constexpr std::string_view kName = "sitting-definition";
    std::optional<SittingId> sitting;  ///< absent: a new one
    OrganisationId organisation;
    ExamId exam;
    std::string title;
    record::Level level = record::Level::kElementary;
    std::string standard;
    SiteId site;
    std::vector<record::ManifestRoom> rooms;
    WallTime window_begin;
    WallTime window_end;
    std::vector<PlannedPart> parts;
    std::optional<std::vector<record::ProgramDigest>> programs;
    record::AgePublic scoring_recipient;
    record::AgePublic escrow_recipient;
    std::string log_key;
    std::optional<std::string> witness_policy;
    std::optional<std::uint64_t> lowest_key_list;
    record::SittingRules rules;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("sitting", s.sitting);
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
        v.field("scoringRecipient", s.scoring_recipient);
        v.field("escrowRecipient", s.escrow_recipient);
        v.field("logKey", s.log_key);
        v.field("witnessPolicy", s.witness_policy);
        v.field("lowestKeyList", s.lowest_key_list);
        v.field("rules", s.rules);
    }
};

/// A candidate as the college's table has them.
struct Candidate {
    std::size_t line = 0;
    std::string name;
    std::string number;
    std::string seat;
    std::string room;  ///< name of the room; empty: the first
    std::uint32_t extra_time_percent = 0;
    std::string note;
    std::string fee;
};

/// Columns by their titles in Chinese or English (README). The error names line and column: a
/// missing title, an empty name, number or seat, a number twice, a seat twice in one room.
Result<std::vector<Candidate>> read_candidates(const table::Table& table);

struct PlanRequest {
    SittingDefinition definition;
    /// In the order of definition.parts.
    std::vector<sealed::BankPart> banks;
    std::vector<sealed::ScoringPart> scoring;
    std::vector<Candidate> candidates;
    const table::Pictures* photos = nullptr;  ///< by candidate number; null: none
    WallTime time;
};

/// A sitting that waits for the officers' signatures.
struct Plan {
    record::Signed<record::SittingManifest> manifest;  ///< unsigned
    Bytes attempts;                                    ///< AttemptsFile
    std::vector<record::RosterRow> roster;
    std::vector<Bytes> photos;
    std::vector<store::PersonalRow> personal;
    std::vector<store::Wrap> wraps;
    std::vector<std::string> without_photo;  ///< candidate numbers
};

/// Draws ids, seat codes, salts and a key for each attempt. The same request twice gives two
/// different sittings.
Result<Plan> plan_sitting(Random& random, const PlanRequest& request);

/// Puts what must not leave the server into the store: personal rows, photos, wraps.
Status keep_plan(Ports& ports, const Plan& plan);

}  // namespace assay::server_core
