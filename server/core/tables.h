#pragma once

/// Names of the store's tables that more than one file uses.
namespace assay::server_core {

// ---- personal rows (erasable)
/// Key "row": the document of a record::RosterRow.
inline constexpr const char* kRosterTable = "roster";
/// Key "fee": stays with the organisation, no site and no file gets it.
inline constexpr const char* kPrivateRosterTable = "roster-private";
/// Key be64 number: the envelope of an AttemptResult.
inline constexpr const char* kResultTable = "result";
/// Key be64 number: the assessmentResult of that result, XML.
inline constexpr const char* kReportTable = "report";
/// Key Statement digest: the envelope of a MarkSheet.
inline constexpr const char* kMarkTable = "mark";

// ---- wraps of P_a
inline constexpr const char* kScoringWrap = "scoring";
inline constexpr const char* kEscrowWrap = "escrow";

// ---- rows
/// Key Statement digest of a package: the Statement digest of its Opened.
inline constexpr const char* kOpenedTable = "opened";

/// Key digest of an age file: to which attempt it belongs. Value: kind, zero byte, name.
inline constexpr const char* kFileTable = "file";

}  // namespace assay::server_core
