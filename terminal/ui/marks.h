#pragma once

#include <functional>
#include <vector>

#include <wx/scrolwin.h>
#include <wx/wrapsizer.h>

#include "terminal/ui/look.h"
#include "terminal/ui/scene.h"
#include "terminal/ui/tongue.h"

namespace assay::terminal_ui {

/// The navigator: a button for each item. Its state is told by shape, sign and word as well as by
/// colour: filled and ticked is answered, dashed with a flag is flagged, framed is the one shown.
class Marks final : public wxScrolledWindow {
  public:
    Marks(wxWindow* parent, std::function<void(const std::string& item)> open);
    void draw(const std::vector<ItemMark>& items, const Tongue& tongue);

  private:
    std::function<void(const std::string&)> open_;
    std::vector<wxButton*> buttons_;
    std::vector<ItemMark> drawn_;
    text::Language language_ = text::Language::kChinese;
    wxWrapSizer* sizer_;
};

/// "第 3 题，已作答，已标记".
wxString mark_name(const ItemMark& mark, std::size_t number, const Tongue& tongue);

}  // namespace assay::terminal_ui
