#pragma once

#include <string>

#include <wx/button.h>
#include <wx/panel.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

namespace assay::terminal_ui {

enum class Theme { kLight, kDark, kContrast };
Theme theme_from(const std::string& word);

/// Gives the whole program its look: colours and shapes as GTK style, sizes times `scale`.
void apply_look(Theme theme, double scale);

/// A style class of look.cpp, e.g. "primary", "quiet", "heading".
void set_style(wxWindow* window, const char* style_class, bool on = true);

/// What a screen reader (and the test robot) calls it.
void set_accessible_name(wxWindow* window, const wxString& name);

wxButton* make_button(wxWindow* parent, const char* style_class = "plain");
wxStaticText* make_text(wxWindow* parent, const char* style_class = "body");

/// New words for a label, wrapped to `width` pixels if that is over zero.
void set_text(wxStaticText* label, const wxString& words, int width = 0);

/// A panel in the middle of its parent, at most `width` pixels wide, on a card.
class Card final : public wxPanel {
  public:
    Card(wxWindow* parent, int width);
    /// Adds from top to bottom with the usual distance.
    void put(wxWindow* child, int flags = 0);
    void put_row(std::initializer_list<wxWindow*> children);
    wxBoxSizer* column() { return column_; }

  private:
    wxBoxSizer* column_;
};

/// Centres a card on a screen.
void centre(wxPanel* screen, Card* card);

}  // namespace assay::terminal_ui
