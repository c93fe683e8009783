#include "terminal/ui/picture.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

/// The end: what was handed in, and the slip to take home. It is no score and says so.
class LastScreen final : public Screen {
  public:
    explicit LastScreen(wxWindow* parent) : Screen(parent) {
        auto* card = new Card(this, 820);
        card->put(title_ = make_text(card, "title"));
        auto* row = new wxBoxSizer(wxHORIZONTAL);
        row->Add(qr_ = new Picture(card, wxSize(300, 300)), 0, wxRIGHT, 28);
        auto* words = new wxBoxSizer(wxVERTICAL);
        words->Add(state_ = make_text(card, "heading"), 0, wxBOTTOM, 12);
        words->Add(code_label_ = make_text(card, "faint"), 0, wxBOTTOM, 4);
        words->Add(code_ = make_text(card, "code"), 0, wxBOTTOM, 16);
        words->Add(text_ = make_text(card, "body"), 0, wxBOTTOM, 12);
        row->Add(words, 1);
        card->column()->Add(row, 0, wxEXPAND);
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        const bool terminated = scene.view.phase == sitting::Phase::kTerminated;
        set_text(title_,
                 tongue.say(terminated ? "terminal.last.terminated"_id : "terminal.last.title"_id));
        const sitting::View& view = scene.view;
        set_text(state_,
                 tongue.say(view.countersigned   ? "terminal.last.countersigned"_id
                            : view.package_built ? "terminal.last.sending"_id
                                                 : "terminal.last.building"_id),
                 400);
        set_text(code_label_,
                 view.short_code.empty() ? wxString() : tongue.say("terminal.last.code"_id));
        set_text(code_, wxString::FromUTF8(view.short_code));
        set_text(text_, tongue.say("terminal.last.text"_id), 400);
        if (view.slip && view.slip->text() != shown_) {
            shown_ = view.slip->text();
            if (const auto qr = render::make_qr(shown_); qr.ok()) {
                qr_->show_qr(*qr);
            }
            set_accessible_name(qr_, tongue.say("terminal.last.qr"_id));
        }
        qr_->Show(view.slip.has_value());
        Layout();
    }

  private:
    std::string shown_;
    wxStaticText* title_ = nullptr;
    Picture* qr_ = nullptr;
    wxStaticText* state_ = nullptr;
    wxStaticText* code_label_ = nullptr;
    wxStaticText* code_ = nullptr;
    wxStaticText* text_ = nullptr;
};

}  // namespace

Screen* make_last_screen(wxWindow* parent) { return new LastScreen(parent); }

}  // namespace assay::terminal_ui
