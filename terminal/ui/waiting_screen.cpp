#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

using sitting::Phase;

struct Words {
    MessageId title;
    MessageId text;
};

Words words_for(const Scene& scene) {
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

/// Nothing to do: says what is awaited, calmly.
class WaitingScreen final : public Screen {
  public:
    explicit WaitingScreen(wxWindow* parent) : Screen(parent) {
        auto* card = new Card(this, 680);
        card->put(title_ = make_text(card, "title"));
        card->put(text_ = make_text(card, "body"));
        card->put(person_ = make_text(card, "heading"));
        card->put(trouble_ = make_text(card, "warm"));
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const Words words = words_for(scene);
        set_text(title_, tongue.say(words.title));
        set_text(text_, tongue.say(words.text), 600);
        if (scene.view.person) {
            const record::RosterRow& row = scene.view.person->row;
            set_text(person_, wxString::FromUTF8(row.name) + "   " +
                                  tongue.say("terminal.person.seat"_id, {{"seat", row.seat}}));
        }
        set_text(trouble_, scene.view.trouble ? tongue.error(*scene.view.trouble) : wxString(),
                 600);
        Layout();
    }

  private:
    wxStaticText* title_ = nullptr;
    wxStaticText* text_ = nullptr;
    wxStaticText* person_ = nullptr;
    wxStaticText* trouble_ = nullptr;
};

}  // namespace

Screen* make_waiting_screen(wxWindow* parent) { return new WaitingScreen(parent); }

}  // namespace assay::terminal_ui
