#pragma once

#include <string>
#include <vector>

#include "crypto/text/texts.h"
#include "kiosk-config/kiosk.h"

namespace assay::kiosk {

/// A line a row, the problems and next steps below it.
std::string report_text(const std::vector<RowState>& rows, const text::Texts& texts,
                        text::Language language);
/// [{"id", "what", "holds", "problems": [{"id", "text", "next"}]}]
std::string report_json(const std::vector<RowState>& rows, const text::Texts& texts,
                        text::Language language);
/// The rows without looking at any machine.
std::string list_text(const text::Texts& texts, text::Language language);

}  // namespace assay::kiosk
