#pragma once

#include <string>

#include "terminal/widgets/tongue.h"

namespace assay::widgets {

/// Of a title in two languages, "中文 / English", the half in the screen's; any other title whole.
wxString title_in(const Tongue& tongue, const std::string& title);

}  // namespace assay::widgets
