#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

/// The first screen speaks both languages at once: nobody has chosen yet.
class LanguageScreen final : public Screen {
  public:
    LanguageScreen(wxWindow* parent, const Actions& actions) : Screen(parent) {
        auto* card = new Card(this, 640);
        card->put(title_ = make_text(card, "title"));
        card->put(second_ = make_text(card, "heading"));
        card->put(seat_ = make_text(card, "faint"));
        card->put_row(
            {chinese_ = make_button(card, "primary"), english_ = make_button(card, "primary")});
        chinese_->Bind(wxEVT_BUTTON,
                       [&actions](wxCommandEvent&) { actions.begin(text::Language::kChinese); });
        english_->Bind(wxEVT_BUTTON,
                       [&actions](wxCommandEvent&) { actions.begin(text::Language::kEnglish); });
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const Tongue chinese(tongue.texts(), text::Language::kChinese);
        const Tongue english(tongue.texts(), text::Language::kEnglish);
        set_text(title_, chinese.say("terminal.language.title"_id));
        set_text(second_, english.say("terminal.language.title"_id));
        const MessageId state = scene.view.room_known ? "terminal.language.ready"_id
                                                      : "terminal.language.connecting"_id;
        set_text(seat_, chinese.say(state) + "   " + english.say(state));
        chinese_->SetLabel(chinese.say("terminal.language.choose"_id));
        english_->SetLabel(english.say("terminal.language.choose"_id));
        chinese_->Enable(scene.view.room_known);
        english_->Enable(scene.view.room_known);
        Layout();
    }
    void focus_first() override { chinese_->SetFocus(); }

  private:
    wxStaticText* title_ = nullptr;
    wxStaticText* second_ = nullptr;
    wxStaticText* seat_ = nullptr;
    wxButton* chinese_ = nullptr;
    wxButton* english_ = nullptr;
};

}  // namespace

Screen* make_language_screen(wxWindow* parent, const Actions& actions) {
    return new LanguageScreen(parent, actions);
}

}  // namespace assay::terminal_ui
