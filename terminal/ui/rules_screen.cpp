#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 800;

/// The rules, and what the camera records, before anything of it begins.
class RulesScreen final : public CardScreen {
  public:
    RulesScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        time_ = put_words();
        more_time_ = put_words();
        saving_ = put_words();
        help_ = put_words();
        camera_title_ = put_words("heading");
        no_camera_here_ = put_words();
        camera_ = put_words();
        agree_ = widgets::make_button(card(), "primary");
        disagree_ = widgets::make_button(card(), "plain");
        put_row({agree_, disagree_});
        agree_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.consent(true); });
        disagree_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.consent(false); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const record::SittingRules rules = scene.rules.value_or(record::SittingRules{});
        title_->say(tongue.say("terminal.rules.title"_id));
        const bool free = rules.earliest_hand_in_minutes == 0;
        time_->say(tongue.say(free ? "terminal.rules.time-free"_id : "terminal.rules.time"_id,
                              {{"minutes", std::to_string(scene.whole_seconds / 60)},
                               {"earliest", std::to_string(rules.earliest_hand_in_minutes)}}));
        more_time_->say(scene.more_time ? tongue.say("terminal.rules.more-time"_id) : wxString());
        saving_->say(tongue.say("terminal.rules.saving"_id));
        help_->say(tongue.say("terminal.rules.help"_id));
        const bool camera = rules.camera != record::CameraPolicy::kNone;
        camera_title_->say(tongue.say("terminal.rules.camera-title"_id));
        no_camera_here_->say(camera && !scene.camera_here
                                 ? tongue.say("terminal.rules.no-camera-here"_id)
                                 : wxString());
        camera_->say(
            tongue.say(camera ? "terminal.rules.camera"_id : "terminal.rules.no-camera"_id));
        widgets::set_label(agree_, tongue.say("terminal.rules.agree"_id));
        widgets::set_label(disagree_, tongue.say("terminal.rules.disagree"_id));
        disagree_->Show(camera);
        fit(scene.choices.look);
    }
    void focus_first() override { agree_->SetFocus(); }

  private:
    Words* title_ = nullptr;
    Words* time_ = nullptr;
    Words* more_time_ = nullptr;
    Words* saving_ = nullptr;
    Words* help_ = nullptr;
    Words* camera_title_ = nullptr;
    Words* no_camera_here_ = nullptr;
    Words* camera_ = nullptr;
    wxButton* agree_ = nullptr;
    wxButton* disagree_ = nullptr;
};

}  // namespace

Screen* make_rules_screen(wxWindow* parent, const Actions& actions) {
    return new RulesScreen(parent, actions);
}

}  // namespace assay::terminal_ui
