#pragma once

#include <functional>

#include "crypto/text/texts.h"
#include "terminal/desk/station.h"
#include "terminal/widgets/look.h"

namespace assay::desk_ui {

struct WindowOptions {
    text::Language language = text::Language::kChinese;
    int width = 1366;
    int height = 768;
    widgets::Look look;
    std::function<void()> shown;  ///< called once, when the window is there
};

/// Shows the desk's window until it is closed. False where there is no display.
bool run_window(desk::Station& station, const text::Texts& texts, const WindowOptions& options);

}  // namespace assay::desk_ui
