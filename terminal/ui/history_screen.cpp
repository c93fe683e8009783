#include <wx/datetime.h>

#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 860;

/// Earlier texts of an answer, one at a time; one of them can stand again.
class HistoryScreen final : public CardScreen {
  public:
    HistoryScreen(wxWindow* parent, const Actions& actions)
        : CardScreen(parent, kCardWidth), actions_(actions) {
        title_ = put_words("title");
        place_ = put_words("heading");
        why_ = put_words("faint");
        earlier_ = widgets::make_button(card());
        later_ = widgets::make_button(card());
        restore_ = widgets::make_button(card());
        back_ = widgets::make_button(card(), "primary");
        put_row({earlier_, later_, restore_, back_});
        text_ = put_words();
        earlier_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { turn(-1); });
        later_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { turn(1); });
        restore_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.restore(); });
        back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { actions_.show_panel(Panel::kNone); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const std::vector<HistoryEntry>& entries = scene.choices.history;
        version_ = scene.choices.version;
        title_->say(tongue.say("terminal.history.title"_id));
        const bool some = version_ < entries.size();
        place_->say(some ? place(entries[version_], entries.size(), tongue)
                         : tongue.say("terminal.history.none"_id));
        why_->say(some ? tongue.say("terminal.history.why"_id) : wxString());
        text_->say(some ? wxString::FromUTF8(shown_text(entries[version_].text)) : wxString());
        widgets::set_label(earlier_, tongue.say("terminal.history.earlier"_id));
        widgets::set_label(later_, tongue.say("terminal.history.later"_id));
        widgets::set_label(restore_, tongue.say("terminal.history.restore"_id));
        widgets::set_label(back_, tongue.say("terminal.display.back"_id));
        enable(earlier_, some && version_ > 0);
        enable(later_, version_ + 1 < entries.size());
        enable(restore_, version_ + 1 < entries.size());
        fit(scene.choices.look);
    }
    void focus_first() override { (earlier_->IsEnabled() ? earlier_ : back_)->SetFocus(); }

  private:
    void turn(int by) { actions_.show_version(version_ + static_cast<std::size_t>(by)); }

    /// A button that is disabled under the keyboard hands it on.
    void enable(wxButton* button, bool on) {
        if (!on && button->HasFocus()) {
            back_->SetFocus();
        }
        button->Enable(on);
    }

    wxString place(const HistoryEntry& entry, std::size_t count, const Tongue& tongue) const {
        const wxDateTime at(static_cast<time_t>(entry.wall.seconds));
        return tongue.say("terminal.history.place"_id,
                          {{"number", std::to_string(version_ + 1)},
                           {"count", std::to_string(count)},
                           {"time", at.Format("%H:%M:%S").utf8_string()},
                           {"letters", std::to_string(entry.letters)}});
    }

    const Actions& actions_;
    std::size_t version_ = 0;
    Words* title_ = nullptr;
    Words* place_ = nullptr;
    Words* why_ = nullptr;
    Words* text_ = nullptr;
    wxButton* earlier_ = nullptr;
    wxButton* later_ = nullptr;
    wxButton* restore_ = nullptr;
    wxButton* back_ = nullptr;
};

}  // namespace

Screen* make_history_screen(wxWindow* parent, const Actions& actions) {
    return new HistoryScreen(parent, actions);
}

}  // namespace assay::terminal_ui
