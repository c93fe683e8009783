#pragma once

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {

/// Above every screen, always of the same height: what exam, who, the time left, help and display;
/// below it a strip for what the invigilator says, calm trouble, the link and whether everything is
/// saved. Nothing that appears here moves anything.
class HeaderBar final : public wxPanel {
  public:
    HeaderBar(wxWindow* parent, const Actions& actions);
    void draw(const Scene& scene, const Tongue& tongue);
    void focus_first() { help_->SetFocus(); }
    /// The style is another one: what was needed before tells nothing.
    void forget_height() { bar_height_ = 0; }

  private:
    wxPanel* make_bar(const Actions& actions);
    wxPanel* make_strip(const Actions& actions);
    void draw_bar(const Scene& scene, const Tongue& tongue);
    void draw_strip(const Scene& scene, const Tongue& tongue);

    bool has_name(const widgets::Look& look) const;
    void keep_height(const widgets::Look& look);

    bool hand_up_ = false;
    widgets::Look look_;
    int bar_height_ = 0;  ///< the most that was needed at this size of type
    text::Language language_now_ = text::Language::kChinese;
    wxPanel* bar_ = nullptr;
    Words* title_ = nullptr;
    Words* person_ = nullptr;
    Words* time_ = nullptr;
    wxButton* help_ = nullptr;
    wxButton* display_ = nullptr;
    wxButton* language_ = nullptr;
    wxPanel* strip_ = nullptr;
    Words* message_ = nullptr;
    wxButton* read_ = nullptr;
    Words* link_ = nullptr;
    Words* saved_ = nullptr;
};

}  // namespace assay::terminal_ui
