#pragma once

#include <functional>
#include <vector>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {

/// The navigator: a button for each item. Its state is told by shape, sign and word as well as by
/// colour: filled and ticked is answered, dashed with a flag is flagged, framed is the one shown.
class Marks final : public wxScrolledWindow {
  public:
    Marks(wxWindow* parent, std::function<void(const std::string& item)> open);
    void draw(const Scene& scene, const Tongue& tongue);
    /// As many in a row as `width` holds; asks for the height of all rows.
    void fit(int width, const widgets::Look& look);
    /// The keyboard goes to the item that is shown.
    void focus_current();
    /// Pixels that `columns` of them take side by side.
    static int width_of(int columns, const widgets::Look& look);

  private:
    void add_button();

    std::function<void(const std::string&)> open_;
    std::vector<wxButton*> buttons_;
    std::vector<ItemMark> drawn_;
    text::Language language_ = text::Language::kChinese;
    wxGridSizer* sizer_;
    int width_ = 0;
    std::size_t count_ = 0;
    widgets::Look look_;
};

/// "第 3 题，已作答，已标记".
wxString mark_name(const ItemMark& mark, std::size_t number, const Tongue& tongue);

}  // namespace assay::terminal_ui
