#include "terminal/ui/marks.h"

namespace assay::terminal_ui {
namespace {

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
    : wxScrolledWindow(parent), open_(std::move(open)), sizer_(new wxWrapSizer(wxHORIZONTAL)) {
    SetScrollRate(0, 12);
    SetSizer(sizer_);
}

void Marks::draw(const std::vector<ItemMark>& items, const Tongue& tongue) {
    const bool other_words = language_ != tongue.language();
    language_ = tongue.language();
    while (buttons_.size() < items.size()) {
        auto* button = make_button(this, "mark");
        button->SetMinSize(wxSize(88, 56));  // the signs are higher than figures: nothing moves
        const std::size_t index = buttons_.size();
        button->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) { open_(drawn_[index].item); });
        sizer_->Add(button, 0, wxALL, 4);
        buttons_.push_back(button);
        drawn_.emplace_back();
        drawn_.back().item = "\x01";  // differs from every item, so that it is drawn
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (same(items[i], drawn_[i]) && !other_words) {
            continue;
        }
        drawn_[i] = items[i];
        wxString label = wxString::Format("%zu", i + 1);
        label += items[i].answered ? wxString::FromUTF8(" ✓") : wxString();
        label += items[i].flagged ? wxString::FromUTF8(" ⚑") : wxString();
        buttons_[i]->SetLabel(label);
        set_style(buttons_[i], "answered", items[i].answered);
        set_style(buttons_[i], "flagged", items[i].flagged);
        set_style(buttons_[i], "current", items[i].current);
        set_accessible_name(buttons_[i], mark_name(items[i], i + 1, tongue));
    }
    // The rows are as wide as the window, not as wide as they were when it had no size yet.
    SetVirtualSize(GetClientSize());
    Layout();
    FitInside();
}

}  // namespace assay::terminal_ui
