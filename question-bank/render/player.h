#pragma once

#include <string>

namespace assay::render {

/// The item player's script and style: the host answers <player_url>player.js and player.css with
/// them. The same for every item, so a host may keep them.
std::string player_js();
std::string player_css();

}  // namespace assay::render
