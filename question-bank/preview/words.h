#pragma once

#include <boost/json.hpp>

#include "crypto/text/texts.h"

namespace assay::preview {

/// Every word that page/preview.js shows, by its key.
boost::json::object page_words(const text::Texts& texts, text::Language language);

}  // namespace assay::preview
