#include "terminal/desk/room_wide.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::desk {
namespace {

constexpr std::array<std::string_view, 7> kRoomCauses{
    "CAM_NONE",         "CAM_LOST",    "CAM_DARK", "FACE_ABSENT",
    "PROCTOR_DEGRADED", "CAM_COVERED", "CLOCK_OFF"};

bool sits_here(const CandidateRow& row) {
    return row.seen == Seen::kHere && !row.package && !row.disposition;
}

bool has(const CandidateRow& row, std::string_view code) {
    return std::ranges::find(row.findings, code) != row.findings.end();
}

}  // namespace

std::vector<RoomWide> room_wide(const RoomView& view) {
    const auto here = static_cast<std::size_t>(std::ranges::count_if(view.candidates, sits_here));
    std::vector<RoomWide> out;
    for (const std::string_view code : kRoomCauses) {
        const auto count = static_cast<std::size_t>(std::ranges::count_if(
            view.candidates,
            [&](const CandidateRow& row) { return sits_here(row) && has(row, code); }));
        if (count >= kRoomWideLeast && count * 100 >= here * kRoomWidePercent) {
            out.push_back({std::string(code), count, here});
        }
    }
    return out;
}

std::vector<std::string> own_findings(const CandidateRow& row, const std::vector<RoomWide>& wide) {
    std::vector<std::string> out = row.findings;
    std::erase_if(out, [&](const std::string& code) {
        return sits_here(row) && std::ranges::find(wide, code, &RoomWide::code) != wide.end();
    });
    return out;
}

}  // namespace assay::desk
