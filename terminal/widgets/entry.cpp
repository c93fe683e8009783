#include "terminal/widgets/entry.h"

#include <algorithm>

#include <gtk/gtk.h>

namespace assay::widgets {
namespace {

constexpr int kLeastWidth = 120;

int line_height(GtkWidget* widget) {
    PangoFontMetrics* const metrics =
        pango_context_get_metrics(gtk_widget_get_pango_context(widget), nullptr, nullptr);
    const int units =
        pango_font_metrics_get_ascent(metrics) + pango_font_metrics_get_descent(metrics);
    pango_font_metrics_unref(metrics);
    return PANGO_PIXELS_CEIL(units);
}

}  // namespace

Entry::Entry(wxWindow* parent, unsigned long most, const wxString& value)
    : wxTextCtrl(parent, wxID_ANY, value, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER) {
    SetMaxLength(most);
}

wxSize Entry::DoGetBestSize() const {
    GtkWidget* const widget = GetHandle();
    GtkStyleContext* const style = gtk_widget_get_style_context(widget);
    const GtkStateFlags state = gtk_style_context_get_state(style);
    GtkBorder padding;
    GtkBorder border;
    gtk_style_context_get_padding(style, state, &padding);
    gtk_style_context_get_border(style, state, &border);
    int least = 0;
    gtk_style_context_get(style, state, "min-height", &least, nullptr);
    return {kLeastWidth, std::max(least, line_height(widget)) + padding.top + padding.bottom +
                             border.top + border.bottom};
}

}  // namespace assay::widgets
