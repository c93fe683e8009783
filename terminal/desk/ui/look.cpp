#include "terminal/desk/ui/look.h"

#include <gtk/gtk.h>

namespace assay::desk_ui {
namespace {

constexpr const char* kStyle = R"(
* { font-family: "Noto Sans CJK SC", "Noto Sans", sans-serif; font-size: 11pt; }
window, dialog, .page { background-color: #f3f5f8; color: #1d2733; }
label { color: #1d2733; }
.bar { background-color: #ffffff; border-bottom: 1px solid #cfd6de; }
.foot { background-color: #ffffff; border-top: 1px solid #cfd6de; }
.notice { background-color: #fff4dc; border-bottom: 1px solid #e3c88a; }
.heading { font-size: 14pt; font-weight: 700; }
.section { font-size: 12pt; font-weight: 600; }
.faint { color: #566270; }
.good { color: #1b6e3c; }
.warm { color: #8a5a00; }
.time { font-size: 20pt; font-weight: 700; }
.code { font-family: "Noto Sans Mono CJK SC", monospace; font-size: 13pt; font-weight: 700; }
button { background-image: none; background-color: #ffffff; color: #1d2733;
  border: 1px solid #cfd6de; border-radius: 8px; padding: 5px 10px; min-height: 26px;
  box-shadow: none; text-shadow: none; }
button label { color: inherit; }
button:hover { border-color: #1f5fa8; }
button:focus { outline: 2px solid #1f5fa8; outline-offset: 1px; }
button:disabled { opacity: 0.45; }
button.primary { background-color: #1f5fa8; color: #ffffff; border-color: #1f5fa8;
  font-weight: 600; }
button.quiet { background-color: transparent; border-color: transparent; }
entry, textview { background-image: none; background-color: #ffffff; color: #1d2733; }
entry { border: 1px solid #cfd6de; border-radius: 8px; padding: 4px 10px; min-height: 26px; }
entry:focus { border-color: #1f5fa8; }
treeview.view { background-color: #ffffff; color: #1d2733; }
treeview.view:selected { background-color: #cfe2f7; color: #10161d; }
treeview.view header button { border-radius: 0; border-width: 0 1px 1px 0; padding: 4px 6px;
  background-color: #eef1f5; font-weight: 600; }
)";

}  // namespace

void apply_look() {
    GtkCssProvider* const provider = gtk_css_provider_new();
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(),
                                              GTK_STYLE_PROVIDER(provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 10);
    gtk_css_provider_load_from_data(provider, kStyle, -1, nullptr);
}

void set_style(wxWindow* window, const char* style_class) {
    gtk_style_context_add_class(gtk_widget_get_style_context(window->GetHandle()), style_class);
}

void set_accessible_name(wxWindow* window, const wxString& name) {
    AtkObject* const accessible = gtk_widget_get_accessible(window->GetHandle());
    if (accessible != nullptr) {
        atk_object_set_name(accessible, name.utf8_str());
    }
}

wxButton* make_button(wxWindow* parent, const char* style_class) {
    auto* button = new wxButton(parent, wxID_ANY, " ");
    set_style(button, style_class);
    return button;
}

wxStaticText* make_text(wxWindow* parent, const char* style_class) {
    auto* text = new wxStaticText(parent, wxID_ANY, "");
    set_style(text, style_class);
    return text;
}

void set_label(wxWindow* window, const wxString& words) {
    if (window->GetLabel() != words) {
        window->SetLabel(words);
    }
}

void measure_again(wxWindow* window) {
    for (wxWindow* const child : window->GetChildren()) {
        measure_again(child);
    }
    window->InvalidateBestSize();
    window->Layout();
}

}  // namespace assay::desk_ui
