#pragma once

#include <wx/textctrl.h>

namespace assay::widgets {

/// A line to type into, always as high as a line of words and its paddings: GTK remembers what it
/// wanted before it knew its style.
class Entry final : public wxTextCtrl {
  public:
    /// `most`: letters that it takes.
    Entry(wxWindow* parent, unsigned long most, const wxString& value = "");

  protected:
    wxSize DoGetBestSize() const override;
};

}  // namespace assay::widgets
