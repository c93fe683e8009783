#include <wx/tglbtn.h>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

using widgets::Look;
using widgets::Theme;

constexpr int kCardWidth = 760;
constexpr int kPercents[] = {100, 125, 150, 200, 300, 400};

struct ThemeRow {
    Theme theme;
    MessageId name;
};
constexpr ThemeRow kThemes[] = {{Theme::kLight, "terminal.display.light"_id},
                                {Theme::kDark, "terminal.display.dark"_id},
                                {Theme::kContrast, "terminal.display.contrast"_id}};

/// How the screens look and speak. Every press shows at once what it does.
class DisplayScreen final : public CardScreen {
  public:
    DisplayScreen(wxWindow* parent, const Actions& actions)
        : CardScreen(parent, kCardWidth), actions_(actions) {
        title_ = put_words("title");
        languages_title_ = put_words("section");
        chinese_ = make_choice([this] { actions_.set_language(text::Language::kChinese); });
        english_ = make_choice([this] { actions_.set_language(text::Language::kEnglish); });
        put_row({chinese_, english_});
        themes_title_ = put_words("section");
        for (const ThemeRow& row : kThemes) {
            themes_.push_back(make_choice(
                [this, theme = row.theme] { actions_.set_look({theme, look_.scale}); }));
        }
        put_row({themes_.begin(), themes_.end()});
        sizes_title_ = put_words("section");
        for (const int percent : kPercents) {
            sizes_.push_back(make_choice(
                [this, percent] { actions_.set_look({look_.theme, percent / 100.0}); }));
        }
        put_row({sizes_.begin(), sizes_.end()});
        back_ = widgets::make_button(card(), "primary");
        put_row({back_});
        back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.show_panel(Panel::kNone); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        look_ = scene.choices.look;
        title_->say(tongue.say("terminal.display.title"_id));
        languages_title_->say(tongue.say("terminal.display.language"_id));
        themes_title_->say(tongue.say("terminal.display.colours"_id));
        sizes_title_->say(tongue.say("terminal.display.size"_id));
        const bool chinese = tongue.language() == text::Language::kChinese;
        show(chinese_, wxString::FromUTF8("中文"), chinese);
        show(english_, "English", !chinese);
        for (std::size_t i = 0; i < themes_.size(); ++i) {
            show(themes_[i], tongue.say(kThemes[i].name), kThemes[i].theme == look_.theme);
        }
        for (std::size_t i = 0; i < sizes_.size(); ++i) {
            const int percent = kPercents[i];
            show(sizes_[i], wxString::Format("%d %%", percent),
                 percent == static_cast<int>(look_.scale * 100 + 0.5));
        }
        widgets::set_label(back_, tongue.say("terminal.display.back"_id));
        fit(look_);
    }
    void focus_first() override { back_->SetFocus(); }

  private:
    wxToggleButton* make_choice(std::function<void()> press) {
        auto* button = new wxToggleButton(card(), wxID_ANY, " ");
        widgets::set_style(button, "choice");
        button->Bind(wxEVT_TOGGLEBUTTON, [button, press = std::move(press)](wxCommandEvent&) {
            button->SetValue(true);  // one of each row is always chosen
            press();
        });
        return button;
    }
    static void show(wxToggleButton* button, const wxString& name, bool chosen) {
        widgets::set_label(button, name);
        button->SetValue(chosen);
        widgets::set_style(button, "chosen", chosen);
    }

    const Actions& actions_;
    Look look_;
    Words* title_ = nullptr;
    Words* languages_title_ = nullptr;
    Words* themes_title_ = nullptr;
    Words* sizes_title_ = nullptr;
    wxToggleButton* chinese_ = nullptr;
    wxToggleButton* english_ = nullptr;
    std::vector<wxToggleButton*> themes_;
    std::vector<wxToggleButton*> sizes_;
    wxButton* back_ = nullptr;
};

}  // namespace

Screen* make_display_screen(wxWindow* parent, const Actions& actions) {
    return new DisplayScreen(parent, actions);
}

}  // namespace assay::terminal_ui
