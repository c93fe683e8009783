#pragma once

#include "terminal/ui/item_view.h"
#include "terminal/ui/marks.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {

/// The paper: navigator, the item in the web view, and what one can do with it. The web view is
/// made with the window and stays for its life.
class PaperScreen final : public Screen {
  public:
    PaperScreen(wxWindow* parent, const Actions& actions, PageFiles files,
                ItemView::OnMessage on_message);

    void draw(const Scene& scene, const Tongue& tongue) override;
    ItemView& item_view() { return *view_; }
    /// The page is loaded again at the next draw, for a new language or state.
    void forget_page() { shown_.clear(); }

  private:
    void step(int by);

    const Actions& actions_;
    std::vector<ItemMark> items_;
    std::size_t current_ = 0;
    std::string shown_;
    Marks* marks_ = nullptr;
    wxStaticText* legend_ = nullptr;
    ItemView* view_ = nullptr;
    wxButton* before_ = nullptr;
    wxButton* flag_ = nullptr;
    wxButton* next_ = nullptr;
    wxButton* review_ = nullptr;
};

}  // namespace assay::terminal_ui
