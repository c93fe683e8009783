#pragma once

#include <chrono>
#include <map>
#include <string>

#include "crypto/record/result.h"
#include "crypto/text/texts.h"
#include "server/core/sittings.h"

// Pages for paper: one HTML file each, which needs no other and reaches for nothing. They hold
// names: they are for the organisation and its sites, and no route serves them.
namespace assay::server_api {

/// What the pages of a sitting are made of.
struct PaperSitting {
    const server_core::Sitting& sitting;
    const record::SiteRoster& roster;
    /// Photos by digest as data URIs; a candidate without one gets an empty frame.
    const std::map<Digest, std::string>& photos;
    /// Times are told in this zone.
    std::chrono::minutes utc_offset;
};

/// An admission ticket a candidate, two on a page.
std::string admission_tickets(const PaperSitting& paper, const text::Texts& texts,
                              text::Language language);
/// A label a seat, in the order of rooms and seats, with the seat code.
std::string seat_labels(const PaperSitting& paper, const text::Texts& texts,
                        text::Language language);
/// A page a room, for its door: seats and names, numbers shortened.
std::string door_lists(const PaperSitting& paper, const text::Texts& texts,
                       text::Language language);
/// A page a room with room for signatures.
std::string sign_in_sheets(const PaperSitting& paper, const text::Texts& texts,
                           text::Language language);

/// A candidate's result: each label in both languages. `published` is its Statement digest.
struct PaperResult {
    const server_core::Sitting& sitting;
    const record::RosterRow& person;
    const record::AttemptResult& result;
    Digest published;
    std::chrono::minutes utc_offset;
};
std::string result_sheet(const PaperResult& paper, const text::Texts& texts);

/// "2026-11-23 09:00"
std::string local_time(WallTime time, std::chrono::minutes utc_offset);

}  // namespace assay::server_api
