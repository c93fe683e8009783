#include "terminal/ui/marks.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 860;

/// What is unanswered or flagged, before hand-in. A press on an item goes there.
class ReviewScreen final : public CardScreen {
  public:
    ReviewScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        summary_ = put_words("heading");
        marks_ =
            new Marks(card(), [&actions](const std::string& item) { actions.open_item(item); });
        put(marks_, wxEXPAND);
        legend_ = put_words("faint");
        note_ = put_words("warm");
        back_ = widgets::make_button(card(), "plain");
        hand_in_ = widgets::make_button(card(), "primary");
        put_row({back_, hand_in_});
        back_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.back_to_paper(); });
        hand_in_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.ask_hand_in(); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        title_->say(tongue.say("terminal.review.title"_id));
        summary_->say(tongue.say(scene.unanswered == 0 ? "terminal.review.all-answered"_id
                                                       : "terminal.review.unanswered"_id,
                                 {{"unanswered", std::to_string(scene.unanswered)},
                                  {"flagged", std::to_string(scene.flagged)}}));
        legend_->say(tongue.say("terminal.review.legend"_id));
        const std::uint32_t earliest = scene.rules ? scene.rules->earliest_hand_in_minutes : 0;
        note_->say(scene.hand_in_open ? wxString()
                                      : tongue.say("terminal.review.too-early"_id,
                                                   {{"minutes", std::to_string(earliest)}}));
        widgets::set_label(back_, tongue.say("terminal.review.back"_id));
        widgets::set_label(hand_in_, tongue.say("terminal.review.hand-in"_id));
        hand_in_->Enable(scene.hand_in_open);
        marks_->draw(scene, tongue);
        fit(scene.choices.look);
        marks_->fit(inner_width(), scene.choices.look);
        fit(scene.choices.look);
    }
    void focus_first() override { back_->SetFocus(); }

  private:
    Words* title_ = nullptr;
    Words* summary_ = nullptr;
    Marks* marks_ = nullptr;
    Words* legend_ = nullptr;
    Words* note_ = nullptr;
    wxButton* back_ = nullptr;
    wxButton* hand_in_ = nullptr;
};

}  // namespace

Screen* make_review_screen(wxWindow* parent, const Actions& actions) {
    return new ReviewScreen(parent, actions);
}

}  // namespace assay::terminal_ui
