#pragma once

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {

/// Above every screen: what exam, who, the time left, whether everything is saved, the link, help
/// and the language. Trouble is said here in calm words.
class HeaderBar final : public wxPanel {
  public:
    HeaderBar(wxWindow* parent, const Actions& actions);
    void draw(const Scene& scene, const Tongue& tongue);
    /// A line of the invigilator or of trouble; empty takes it away.
    void show_notice(const wxString& words);

  private:
    bool hand_up_ = false;
    wxStaticText* title_ = nullptr;
    wxStaticText* person_ = nullptr;
    wxStaticText* saved_ = nullptr;
    wxStaticText* link_ = nullptr;
    wxStaticText* time_ = nullptr;
    wxButton* help_ = nullptr;
    wxButton* language_ = nullptr;
    wxStaticText* notice_ = nullptr;
};

}  // namespace assay::terminal_ui
