#pragma once

#include "terminal/desk/view.h"

namespace assay::desk {

inline constexpr std::size_t kRoomWideLeast = 3;
inline constexpr std::size_t kRoomWidePercent = 60;

/// What so many candidates have at once that it is the room's and nobody's: lights out, no cameras,
/// a fire drill.
struct RoomWide {
    std::string code;
    std::size_t count = 0;
    std::size_t of = 0;  ///< candidates here whose exam is not over
};

/// At least kRoomWideLeast candidates and kRoomWidePercent of those here, by code. Only what a room
/// can cause; another person at a seat never is.
std::vector<RoomWide> room_wide(const RoomView& view);

/// A candidate's findings without those of the whole room.
std::vector<std::string> own_findings(const CandidateRow& row, const std::vector<RoomWide>& wide);

}  // namespace assay::desk
