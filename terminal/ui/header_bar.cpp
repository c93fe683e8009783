#include "terminal/ui/header_bar.h"

namespace assay::terminal_ui {

HeaderBar::HeaderBar(wxWindow* parent, const Actions& actions) : wxPanel(parent) {
    set_style(this, "bar");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* left = new wxBoxSizer(wxVERTICAL);
    left->Add(title_ = make_text(this, "heading"));
    left->Add(person_ = make_text(this, "faint"));
    row->Add(left, 0, wxALL | wxALIGN_CENTER_VERTICAL, 10);
    row->AddStretchSpacer();
    auto* state = new wxBoxSizer(wxVERTICAL);
    state->Add(saved_ = make_text(this, "good"), 0, wxALIGN_RIGHT);
    state->Add(link_ = make_text(this, "faint"), 0, wxALIGN_RIGHT);
    row->Add(state, 0, wxALL | wxALIGN_CENTER_VERTICAL, 10);
    row->Add(time_ = make_text(this, "time"), 0, wxALL | wxALIGN_CENTER_VERTICAL, 14);
    row->Add(help_ = make_button(this, "plain"), 0, wxALL | wxALIGN_CENTER_VERTICAL, 6);
    row->Add(language_ = make_button(this, "plain"), 0, wxALL | wxALIGN_CENTER_VERTICAL, 6);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(row, 0, wxEXPAND);
    column->Add(notice_ = make_text(this, "warm"), 0, wxALL | wxALIGN_CENTER_HORIZONTAL, 6);
    notice_->Hide();
    SetSizer(column);
    help_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) {
        hand_up_ = !hand_up_;
        actions.raise_hand(hand_up_);
    });
    language_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) {
        const bool chinese_now = language_->GetLabel() == "English";
        actions.set_language(chinese_now ? text::Language::kEnglish : text::Language::kChinese);
    });
}

void HeaderBar::show_notice(const wxString& words) {
    notice_->SetLabel(words);
    notice_->Show(!words.empty());
    GetParent()->Layout();
}

void HeaderBar::draw(const Scene& scene, const Tongue& tongue) {
    const bool begun = scene.screen != ScreenName::kLanguage;
    const bool timed = scene.screen == ScreenName::kPaper || scene.screen == ScreenName::kReview ||
                       scene.screen == ScreenName::kConfirm || scene.screen == ScreenName::kPaused;
    set_text(title_, scene.exam_title.empty() ? tongue.say("terminal.header.title"_id)
                                              : wxString::FromUTF8(scene.exam_title));
    wxString person;
    if (scene.view.person && begun) {
        const record::RosterRow& row = scene.view.person->row;
        person = wxString::FromUTF8(row.name) + "   " +
                 tongue.say("terminal.person.seat"_id, {{"seat", row.seat}});
    }
    set_text(person_, person);
    const MessageId saved = scene.save_failed ? "terminal.header.not-saved"_id
                            : scene.saving    ? "terminal.header.saving"_id
                                              : "terminal.header.saved"_id;
    set_text(saved_, timed ? tongue.say(saved) : wxString());
    const bool down = scene.view.link == sitting::LinkState::kDown;
    set_text(link_, begun ? tongue.say(down ? "terminal.header.link-down"_id
                                            : "terminal.header.link-up"_id)
                          : wxString());
    const std::string left = time_text(scene.view.remaining_ms);
    set_text(time_, timed ? tongue.say("terminal.header.time"_id, {{"time", left}}) : wxString());
    help_->SetLabel(
        tongue.say(hand_up_ ? "terminal.header.hand-down"_id : "terminal.header.hand-up"_id));
    help_->Show(begun);
    language_->SetLabel(tongue.language() == text::Language::kChinese ? wxString("English")
                                                                      : wxString::FromUTF8("中文"));
    language_->Show(begun);
    Layout();
}

}  // namespace assay::terminal_ui
