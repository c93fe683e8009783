#include "terminal/ui/screen.h"
#include "terminal/widgets/picture.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 720;
constexpr int kPhotoWidth = 180;
constexpr int kPhotoHeight = 240;
constexpr double kPhotoScaleMax = 1.5;  // more would be larger than the pictures are

class PersonScreen final : public CardScreen {
  public:
    PersonScreen(wxWindow* parent, const Actions& actions) : CardScreen(parent, kCardWidth) {
        title_ = put_words("title");
        photo_ = new widgets::Picture(card(), wxSize(kPhotoWidth, kPhotoHeight));
        name_ = new Words(card(), "title");
        number_ = new Words(card(), "heading");
        seat_ = new Words(card(), "heading");
        room_ = new Words(card(), "faint");
        put_beside(photo_, {name_, number_, seat_, room_});
        yes_ = widgets::make_button(card(), "primary");
        no_ = widgets::make_button(card(), "plain");
        put_row({yes_, no_});
        yes_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.person_yes(); });
        no_->Bind(wxEVT_BUTTON, [&actions](wxCommandEvent&) { actions.person_no(); });
    }

    void draw(const Scene& scene, const Tongue& tongue) override {
        if (!scene.view.person) {
            return;
        }
        const sitting::Person& person = *scene.view.person;
        title_->say(tongue.say("terminal.person.title"_id));
        name_->say(wxString::FromUTF8(person.row.name));
        number_->say(tongue.say("terminal.person.number"_id, {{"number", person.row.number}}));
        seat_->say(tongue.say("terminal.person.seat"_id, {{"seat", person.row.seat}}));
        room_->say(tongue.say("terminal.person.room"_id, {{"room", person.room_name}}));
        widgets::set_label(yes_, tongue.say("terminal.person.yes"_id));
        widgets::set_label(no_, tongue.say("terminal.person.no"_id));
        const double scale = std::min(scene.choices.look.scale, kPhotoScaleMax);
        photo_->set_room(
            wxSize(static_cast<int>(kPhotoWidth * scale), static_cast<int>(kPhotoHeight * scale)));
        photo_->show_photo(person.photo);
        widgets::set_accessible_name(photo_, tongue.say("terminal.person.photo"_id));
        fit(scene.choices.look);
    }
    void focus_first() override { yes_->SetFocus(); }

  private:
    Words* title_ = nullptr;
    Words* name_ = nullptr;
    Words* number_ = nullptr;
    Words* seat_ = nullptr;
    Words* room_ = nullptr;
    widgets::Picture* photo_ = nullptr;
    wxButton* yes_ = nullptr;
    wxButton* no_ = nullptr;
};

}  // namespace

Screen* make_person_screen(wxWindow* parent, const Actions& actions) {
    return new PersonScreen(parent, actions);
}

}  // namespace assay::terminal_ui
