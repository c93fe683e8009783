#include <wx/textctrl.h>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

/// Looks the seat up by itself; number and seat code are the exception.
class CheckInScreen final : public Screen {
  public:
    CheckInScreen(wxWindow* parent, const Actions& actions) : Screen(parent), actions_(actions) {
        auto* card = new Card(this, 640);
        card->put(title_ = make_text(card, "title"));
        card->put(message_ = make_text(card, "body"));
        card->put(trouble_ = make_text(card, "warm"));
        card->put(number_label_ = make_text(card, "body"));
        card->put(number_ = new wxTextCtrl(card, wxID_ANY), wxEXPAND);
        card->put(code_label_ = make_text(card, "body"));
        card->put(code_ = new wxTextCtrl(card, wxID_ANY), wxEXPAND);
        card->put_row({go_ = make_button(card, "primary"), other_ = make_button(card, "plain")});
        number_->SetMaxLength(64);
        code_->SetMaxLength(32);
        go_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ask(); });
        other_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.by_number(!by_number_); });
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        by_number_ = scene.choices.by_number;
        set_text(title_, tongue.say("terminal.check-in.title"_id));
        set_text(message_,
                 tongue.say(by_number_ ? "terminal.check-in.by-number"_id
                                       : "terminal.check-in.by-seat"_id),
                 560);
        set_text(trouble_, scene.view.trouble ? tongue.error(*scene.view.trouble) : wxString(),
                 560);
        set_text(number_label_, tongue.say("terminal.check-in.number"_id));
        set_text(code_label_, tongue.say("terminal.check-in.code"_id));
        set_accessible_name(number_, tongue.say("terminal.check-in.number"_id));
        set_accessible_name(code_, tongue.say("terminal.check-in.code"_id));
        go_->SetLabel(tongue.say("terminal.check-in.go"_id));
        other_->SetLabel(tongue.say(by_number_ ? "terminal.check-in.use-seat"_id
                                               : "terminal.check-in.use-number"_id));
        for (wxWindow* each :
             {static_cast<wxWindow*>(number_label_), static_cast<wxWindow*>(number_),
              static_cast<wxWindow*>(code_label_), static_cast<wxWindow*>(code_)}) {
            each->Show(by_number_);
        }
        Layout();
    }
    void focus_first() override { by_number_ ? number_->SetFocus() : go_->SetFocus(); }

  private:
    void ask() {
        if (by_number_) {
            actions_.check_in(number_->GetValue().utf8_string(), code_->GetValue().utf8_string());
        } else {
            actions_.check_in(std::nullopt, std::nullopt);
        }
    }

    const Actions& actions_;
    bool by_number_ = false;
    wxStaticText* title_ = nullptr;
    wxStaticText* message_ = nullptr;
    wxStaticText* trouble_ = nullptr;
    wxStaticText* number_label_ = nullptr;
    wxTextCtrl* number_ = nullptr;
    wxStaticText* code_label_ = nullptr;
    wxTextCtrl* code_ = nullptr;
    wxButton* go_ = nullptr;
    wxButton* other_ = nullptr;
};

}  // namespace

Screen* make_check_in_screen(wxWindow* parent, const Actions& actions) {
    return new CheckInScreen(parent, actions);
}

}  // namespace assay::terminal_ui
