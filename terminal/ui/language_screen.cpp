#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 640;

/// The first screen speaks both languages at once: nobody has chosen yet.
class LanguageScreen final : public CardScreen {
  public:
    LanguageScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        second_ = put_words("heading");
        seat_ = put_words("faint");
        second_seat_ = put_words("faint");
        chinese_ = widgets::make_button(card(), "primary");
        english_ = widgets::make_button(card(), "primary");
        put_row({chinese_, english_});
        chinese_->Bind(wxEVT_BUTTON,
                       [&actions](wxCommandEvent&) { actions.begin(text::Language::kChinese); });
        english_->Bind(wxEVT_BUTTON,
                       [&actions](wxCommandEvent&) { actions.begin(text::Language::kEnglish); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const Tongue chinese(tongue.texts(), text::Language::kChinese);
        const Tongue english(tongue.texts(), text::Language::kEnglish);
        title_->say(chinese.say("terminal.language.title"_id));
        second_->say(english.say("terminal.language.title"_id));
        const MessageId state = scene.view.room_known ? "terminal.language.ready"_id
                                : scene.view.finished ? "terminal.language.next"_id
                                                      : "terminal.language.connecting"_id;
        seat_->say(chinese.say(state));
        second_seat_->say(english.say(state));
        widgets::set_label(chinese_, chinese.say("terminal.language.choose"_id));
        widgets::set_label(english_, english.say("terminal.language.choose"_id));
        const bool was = chinese_->IsEnabled();
        chinese_->Enable(scene.view.room_known);
        english_->Enable(scene.view.room_known);
        if (!was && scene.view.room_known && IsShown()) {
            focus_first();
        }
        fit(scene.choices.look);
    }
    void focus_first() override { chinese_->SetFocus(); }

  private:
    Words* title_ = nullptr;
    Words* second_ = nullptr;
    Words* seat_ = nullptr;
    Words* second_seat_ = nullptr;
    wxButton* chinese_ = nullptr;
    wxButton* english_ = nullptr;
};

}  // namespace

Screen* make_language_screen(wxWindow* parent, const Actions& actions) {
    return new LanguageScreen(parent, actions);
}

}  // namespace assay::terminal_ui
