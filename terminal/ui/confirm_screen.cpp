#include <wx/checkbox.h>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

/// Two deliberate actions: a tick, then the button. Neither alone hands in, and the focus begins
/// on the way back.
class ConfirmScreen final : public Screen {
  public:
    ConfirmScreen(wxWindow* parent, const Actions& actions) : Screen(parent) {
        auto* card = new Card(this, 680);
        card->put(title_ = make_text(card, "title"));
        card->put(text_ = make_text(card, "body"));
        card->put(unanswered_ = make_text(card, "warm"));
        card->put(sure_ = new wxCheckBox(card, wxID_ANY, " "));
        card->put_row(
            {back_ = make_button(card, "plain"), hand_in_ = make_button(card, "primary")});
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
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        set_text(title_, tongue.say("terminal.confirm.title"_id));
        set_text(text_, tongue.say("terminal.confirm.text"_id), 600);
        set_text(unanswered_,
                 scene.unanswered == 0
                     ? wxString()
                     : tongue.say("terminal.confirm.unanswered"_id,
                                  {{"unanswered", std::to_string(scene.unanswered)}}),
                 600);
        sure_->SetLabel(tongue.say("terminal.confirm.sure"_id));
        back_->SetLabel(tongue.say("terminal.confirm.back"_id));
        hand_in_->SetLabel(tongue.say("terminal.confirm.hand-in"_id));
        Layout();
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

    wxStaticText* title_ = nullptr;
    wxStaticText* text_ = nullptr;
    wxStaticText* unanswered_ = nullptr;
    wxCheckBox* sure_ = nullptr;
    wxButton* back_ = nullptr;
    wxButton* hand_in_ = nullptr;
};

}  // namespace

Screen* make_confirm_screen(wxWindow* parent, const Actions& actions) {
    return new ConfirmScreen(parent, actions);
}

}  // namespace assay::terminal_ui
