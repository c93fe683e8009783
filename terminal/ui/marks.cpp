#include "terminal/ui/marks.h"

namespace assay::terminal_ui {
namespace {

constexpr int kMarkWidth = 88;
constexpr int kMarkHeight = 52;  // the signs are higher than figures: nothing moves
constexpr int kGap = 8;

bool same(const ItemMark& a, const ItemMark& b) {
    return a.item == b.item && a.answered == b.answered && a.flagged == b.flagged &&
           a.current == b.current;
}

}  // namespace

wxString mark_name(const ItemMark& mark, std::size_t number, const Tongue& tongue) {
    wxString out = tongue.say("terminal.mark.item"_id, {{"number", std::to_string(number)}});
    out += tongue.say(mark.answered ? "terminal.mark.answered"_id : "terminal.mark.unanswered"_id);
    if (mark.flagged) {
        out += tongue.say("terminal.mark.flagged"_id);
    }
    return out;
}

Marks::Marks(wxWindow* parent, std::function<void(const std::string& item)> open)
    : wxScrolledWindow(parent), open_(std::move(open)), sizer_(new wxGridSizer(2, kGap, kGap)) {
    SetScrollRate(0, 12);
    SetSizer(sizer_);
}

int Marks::width_of(int columns, const widgets::Look& look) {
    return columns * (look.px(kMarkWidth) + kGap) - kGap;
}

void Marks::add_button() {
    auto* button = widgets::make_button(this, "mark");
    const std::size_t index = buttons_.size();
    button->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) { open_(drawn_[index].item); });
    sizer_->Add(button);
    buttons_.push_back(button);
    drawn_.emplace_back();
    drawn_.back().item = "\x01";  // differs from every item, so that it is drawn
}

void Marks::draw(const Scene& scene, const Tongue& tongue) {
    const std::vector<ItemMark>& items = scene.items;
    const bool other_words = language_ != tongue.language();
    language_ = tongue.language();
    while (buttons_.size() < items.size()) {
        add_button();
    }
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        buttons_[i]->Show(i < items.size());
        if (i >= items.size() || (same(items[i], drawn_[i]) && !other_words)) {
            continue;
        }
        drawn_[i] = items[i];
        wxString label = wxString::Format("%zu", i + 1);
        label += items[i].answered ? wxString::FromUTF8(" ✓") : wxString();
        label += items[i].flagged ? wxString::FromUTF8(" ⚑") : wxString();
        buttons_[i]->SetLabel(label);
        widgets::set_style(buttons_[i], "answered", items[i].answered);
        widgets::set_style(buttons_[i], "flagged", items[i].flagged);
        widgets::set_style(buttons_[i], "current", items[i].current);
        widgets::set_accessible_name(buttons_[i], mark_name(items[i], i + 1, tongue));
    }
    if (count_ != items.size()) {
        count_ = items.size();
        width_ = 0;  // measured again
    }
}

void Marks::focus_current() {
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
        if (drawn_[i].current) {
            buttons_[i]->SetFocus();
        }
    }
}

void Marks::fit(int width, const widgets::Look& look) {
    if (width == width_ && look == look_) {
        return;
    }
    width_ = width;
    look_ = look;
    const wxSize mark(look.px(kMarkWidth), look.px(kMarkHeight));
    for (wxButton* const button : buttons_) {
        button->SetMinSize(mark);
    }
    const int columns = std::max(1, (width + kGap) / (mark.x + kGap));
    sizer_->SetCols(columns);
    const int rows = (static_cast<int>(count_) + columns - 1) / columns;
    SetMinSize(wxSize(-1, std::max(1, rows) * (mark.y + kGap)));
    SetVirtualSize(wxSize(width, rows * (mark.y + kGap)));
    Layout();
}

}  // namespace assay::terminal_ui
