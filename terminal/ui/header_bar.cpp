#include "terminal/ui/header_bar.h"

#include "terminal/ui/desk_words.h"
#include "terminal/widgets/time_words.h"
#include "terminal/widgets/title.h"

namespace assay::terminal_ui {
namespace {

constexpr int kGap = 10;
constexpr int kBarHeight = 68;
constexpr int kStripInset = 12;
constexpr int kLineHeight = 24;  ///< of one line of words at scale one
constexpr int kWideEms = 60;  ///< narrower than that, the least needed goes into the display panel
constexpr int kNameEms = 40;  ///< narrower than that, one line has to do

/// Of a line of words: what is hidden keeps the style that it had when it was seen.
int height_of(const Words& words, const widgets::Look& look) {
    const int usual = look.px(kLineHeight);
    return words.IsShown() ? std::max(usual, words.GetBestSize().y) : usual;
}

}  // namespace

HeaderBar::HeaderBar(wxWindow* parent, const Actions& actions) : wxPanel(parent) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_bar(actions), 0, wxEXPAND);
    column->Add(make_strip(actions), 0, wxEXPAND);
    SetSizer(column);
}

wxPanel* HeaderBar::make_bar(const Actions& actions) {
    bar_ = new wxPanel(this);
    widgets::set_style(bar_, "bar");
    auto* left = new wxBoxSizer(wxVERTICAL);
    left->Add(title_ = new Words(bar_, "heading"), 0, wxEXPAND);
    left->Add(person_ = new Words(bar_, "faint"), 0, wxEXPAND);
    title_->cut_at_end();
    person_->cut_at_end();
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    const int middle = wxALIGN_CENTER_VERTICAL;
    row->Add(left, 1, middle | wxLEFT, 2 * kGap);
    row->Add(time_ = new Words(bar_, "time"), 0, middle | wxLEFT, 2 * kGap);
    row->Add(help_ = widgets::make_button(bar_), 0, middle | wxLEFT, 2 * kGap);
    row->Add(display_ = widgets::make_button(bar_), 0, middle | wxLEFT, kGap);
    row->Add(language_ = widgets::make_button(bar_), 0, middle | wxLEFT, kGap);
    row->AddSpacer(2 * kGap);
    bar_->SetSizer(row);
    help_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) { actions.raise_hand(!hand_up_); });
    display_->Bind(wxEVT_BUTTON,
                   [&actions](wxCommandEvent&) { actions.show_panel(Panel::kDisplay); });
    language_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) {
        actions.set_language(language_now_ == text::Language::kChinese ? text::Language::kEnglish
                                                                       : text::Language::kChinese);
    });
    return bar_;
}

wxPanel* HeaderBar::make_strip(const Actions& actions) {
    strip_ = new wxPanel(this);
    widgets::set_style(strip_, "strip");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    const int middle = wxALIGN_CENTER_VERTICAL;
    row->AddSpacer(2 * kGap);
    auto* news = new wxBoxSizer(wxHORIZONTAL);
    news->Add(0, 1);  // keeps the room where there is no message
    news->Add(message_ = new Words(strip_, "section"), 1, middle);
    news->Add(read_ = widgets::make_button(strip_, "strip-button"), 0, middle | wxLEFT, kGap);
    row->Add(news, 1, middle);
    row->Add(link_ = new Words(strip_, "faint"), 0, middle | wxLEFT, 2 * kGap);
    row->Add(saved_ = new Words(strip_, "good"), 0, middle | wxLEFT, 2 * kGap);
    row->AddSpacer(2 * kGap);
    message_->cut_at_end();
    strip_->SetSizer(row);
    read_->Bind(wxEVT_BUTTON,
                [&actions](wxCommandEvent&) { actions.show_panel(Panel::kMessages); });
    return strip_;
}

bool HeaderBar::has_name(const widgets::Look& look) const {
    return look.ems(GetParent()->GetClientSize().x) >= kNameEms;
}

