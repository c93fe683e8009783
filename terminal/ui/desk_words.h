#pragma once

#include "terminal/ui/scene.h"
#include "terminal/widgets/tongue.h"

namespace assay::terminal_ui {

/// What the desk said as a sentence to the candidate: a message in the invigilator's own words, an
/// errata with the number of its item, extra time as how much it is.
wxString desk_words(const Scene& scene, const sitting::DeskText& said,
                    const widgets::Tongue& tongue);

}  // namespace assay::terminal_ui
