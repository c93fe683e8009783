#pragma once

#include <initializer_list>

#include <wx/button.h>
#include <wx/panel.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "terminal/widgets/look.h"

namespace assay::widgets {

/// A style class of look.cpp, e.g. "primary", "quiet", "heading".
void set_style(wxWindow* window, const char* style_class, bool on = true);

/// What a screen reader (and the test robot) calls it.
void set_accessible_name(wxWindow* window, const wxString& name);
wxString accessible_name(wxWindow* window);

/// Pixels that words take in the widget's type; broken where they are wider than `width`, if that
/// is over 0.
wxSize layout_size(GtkWidget* widget, const wxString& words, int width = 0);

wxButton* make_button(wxWindow* parent, const char* style_class = "plain");

/// Changes the label only where it is another one: no flicker, no lost focus.
void set_label(wxWindow* window, const wxString& words);

/// Words on a screen, English ones with English quotes. They wrap at the width that they are given,
/// in Chinese too, and take no room while there are none.
class Words final : public wxStaticText {
  public:
    explicit Words(wxWindow* parent, const char* style_class = "body");
    /// New words; none hides it. True where that changed anything.
    bool say(const wxString& words);
    /// Wraps at `pixels`; 0: one line.
    void wrap_to(int pixels);
    /// One line, with dots where the room ends.
    void cut_at_end();
    /// Never narrower than these words would be: what stands beside it does not move.
    void reserve(const wxString& longest);

  protected:
    wxSize DoGetBestSize() const override;

  private:
    bool fixed_;  ///< letters of one width stay so
    int wrap_ = 0;
    bool cut_ = false;
    wxString longest_;
};

/// Measures every label below again: GTK knows a style's size only once it has been shown.
void measure_again(wxWindow* window);

/// Whether anything below is shown smaller than it needs to be, or over the edge of its window:
/// what a person would call cut. Gives its words, or nothing. For tests.
wxString find_cut(wxWindow* window);

}  // namespace assay::widgets
