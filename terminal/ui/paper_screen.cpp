#include "terminal/ui/paper_screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kInset = 16;
constexpr int kGap = 10;
constexpr int kColumns = 2;
constexpr int kWideEms = 60;

}  // namespace

PaperScreen::PaperScreen(wxWindow* parent, const Actions& actions, PageFiles files,
                         ItemView::OnMessage on_message)
    : wxPanel(parent), actions_(actions) {
    widgets::set_style(this, "page");
    auto* middle = new wxBoxSizer(wxHORIZONTAL);
    middle->Add(make_side(), 0, wxEXPAND);
    view_ = new ItemView(this, std::move(files), std::move(on_message));
    middle->Add(view_, 1, wxEXPAND);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(middle, 1, wxEXPAND);
    column->Add(make_foot(), 0, wxEXPAND);
    SetSizer(column);
}

wxPanel* PaperScreen::make_side() {
    side_ = new wxPanel(this);
    widgets::set_style(side_, "side");
    marks_ = new Marks(side_, [this](const std::string& item) { actions_.open_item(item); });
    legend_ = new Words(side_, "faint");
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(marks_, 1, wxEXPAND | wxLEFT | wxTOP | wxBOTTOM, kInset);
    column->Add(legend_, 0, wxLEFT | wxRIGHT | wxBOTTOM, kInset);
    side_->SetSizer(column);
    return side_;
}

wxPanel* PaperScreen::make_foot() {
    foot_ = new wxPanel(this);
    widgets::set_style(foot_, "foot");
    before_ = widgets::make_button(foot_);
    next_ = widgets::make_button(foot_, "primary");
    place_ = new Words(foot_, "faint");
    history_ = widgets::make_button(foot_);
    flag_ = widgets::make_button(foot_);
    review_ = widgets::make_button(foot_);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    row->AddSpacer(kInset - kGap);
    row->Add(before_, 0, wxLEFT | wxTOP | wxBOTTOM, kGap);
    row->Add(next_, 0, wxLEFT | wxTOP | wxBOTTOM, kGap);
    row->Add(place_, 0, wxLEFT | wxALIGN_CENTER_VERTICAL, 2 * kGap);
    row->AddStretchSpacer();
    row->Add(history_, 0, wxLEFT | wxTOP | wxBOTTOM, kGap);
    row->Add(flag_, 0, wxLEFT | wxTOP | wxBOTTOM, kGap);
    row->Add(review_, 0, wxLEFT | wxTOP | wxBOTTOM, kGap);
    row->AddSpacer(kInset);
    foot_->SetSizer(row);
    before_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { turn(-1); });
    next_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { turn(1); });
    flag_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (current_ < items_.size()) {
            actions_.flag(items_[current_].item, !items_[current_].flagged);
        }
    });
    history_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.history(); });
    review_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.review(); });
    return foot_;
}

void PaperScreen::turn(int by) {
    const std::size_t wanted = current_ + static_cast<std::size_t>(by);
    if (wanted < items_.size()) {
        actions_.open_item(items_[wanted].item);
    }
}

void PaperScreen::focus_first() { view_->SetFocus(); }

bool PaperScreen::focus_next_region() {
    wxWindow* const now = FindFocus();
    if (foot_->IsDescendant(now)) {
        return false;
    }
    if (view_->IsDescendant(now)) {
        (next_->IsEnabled() ? next_ : review_)->SetFocus();
    } else if (side_->IsDescendant(now) || !side_->IsShown()) {
        view_->SetFocus();
    } else {
        marks_->focus_current();
    }
    return true;
}

// In little room signs stand for words; a screen reader hears the words all the same.
void PaperScreen::say_labels(const Tongue& tongue, bool wide) {
    const bool flagged = current_ < items_.size() && items_[current_].flagged;
    const auto label = [&](wxButton* button, MessageId words, const char* sign) {
        const wxString said = tongue.say(words);
        widgets::set_label(button, wide ? said : wxString::FromUTF8(sign));
        widgets::set_accessible_name(button, said);
        widgets::set_style(button, "tight", !wide);
    };
    label(before_, "terminal.paper.before"_id, "‹");
    label(next_, "terminal.paper.next"_id, "›");
    label(history_, "terminal.paper.history"_id, "↺");
    label(flag_, flagged ? "terminal.paper.unflag"_id : "terminal.paper.flag"_id, "⚑");
    widgets::set_style(flag_, "chosen", flagged);
    const wxString review = tongue.say("terminal.paper.review"_id);
    widgets::set_label(review_, review);
    widgets::set_accessible_name(review_, review);
    widgets::set_style(review_, "tight", !wide);
    place_->say(items_.empty() ? wxString()
                               : wxString::Format("%zu / %zu", current_ + 1, items_.size()));
}

void PaperScreen::draw(const Scene& scene, const Tongue& tongue) {
    items_ = scene.items;
    current_ = scene.current;
    const widgets::Look& look = scene.choices.look;
    const bool wide = look.ems(GetParent()->GetClientSize().x) >= kWideEms;
    side_->Show(wide);
    if (wide) {
        const int width = Marks::width_of(kColumns, look);
        side_->SetMinSize(wxSize(width + 2 * kInset, -1));
        marks_->draw(scene, tongue);
        marks_->fit(width, look);
        legend_->wrap_to(width);
        legend_->say(tongue.say("terminal.paper.legend"_id));
        side_->Layout();
    }
    say_labels(tongue, wide);
    const bool last = current_ + 1 >= items_.size();
    // A button that is disabled under the keyboard hands it on.
    if (last && next_->HasFocus()) {
        review_->SetFocus();
    } else if (current_ == 0 && before_->HasFocus()) {
        next_->SetFocus();
    }
    if (!scene.history_open && history_->HasFocus()) {
        review_->SetFocus();
    }
    history_->Enable(scene.history_open);
    before_->Enable(current_ > 0);
    next_->Enable(!last);
    view_->set_zoom(look.scale);
    view_->set_ground(widgets::colour(look.theme, "card"));
    if (current_ < items_.size() && shown_ != items_[current_].item) {
        shown_ = items_[current_].item;
        view_->show(shown_);
    }
    foot_->Layout();
    Layout();
}

}  // namespace assay::terminal_ui
