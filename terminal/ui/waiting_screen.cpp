#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

using sitting::Phase;

struct Awaited {
    MessageId title;
    MessageId text;
};

Awaited words_for(const Scene& scene) {
    switch (scene.view.phase) {
        case Phase::kPaused:
            return {"terminal.paused.title"_id, "terminal.paused.text"_id};
        case Phase::kReleased:
            return {"terminal.waiting.released-title"_id, "terminal.waiting.released-text"_id};
        case Phase::kReopened:
            return {"terminal.waiting.resume-title"_id, "terminal.waiting.resume-text"_id};
        case Phase::kCheckIn:
            return {"terminal.waiting.admission-title"_id, "terminal.waiting.admission-text"_id};
        default:
            return {"terminal.waiting.title"_id, "terminal.waiting.text"_id};
    }
}

constexpr int kCardWidth = 680;

/// Nothing to do: says what is awaited, calmly.
class WaitingScreen final : public CardScreen {
  public:
    explicit WaitingScreen(wxWindow* parent) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        text_ = put_words();
        person_ = put_words("heading");
        trouble_ = put_words("warm");
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const Awaited words = words_for(scene);
        title_->say(tongue.say(words.title));
        text_->say(tongue.say(words.text));
        if (scene.view.person) {
            const record::RosterRow& row = scene.view.person->row;
            person_->say(wxString::FromUTF8(row.name) + "   " +
                         tongue.say("terminal.person.seat"_id, {{"seat", row.seat}}));
        }
        // A desk that is away is said once, in the strip above.
        const bool away = scene.view.link == sitting::LinkState::kDown;
        trouble_->say(scene.view.trouble && !away ? tongue.error(*scene.view.trouble) : wxString());
        fit(scene.choices.look);
    }

  private:
    Words* title_ = nullptr;
    Words* text_ = nullptr;
    Words* person_ = nullptr;
    Words* trouble_ = nullptr;
};

}  // namespace

Screen* make_waiting_screen(wxWindow* parent) { return new WaitingScreen(parent); }

}  // namespace assay::terminal_ui
