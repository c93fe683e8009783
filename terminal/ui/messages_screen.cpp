#include "terminal/ui/desk_words.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 760;
constexpr std::size_t kShownMax = 50;

/// What the invigilator wrote to the room, the newest first.
class MessagesScreen final : public CardScreen {
  public:
    MessagesScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        none_ = put_words("faint");
        newest_ = put_words("heading");
        earlier_title_ = put_words("section");
        earlier_ = put_words();
        back_ = widgets::make_button(card(), "primary");
        put_row({back_});
        back_->Bind(wxEVT_BUTTON,
                    [&actions](wxCommandEvent&) { actions.show_panel(Panel::kNone); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const std::vector<sitting::DeskText>& messages = scene.view.desk_texts;
        title_->say(tongue.say("terminal.messages.title"_id));
        none_->say(messages.empty() ? tongue.say("terminal.messages.none"_id) : wxString());
        newest_->say(messages.empty() ? wxString() : desk_words(scene, messages.back(), tongue));
        wxString earlier;
        for (std::size_t i = messages.size(); i-- > 1 && messages.size() - i < kShownMax;) {
            earlier += (earlier.empty() ? "" : "\n\n") + desk_words(scene, messages[i - 1], tongue);
        }
        earlier_title_->say(earlier.empty() ? wxString()
                                            : tongue.say("terminal.messages.earlier"_id));
        earlier_->say(earlier);
        widgets::set_label(back_, tongue.say("terminal.display.back"_id));
        fit(scene.choices.look);
    }
    void focus_first() override { back_->SetFocus(); }

  private:
    Words* title_ = nullptr;
    Words* none_ = nullptr;
    Words* newest_ = nullptr;
    Words* earlier_title_ = nullptr;
    Words* earlier_ = nullptr;
    wxButton* back_ = nullptr;
};

}  // namespace

Screen* make_messages_screen(wxWindow* parent, const Actions& actions) {
    return new MessagesScreen(parent, actions);
}

}  // namespace assay::terminal_ui
