#pragma once

#include <vector>

#include "terminal/widgets/parts.h"

namespace assay::widgets {

/// A card in the middle of a window that scrolls where the card is larger than it. The card is as
/// wide as its words are good to read, and never wider than the window.
class CardPage : public wxScrolledWindow {
  public:
    /// `width` of the card in pixels at scale one.
    CardPage(wxWindow* parent, int width);

    /// The card: parent of what is put on it.
    wxPanel* card() { return card_; }
    Words* put_words(const char* style_class = "body");
    /// Adds from top to bottom with the usual distance.
    void put(wxWindow* child, int flags = 0);
    /// Side by side; below each other where they find no room. The first is where Tab comes first.
    void put_row(const std::vector<wxWindow*>& children);
    /// A picture with words beside it; below it where there is no room.
    void put_beside(wxWindow* picture, const std::vector<Words*>& words);

    /// To be called at the end of every draw(): wraps, measures and places anew.
    void fit(const Look& look);
    int inner_width() const { return inner_; }

  private:
    struct Row {
        wxBoxSizer* sizer;
        std::vector<wxWindow*> children;
    };
    void fit_rows(const Look& look);
    void place();

    wxPanel* card_;
    wxBoxSizer* column_;
    wxSizerItem* inset_ = nullptr;
    wxSizerItem* below_ = nullptr;
    std::vector<Words*> words_;
    std::vector<Row> rows_;
    std::vector<std::pair<Words*, wxWindow*>> beside_;
    int width_;
    int inner_ = 0;
    Look look_;
};

}  // namespace assay::widgets
