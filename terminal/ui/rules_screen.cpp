#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kTextPixels = 700;

/// The rules, and what the camera records, before anything of it begins.
class RulesScreen final : public Screen {
  public:
    RulesScreen(wxWindow* parent, const Actions& actions) : Screen(parent) {
        auto* card = new Card(this, 800);
        card->put(title_ = make_text(card, "title"));
        card->put(rules_ = make_text(card, "body"));
        card->put(camera_title_ = make_text(card, "heading"));
        card->put(camera_ = make_text(card, "body"));
        card->put_row(
            {agree_ = make_button(card, "primary"), disagree_ = make_button(card, "plain")});
        agree_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.consent(true); });
        disagree_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.consent(false); });
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const record::SittingRules rules = scene.rules.value_or(record::SittingRules{});
        set_text(title_, tongue.say("terminal.rules.title"_id));
        set_text(rules_,
                 tongue.say("terminal.rules.text"_id,
                            {{"minutes", std::to_string(rules.duration_minutes)},
                             {"earliest", std::to_string(rules.earliest_hand_in_minutes)}}),
                 kTextPixels);
        const bool camera = rules.camera != record::CameraPolicy::kNone;
        set_text(camera_title_, tongue.say("terminal.rules.camera-title"_id));
        set_text(camera_,
                 tongue.say(camera ? "terminal.rules.camera"_id : "terminal.rules.no-camera"_id),
                 kTextPixels);
        agree_->SetLabel(tongue.say("terminal.rules.agree"_id));
        disagree_->SetLabel(tongue.say("terminal.rules.disagree"_id));
        disagree_->Show(camera);
        Layout();
    }
    void focus_first() override { agree_->SetFocus(); }

  private:
    wxStaticText* title_ = nullptr;
    wxStaticText* rules_ = nullptr;
    wxStaticText* camera_title_ = nullptr;
    wxStaticText* camera_ = nullptr;
    wxButton* agree_ = nullptr;
    wxButton* disagree_ = nullptr;
};

}  // namespace

Screen* make_rules_screen(wxWindow* parent, const Actions& actions) {
    return new RulesScreen(parent, actions);
}

}  // namespace assay::terminal_ui
