#include "terminal/ui/screen.h"
#include "terminal/widgets/picture.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 980;
constexpr int kQrPixelsMin = 300;
// Of the page: the rest is for the title and the words beside it.
constexpr double kQrOfHeight = 0.62;
constexpr double kQrOfWidth = 0.45;

/// The end: what was handed in, and the slip to take home. It is no score and says so.
class LastScreen final : public CardScreen {
  public:
    LastScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        qr_ = new widgets::Picture(card(), wxSize(kQrPixelsMin, kQrPixelsMin));
        state_ = new Words(card(), "heading");
        code_label_ = new Words(card(), "faint");
        code_ = new Words(card(), "code");
        text_ = new Words(card(), "body");
        ended_ = new Words(card(), "body");
        put_beside(qr_, {state_, code_label_, code_, text_, ended_});
        finish_ = widgets::make_button(card(), "plain");
        put_row({finish_});
        finish_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.finish(); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const sitting::View& view = scene.view;
        const bool terminated = view.phase == sitting::Phase::kTerminated;
        title_->say(
            tongue.say(terminated ? "terminal.last.terminated"_id : "terminal.last.title"_id));
        state_->say(tongue.say(view.countersigned   ? "terminal.last.countersigned"_id
                               : view.package_built ? "terminal.last.sending"_id
                                                    : "terminal.last.building"_id));
        code_label_->say(view.short_code.empty() ? wxString()
                                                 : tongue.say("terminal.last.code"_id));
        code_->say(wxString::FromUTF8(view.short_code));
        text_->say(view.slip ? tongue.say("terminal.last.text"_id) : wxString());
        const wxSize page = GetSize();
        const int side = std::max(
            kQrPixelsMin, static_cast<int>(std::min(page.y * kQrOfHeight, page.x * kQrOfWidth)));
        qr_->set_room(wxSize(side, side));
        if (view.slip && view.slip->text() != shown_) {
            shown_ = view.slip->text();
            if (const auto qr = render::make_qr(shown_); qr.ok()) {
                qr_->show_qr(*qr);
            }
        }
        widgets::set_accessible_name(qr_, tongue.say("terminal.last.qr"_id));
        qr_->Show(view.slip.has_value());
        ended_->say(view.may_finish ? tongue.say("terminal.last.sealed"_id) : wxString());
        widgets::set_label(finish_, tongue.say("terminal.last.finish"_id));
        finish_->Show(view.may_finish);
        fit(scene.choices.look);
    }
    void focus_first() override { SetFocusIgnoringChildren(); }

  private:
    std::string shown_;
    Words* title_ = nullptr;
    widgets::Picture* qr_ = nullptr;
    Words* state_ = nullptr;
    Words* code_label_ = nullptr;
    Words* code_ = nullptr;
    Words* text_ = nullptr;
    Words* ended_ = nullptr;
    wxButton* finish_ = nullptr;
};

}  // namespace

Screen* make_last_screen(wxWindow* parent, const Actions& actions) {
    return new LastScreen(parent, actions);
}

}  // namespace assay::terminal_ui
