#pragma once

#include <string>

#include "crypto/text/texts.h"

namespace assay::render {

/// What the player says, in one language, as JSON. A host that draws many pages makes it once.
class PlayerWords {
  public:
    PlayerWords(const text::Texts& texts, text::Language language);
    /// For a page with tools, or one without.
    const std::string& json(bool tools) const { return tools ? with_tools_ : plain_; }

  private:
    std::string plain_;
    std::string with_tools_;
};

}  // namespace assay::render
