#include "terminal/ui/picture.h"
#include "terminal/ui/screen.h"

namespace assay::terminal_ui {
namespace {

class PersonScreen final : public Screen {
  public:
    PersonScreen(wxWindow* parent, const Actions& actions) : Screen(parent) {
        auto* card = new Card(this, 720);
        card->put(title_ = make_text(card, "title"));
        auto* row = new wxBoxSizer(wxHORIZONTAL);
        row->Add(photo_ = new Picture(card, wxSize(180, 240)), 0, wxRIGHT, 28);
        auto* facts = new wxBoxSizer(wxVERTICAL);
        facts->Add(name_ = make_text(card, "title"), 0, wxBOTTOM, 14);
        facts->Add(number_ = make_text(card, "heading"), 0, wxBOTTOM, 10);
        facts->Add(seat_ = make_text(card, "heading"), 0, wxBOTTOM, 10);
        facts->Add(room_ = make_text(card, "faint"), 0, wxBOTTOM, 10);
        row->Add(facts, 1);
        card->column()->Add(row, 0, wxBOTTOM | wxEXPAND, 22);
        card->put_row({yes_ = make_button(card, "primary"), no_ = make_button(card, "plain")});
        yes_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.person_yes(); });
        no_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.person_no(); });
        centre(this, card);
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        if (!scene.view.person) {
            return;
        }
        const sitting::Person& person = *scene.view.person;
        set_text(title_, tongue.say("terminal.person.title"_id));
        set_text(name_, wxString::FromUTF8(person.row.name));
        set_text(number_, tongue.say("terminal.person.number"_id, {{"number", person.row.number}}));
        set_text(seat_, tongue.say("terminal.person.seat"_id, {{"seat", person.row.seat}}));
        set_text(room_, tongue.say("terminal.person.room"_id, {{"room", person.room_name}}));
        yes_->SetLabel(tongue.say("terminal.person.yes"_id));
        no_->SetLabel(tongue.say("terminal.person.no"_id));
        photo_->show_photo(person.photo);
        set_accessible_name(photo_, tongue.say("terminal.person.photo"_id));
        Layout();
    }
    void focus_first() override { yes_->SetFocus(); }

  private:
    wxStaticText* title_ = nullptr;
    wxStaticText* name_ = nullptr;
    wxStaticText* number_ = nullptr;
    wxStaticText* seat_ = nullptr;
    wxStaticText* room_ = nullptr;
    Picture* photo_ = nullptr;
    wxButton* yes_ = nullptr;
    wxButton* no_ = nullptr;
};

}  // namespace

Screen* make_person_screen(wxWindow* parent, const Actions& actions) {
    return new PersonScreen(parent, actions);
}

}  // namespace assay::terminal_ui
