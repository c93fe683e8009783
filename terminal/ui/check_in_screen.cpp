#include "terminal/ui/screen.h"
#include "terminal/widgets/entry.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 640;

/// Looks the seat up by itself; number and seat code are the exception.
class CheckInScreen final : public CardScreen {
  public:
    CheckInScreen(wxWindow* parent, const Actions& actions)
        : CardScreen(parent, kCardWidth), actions_(actions) {
        title_ = put_words("title");
        message_ = put_words();
        trouble_ = put_words("warm");
        number_label_ = put_words("section");
        number_ = put_line(64);
        code_label_ = put_words("section");
        code_ = put_line(32);
        go_ = widgets::make_button(card(), "primary");
        other_ = widgets::make_button(card(), "plain");
        put_row({go_, other_});
        go_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ask(); });
        other_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
            actions_.by_number(!by_number_);
            focus_first();
        });
        number_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { code_->SetFocus(); });
        code_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { ask(); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        by_number_ = scene.choices.by_number;
        if (scene.choices.look != look_ && by_number_) {
            number_->InvalidateBestSize();
            code_->InvalidateBestSize();
        }
        look_ = scene.choices.look;
        title_->say(tongue.say("terminal.check-in.title"_id));
        message_->say(tongue.say(by_number_ ? "terminal.check-in.by-number"_id
                                            : "terminal.check-in.by-seat"_id));
        trouble_->say(scene.view.trouble ? tongue.error(*scene.view.trouble) : wxString());
        const wxString number = tongue.say("terminal.check-in.number"_id);
        const wxString code = tongue.say("terminal.check-in.code"_id);
        number_label_->say(by_number_ ? number : wxString());
        code_label_->say(by_number_ ? code : wxString());
        widgets::set_accessible_name(number_, number);
        widgets::set_accessible_name(code_, code);
        number_->Show(by_number_);
        code_->Show(by_number_);
        widgets::set_label(go_, tongue.say("terminal.check-in.go"_id));
        widgets::set_label(other_, tongue.say(by_number_ ? "terminal.check-in.use-seat"_id
                                                         : "terminal.check-in.use-number"_id));
        fit(look_);
    }
    void focus_first() override { by_number_ ? number_->SetFocus() : go_->SetFocus(); }

  private:
    wxTextCtrl* put_line(unsigned long most) {
        auto* line = new widgets::Entry(card(), most);
        put(line, wxEXPAND);
        return line;
    }
    void ask() {
        if (by_number_) {
            actions_.check_in(number_->GetValue().utf8_string(), code_->GetValue().utf8_string());
        } else {
            actions_.check_in(std::nullopt, std::nullopt);
        }
    }

    const Actions& actions_;
    bool by_number_ = false;
    widgets::Look look_;
    Words* title_ = nullptr;
    Words* message_ = nullptr;
    Words* trouble_ = nullptr;
    Words* number_label_ = nullptr;
    wxTextCtrl* number_ = nullptr;
    Words* code_label_ = nullptr;
    wxTextCtrl* code_ = nullptr;
    wxButton* go_ = nullptr;
    wxButton* other_ = nullptr;
};

}  // namespace

Screen* make_check_in_screen(wxWindow* parent, const Actions& actions) {
    return new CheckInScreen(parent, actions);
}

}  // namespace assay::terminal_ui
