#pragma once

#include <string>

#include "crypto/text/texts.h"

namespace assay::render {

/// Every word that the player's script says, as a JSON object by short name.
std::string player_words(const text::Texts& texts, text::Language language);

}  // namespace assay::render