void HeaderBar::draw_bar(const Scene& scene, const Tongue& tongue) {
    const widgets::Look& look = scene.choices.look;
    const bool wide = look.ems(GetParent()->GetClientSize().x) >= kWideEms;
    title_->say(scene.exam_title.empty() ? tongue.say("terminal.header.title"_id)
                                         : widgets::title_in(tongue, scene.exam_title));
    wxString person;
    if (scene.view.person && scene.choices.begun && has_name(look)) {
        const record::RosterRow& row = scene.view.person->row;
        person = wxString::FromUTF8(row.name) + "   " +
                 tongue.say("terminal.person.seat"_id, {{"seat", row.seat}});
    }
    person_->say(person);
    const wxString left = widgets::time_left_words(tongue, scene.view.remaining_ms);
    const wxString longest = widgets::longest_time_left(tongue);
    const auto with_words = [&](const wxString& time) {
        return tongue.say("terminal.header.time"_id, {{"time", time.utf8_string()}});
    };
    time_->reserve(wide ? with_words(longest) : longest);
    time_->say(!scene.timed ? wxString() : wide ? with_words(left) : left);
    widgets::set_accessible_name(time_, with_words(left));
    hand_up_ = scene.choices.hand_up;
    widgets::set_label(help_, tongue.say(hand_up_ ? "terminal.header.hand-down"_id
                                                  : "terminal.header.hand-up"_id));
    widgets::set_style(help_, "primary", hand_up_);
    help_->Show(scene.choices.begun);
    widgets::set_label(display_, tongue.say("terminal.header.display"_id));
    language_now_ = tongue.language();
    widgets::set_label(language_, language_now_ == text::Language::kChinese
                                      ? wxString("English")
                                      : wxString::FromUTF8("中文"));
    language_->Show(scene.choices.begun && wide);
}

// What appears in the bar later finds its room kept: nothing below ever moves.
void HeaderBar::keep_height(const widgets::Look& look) {
    if (look != look_ || bar_height_ == 0) {
        look_ = look;
        bar_height_ = kBarHeight;
    }
    const int name = has_name(look) ? height_of(*person_, look) : 0;
    const int lines = title_->GetBestSize().y + name;
    const int button = display_->GetBestSize().y;
    bar_height_ = std::max({bar_height_, lines + kGap, button + kGap});
    bar_->SetMinSize(wxSize(-1, bar_height_));
}

void HeaderBar::draw_strip(const Scene& scene, const Tongue& tongue) {
    const widgets::Look& look = scene.choices.look;
    const bool wide = look.ems(GetParent()->GetClientSize().x) >= kWideEms;
    wxString news;
    if (scene.minutes_left) {
        news = tongue.say("terminal.notice.minutes"_id,
                          {{"minutes", std::to_string(*scene.minutes_left)}});
    } else if (scene.message) {
        news = tongue.say("terminal.notice.desk"_id,
                          {{"text", desk_words(scene, *scene.message, tongue).utf8_string()}});
    }
    news.Replace("\n", " ");
    widgets::set_label(read_, tongue.say("terminal.notice.read"_id));
    read_->Show(scene.message && !scene.minutes_left);
    widgets::set_style(strip_, "warm", !news.empty());
    const bool up = !scene.trouble;
    const wxString state = !scene.choices.begun ? wxString()
                           : up                 ? tongue.say("terminal.header.link-up"_id)
                                                : tongue.say(*scene.trouble);
    // In little room the newest is said: a message, else trouble, else nothing but "saved".
    message_->say(!wide && news.empty() && !up ? state : news);
    link_->say(wide ? state : wxString());
    widgets::set_style(link_, "warm", !up);
    widgets::set_style(link_, "faint", up);
    const MessageId saved = scene.save_failed ? "terminal.header.not-saved"_id
                            : scene.saving    ? "terminal.header.saving"_id
                                              : "terminal.header.saved"_id;
    saved_->reserve(tongue.say("terminal.header.saved"_id));
    saved_->say(scene.timed ? tongue.say(saved) : wxString());
    widgets::set_style(saved_, "good", !scene.save_failed);
    widgets::set_style(saved_, "warm", scene.save_failed);
    const int line =
        std::max({height_of(*message_, look), height_of(*link_, look), height_of(*saved_, look)});
    strip_->SetMinSize(wxSize(-1, line + kStripInset));
}

void HeaderBar::draw(const Scene& scene, const Tongue& tongue) {
    draw_bar(scene, tongue);
    draw_strip(scene, tongue);
    keep_height(scene.choices.look);
    bar_->Layout();
    strip_->Layout();
    Layout();
}

}  // namespace assay::terminal_ui
