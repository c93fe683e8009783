#include <wx/checkbox.h>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 680;

/// Two deliberate actions: a tick, then the button. Neither alone hands in, and the focus begins
/// on the way back.
class ConfirmScreen final : public CardScreen {
  public:
    ConfirmScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        text_ = put_words();
        unanswered_ = put_words("warm");
        put(sure_ = new wxCheckBox(card(), wxID_ANY, " "));
        back_ = widgets::make_button(card(), "plain");
        hand_in_ = widgets::make_button(card(), "primary");
        put_row({back_, hand_in_});
        sure_->Bind(wxEVT_CHECKBOX,
                    [this](wxCommandEvent& event) { hand_in_->Enable(event.IsChecked()); });
        back_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) {
            clear();
            actions.cancel_hand_in();
        });
        hand_in_->Bind(wxEVT_BUTTON, [this, &actions](wxCommandEvent&) {
            clear();
            actions.confirm_hand_in();
        });
        clear();
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        title_->say(tongue.say("terminal.confirm.title"_id));
        text_->say(tongue.say("terminal.confirm.text"_id));
        unanswered_->say(scene.unanswered == 0
                             ? wxString()
                             : tongue.say("terminal.confirm.unanswered"_id,
                                          {{"unanswered", std::to_string(scene.unanswered)}}));
        widgets::set_label(sure_, tongue.say("terminal.confirm.sure"_id));
        widgets::set_label(back_, tongue.say("terminal.confirm.back"_id));
        widgets::set_label(hand_in_, tongue.say("terminal.confirm.hand-in"_id));
        fit(scene.choices.look);
    }
    void focus_first() override {
        clear();
        back_->SetFocus();
    }

  private:
    void clear() {
        sure_->SetValue(false);
        hand_in_->Enable(false);
    }

    Words* title_ = nullptr;
    Words* text_ = nullptr;
    Words* unanswered_ = nullptr;
    wxCheckBox* sure_ = nullptr;
    wxButton* back_ = nullptr;
    wxButton* hand_in_ = nullptr;
};

}  // namespace

Screen* make_confirm_screen(wxWindow* parent, const Actions& actions) {
    return new ConfirmScreen(parent, actions);
}

}  // namespace assay::terminal_ui
