#pragma once

#include <wx/button.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

namespace assay::desk_ui {

/// Gives the program its look: colours and shapes as GTK style.
void apply_look();

/// A style class of look.cpp, e.g. "primary", "heading".
void set_style(wxWindow* window, const char* style_class);

/// What a screen reader calls it.
void set_accessible_name(wxWindow* window, const wxString& name);

wxButton* make_button(wxWindow* parent, const char* style_class = "plain");
wxStaticText* make_text(wxWindow* parent, const char* style_class = "body");

/// Changes the label only where it is another one: no flicker, no lost focus.
void set_label(wxWindow* window, const wxString& words);

/// Measures every label below again: GTK knows a style's size only once it has been shown.
void measure_again(wxWindow* window);

}  // namespace assay::desk_ui
