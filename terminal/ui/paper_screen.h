#pragma once

#include "terminal/ui/item_view.h"
#include "terminal/ui/marks.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {

/// The paper: navigator, the item in the web view, and what one can do with it. The web view is
/// made with the window and stays for its life. Where type is large the navigator makes room for
/// the item; the review lists the items too.
class PaperScreen final : public wxPanel, public Screen {
  public:
    PaperScreen(wxWindow* parent, const Actions& actions, PageFiles files,
                ItemView::OnMessage on_message);

    void draw(const Scene& scene, const Tongue& tongue) override;
    void focus_first() override;
    wxWindow* window() override { return this; }
    ItemView& item_view() { return *view_; }
    /// Goes `by` items on, if there is one.
    void turn(int by);
    /// The keyboard goes on from navigator to page to the buttons below; false after those.
    bool focus_next_region();
    /// The page is loaded again at the next draw, for a new language or state.
    void forget_page() { shown_.clear(); }

  private:
    wxPanel* make_side();
    wxPanel* make_foot();
    void say_labels(const Tongue& tongue, bool wide);

    const Actions& actions_;
    std::vector<ItemMark> items_;
    std::size_t current_ = 0;
    std::string shown_;
    wxPanel* side_ = nullptr;
    Marks* marks_ = nullptr;
    Words* legend_ = nullptr;
    ItemView* view_ = nullptr;
    wxPanel* foot_ = nullptr;
    wxButton* before_ = nullptr;
    wxButton* flag_ = nullptr;
    wxButton* next_ = nullptr;
    Words* place_ = nullptr;
    wxButton* history_ = nullptr;
    wxButton* review_ = nullptr;
};

}  // namespace assay::terminal_ui
