#include "terminal/ui/paper_screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kNavigatorPixels = 250;

}  // namespace

PaperScreen::PaperScreen(wxWindow* parent, const Actions& actions, PageFiles files,
                         ItemView::OnMessage on_message)
    : Screen(parent), actions_(actions) {
    auto* side = new wxPanel(this);
    set_style(side, "card");
    auto* side_column = new wxBoxSizer(wxVERTICAL);
    marks_ = new Marks(side, [&actions](const std::string& item) { actions.open_item(item); });
    side_column->Add(marks_, 1, wxEXPAND | wxALL, 10);
    side_column->Add(legend_ = make_text(side, "faint"), 0, wxALL, 12);
    side->SetSizer(side_column);
    side->SetMinSize(wxSize(kNavigatorPixels, -1));

    view_ = new ItemView(this, std::move(files), std::move(on_message));

    auto* foot = new wxPanel(this);
    set_style(foot, "foot");
    auto* foot_row = new wxBoxSizer(wxHORIZONTAL);
    before_ = make_button(foot);
    flag_ = make_button(foot);
    next_ = make_button(foot, "primary");
    review_ = make_button(foot);
    foot_row->Add(before_, 0, wxALL, 8);
    foot_row->Add(next_, 0, wxALL, 8);
    foot_row->AddStretchSpacer();
    foot_row->Add(flag_, 0, wxALL, 8);
    foot_row->Add(review_, 0, wxALL, 8);
    foot->SetSizer(foot_row);
    before_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { step(-1); });
    next_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { step(1); });
    flag_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        if (current_ < items_.size()) {
            actions_.flag(items_[current_].item, !items_[current_].flagged);
        }
    });
    review_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.review(); });

    auto* middle = new wxBoxSizer(wxHORIZONTAL);
    middle->Add(side, 0, wxEXPAND | wxALL, 8);
    middle->Add(view_, 1, wxEXPAND | wxTOP | wxBOTTOM | wxRIGHT, 8);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(middle, 1, wxEXPAND);
    column->Add(foot, 0, wxEXPAND);
    SetSizer(column);
}

void PaperScreen::step(int by) {
    const std::size_t wanted = current_ + static_cast<std::size_t>(by);
    if (wanted < items_.size()) {
        actions_.open_item(items_[wanted].item);
    }
}

void PaperScreen::draw(const Scene& scene, const Tongue& tongue) {
    items_ = scene.items;
    current_ = scene.current;
    marks_->draw(items_, tongue);
    set_text(legend_, tongue.say("terminal.paper.legend"_id), kNavigatorPixels - 28);
    const bool last = current_ + 1 >= items_.size();
    before_->SetLabel(tongue.say("terminal.paper.before"_id));
    next_->SetLabel(tongue.say("terminal.paper.next"_id));
    review_->SetLabel(tongue.say("terminal.paper.review"_id));
    before_->Enable(current_ > 0);
    next_->Enable(!last);
    if (current_ < items_.size()) {
        flag_->SetLabel(tongue.say(items_[current_].flagged ? "terminal.paper.unflag"_id
                                                            : "terminal.paper.flag"_id));
        if (shown_ != items_[current_].item) {
            shown_ = items_[current_].item;
            view_->show(shown_);
        }
    }
    Layout();
}

}  // namespace assay::terminal_ui
