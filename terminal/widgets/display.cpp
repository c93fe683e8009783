#include "terminal/widgets/display.h"

#include <gtk/gtk.h>

namespace assay::widgets {

Status open_display() {
    if (gtk_init_check(nullptr, nullptr) == FALSE) {
        return fail(Code::kUnavailable, "widgets.display.none"_id);
    }
    return Ok{};
}

}  // namespace assay::widgets
