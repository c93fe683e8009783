#include "terminal/ui/marks.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

/// What is unanswered or flagged, before hand-in. A press on an item goes there.
class ReviewScreen final : public Screen {
  public:
    ReviewScreen(wxWindow* parent, const Actions& actions) : Screen(parent) {
        auto* card = new Card(this, 860);
        card->put(title_ = make_text(card, "title"));
        card->put(summary_ = make_text(card, "heading"));
        marks_ = new Marks(card, [&actions](const std::string& item) { actions.open_item(item); });
        marks_->SetMinSize(wxSize(780, 240));
        card->put(marks_, wxEXPAND);
        card->put(legend_ = make_text(card, "faint"));
        card->put(note_ = make_text(card, "warm"));
        card->put_row(
            {back_ = make_button(card, "plain"), hand_in_ = make_button(card, "primary")});
        back_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.back_to_paper(); });
        hand_in_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.ask_hand_in(); });
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        set_text(title_, tongue.say("terminal.review.title"_id));
        set_text(summary_, tongue.say(scene.unanswered == 0 ? "terminal.review.all-answered"_id
                                                            : "terminal.review.unanswered"_id,
                                      {{"unanswered", std::to_string(scene.unanswered)},
                                       {"flagged", std::to_string(scene.flagged)}}));
        set_text(legend_, tongue.say("terminal.review.legend"_id), 780);
        const std::uint32_t earliest = scene.rules ? scene.rules->earliest_hand_in_minutes : 0;
        set_text(note_, scene.hand_in_open ? wxString()
                                           : tongue.say("terminal.review.too-early"_id,
                                                        {{"minutes", std::to_string(earliest)}}));
        back_->SetLabel(tongue.say("terminal.review.back"_id));
        hand_in_->SetLabel(tongue.say("terminal.review.hand-in"_id));
        hand_in_->Enable(scene.hand_in_open);
        marks_->draw(scene.items, tongue);
        Layout();
    }
    void focus_first() override { back_->SetFocus(); }

  private:
    wxStaticText* title_ = nullptr;
    wxStaticText* summary_ = nullptr;
    Marks* marks_ = nullptr;
    wxStaticText* legend_ = nullptr;
    wxStaticText* note_ = nullptr;
    wxButton* back_ = nullptr;
    wxButton* hand_in_ = nullptr;
};

}  // namespace

Screen* make_review_screen(wxWindow* parent, const Actions& actions) {
    return new ReviewScreen(parent, actions);
}

}  // namespace assay::terminal_ui
