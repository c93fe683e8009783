#include "terminal/desk/ui/forms.h"

#include <algorithm>

#include <wx/choice.h>
#include <wx/dialog.h>
#include <wx/dirdlg.h>
#include <wx/display.h>
#include <wx/ffile.h>
#include <wx/filedlg.h>
#include <wx/scrolwin.h>
#include <wx/textctrl.h>

#include "terminal/widgets/parts.h"
#include "terminal/widgets/picture.h"

namespace assay::desk_ui {
namespace {

using widgets::make_button;
using widgets::Picture;
using widgets::set_accessible_name;
using widgets::set_style;
using widgets::Words;

constexpr int kFormWidth = 460;
constexpr int kTextHeight = 150;
constexpr int kLineHeight = 26;
constexpr int kLinePadding = 16;
constexpr int kQrPixels = 300;
constexpr int kGap = 12;
constexpr int kScrollBar = 20;
// Answers of a form beside wxID_OK and wxID_CANCEL.
constexpr int kStick = wxID_HIGHEST + 1;
constexpr int kRetry = wxID_HIGHEST + 2;

/// Words and controls below each other, which scroll where the screen is too low, then the buttons
/// in our own words.
class Form final : public wxDialog {
  public:
    Form(wxWindow* parent, const Manner& manner, MessageId title)
        : wxDialog(parent, wxID_ANY, manner.tongue.say(title), wxDefaultPosition, wxDefaultSize,
                   wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
          tongue_(manner.tongue),
          screen_(wxDisplay(parent).GetClientArea().GetSize()),
          width_(std::min(manner.look.px(kFormWidth), screen_.x * 9 / 10 - 4 * kGap)),
          body_(new wxScrolledWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL)),
          column_(new wxBoxSizer(wxVERTICAL)),
          buttons_(new wxBoxSizer(wxHORIZONTAL)) {
        set_style(this, "page");
        set_style(body_, "page");
        body_->SetScrollRate(0, 16);
        body_->SetSizer(column_);
        auto* whole = new wxBoxSizer(wxVERTICAL);
        whole->Add(body_, 1, wxEXPAND);
        whole->Add(buttons_, 0, wxEXPAND | wxALL, kGap);
        SetSizer(whole);
        buttons_->AddStretchSpacer();
        parent->Bind(wxEVT_SIZE, &Form::follow, this);
    }
    ~Form() override { GetParent()->Unbind(wxEVT_SIZE, &Form::follow, this); }
    Form(const Form&) = delete;
    Form& operator=(const Form&) = delete;
    wxWindow* body() { return body_; }
    int width() const { return width_; }
    void put(wxWindow* child) { column_->Add(child, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, kGap); }
    void put(wxSizer* rows) { column_->Add(rows, 0, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, kGap); }
    Words* put_words(const wxString& words, const char* style) {
        auto* text = new Words(body_, style);
        text->say(words);
        text->wrap_to(width_);
        put(text);
        return text;
    }
    /// Ends the form with this answer; wxID_ANY ends nothing.
    wxButton* put_button(int answer, MessageId label, const char* style = "plain") {
        auto* button = new wxButton(this, answer, tongue_.say(label));
        set_style(button, style);
        buttons_->Add(button, 0, wxLEFT, kGap);
        if (answer == wxID_OK) {
            button->SetDefault();
        } else if (answer != wxID_CANCEL && answer != wxID_ANY) {
            button->Bind(wxEVT_BUTTON, [this, answer](wxCommandEvent&) { EndModal(answer); });
        }
        return button;
    }
    int run() {
        fit();
        CallAfter([this] {
            widgets::measure_again(this);
            fit();
        });
        return ShowModal();
    }

  private:
    void fit() {
        body_->FitInside();
        const wxSize wants = column_->CalcMin() + wxSize(0, kGap);
        const wxSize below = buttons_->CalcMin() + wxSize(2 * kGap, 2 * kGap);
        const int bar = wants.y + below.y > highest() ? kScrollBar : 0;
        body_->SetMinSize(wxSize(wants.x + bar, std::min(wants.y, highest() - below.y)));
        SetMinSize(wxDefaultSize);
        Fit();
        CentreOnParent();
    }
    /// In the middle of the window, also of one that grows below it.
    void follow(wxSizeEvent& event) {
        event.Skip();
        CallAfter([this] { CentreOnParent(); });
    }
    int highest() const { return screen_.y * 9 / 10; }

    const Tongue& tongue_;
    wxSize screen_;
    int width_;
    wxScrolledWindow* body_;
    wxBoxSizer* column_;
    wxBoxSizer* buttons_;
};

wxWindow* make_control(Form& form, const Field& field, const widgets::Look& look) {
    if (field.kind == Field::Kind::kChoice) {
        auto* choice = new wxChoice(form.body(), wxID_ANY);
        for (const wxString& each : field.choices) {
            choice->Append(each);
        }
        choice->SetSelection(field.choices.empty() ? wxNOT_FOUND : field.chosen);
        return choice;
    }
    long style = field.kind == Field::Kind::kSecret ? wxTE_PASSWORD : 0;
    if (field.kind == Field::Kind::kText) {
        style = wxTE_MULTILINE;
    }
    auto* const text =
        new wxTextCtrl(form.body(), wxID_ANY, field.value, wxDefaultPosition, wxDefaultSize, style);
    // wx counts the style's paddings twice for a line.
    const int padding = static_cast<int>(kLinePadding * (1 + look.scale) / 2);
    const int height =
        style == wxTE_MULTILINE ? look.px(kTextHeight) : look.px(kLineHeight) + padding;
    text->SetMinSize(wxSize(form.width(), height));
    return text;
}

wxString value_of(wxWindow* control) {
    if (const auto* choice = dynamic_cast<wxChoice*>(control)) {
        return wxString::Format("%d", choice->GetSelection());
    }
    return dynamic_cast<wxTextCtrl*>(control)->GetValue();
}

void export_code(wxWindow* parent, const Tongue& tongue, const std::string& code) {
    wxFileDialog dialog(parent, tongue.say("desk.ui.code.export"_id), "", "room-code.txt", "",
                        wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() == wxID_OK) {
        wxFFile file(dialog.GetPath(), "w");
        if (file.IsOpened()) {
            file.Write(wxString::FromUTF8(code + "\n"));
        }
    }
}

}  // namespace

std::optional<std::vector<wxString>> ask(wxWindow* parent, const Manner& manner, MessageId title,
                                         MessageId why, std::vector<Field> fields) {
    const Tongue& tongue = manner.tongue;
    Form form(parent, manner, title);
    form.put_words(tongue.say(why), "faint");
    std::vector<wxWindow*> controls;
    for (const Field& field : fields) {
        form.put_words(tongue.say(field.label), "body");
        controls.push_back(make_control(form, field, manner.look));
        set_accessible_name(controls.back(), tongue.say(field.label));
        form.put(controls.back());
    }
    form.put_button(wxID_CANCEL, "desk.ui.cancel"_id);
    form.put_button(wxID_OK, "desk.ui.ok"_id, "primary");
    if (!controls.empty()) {
        controls.front()->SetFocus();
    }
    if (form.run() != wxID_OK) {
        return std::nullopt;
    }
    std::vector<wxString> out;
    for (wxWindow* const control : controls) {
        out.push_back(value_of(control));
    }
    return out;
}

void show_room_code(wxWindow* parent, const Manner& manner, const record::RoomCode& code) {
    const Tongue& tongue = manner.tongue;
    Form form(parent, manner, "desk.ui.code"_id);
    form.put_words(tongue.say("desk.ui.code.why"_id), "faint");
    if (const auto qr = render::make_qr(code.text()); qr.ok()) {
        auto* picture = new Picture(form.body(), wxSize(kQrPixels, kQrPixels));
        picture->show_qr(*qr);
        set_accessible_name(picture, tongue.say("desk.ui.code"_id));
        form.put(picture);
    }
    wxString rows;
    int number = 0;
    for (const std::string& row : record::room_code_rows(code)) {
        rows += wxString::Format("%s%d   %s", number == 0 ? "" : "\n", number + 1, row);
        ++number;
    }
    form.put_words(rows, "key");
    form.put_words(tongue.say("desk.ui.code.rows"_id), "faint");
    wxButton* const save = form.put_button(wxID_ANY, "desk.ui.code.export"_id);
    save->Bind(wxEVT_BUTTON, [&](wxCommandEvent&) { export_code(&form, tongue, code.text()); });
    form.put_button(wxID_CANCEL, "desk.ui.close"_id, "primary");
    form.run();
}

OutboxChoice ask_outbox(wxWindow* parent, const Manner& manner, const desk::RoomView& view) {
    const Tongue& tongue = manner.tongue;
    Form form(parent, manner, "desk.ui.outbox"_id);
    form.put_words(tongue.say("desk.ui.outbox.why"_id), "faint");
    const auto line = [&](MessageId id, std::size_t count) {
        form.put_words(tongue.say(id, {{"count", std::to_string(count)}}), "body");
    };
    line("desk.ui.outbox.objects"_id, view.waiting_for_server);
    line("desk.ui.outbox.uploads"_id, view.uploads_waiting);
    line("desk.ui.refused"_id, view.refused_by_server);
    for (const desk::RefusedRow& row : view.refused) {
        form.put_words(refused_word(tongue, row), "section");
        form.put_words(tongue.error(refused_error(row)), "body");
    }
    form.put_button(kStick, "desk.ui.outbox.stick"_id);
    if (!view.refused.empty()) {
        form.put_button(kRetry, "desk.ui.outbox.retry"_id);
    }
    form.put_button(wxID_CANCEL, "desk.ui.close"_id, "primary");
    switch (form.run()) {
        case kStick:
            return OutboxChoice::kStick;
        case kRetry:
            return OutboxChoice::kRetry;
        default:
            return OutboxChoice::kClose;
    }
}

std::optional<std::string> ask_folder(wxWindow* parent, const Tongue& tongue) {
    wxDirDialog dialog(parent, tongue.say("desk.ui.outbox.stick"_id));
    if (dialog.ShowModal() != wxID_OK) {
        return std::nullopt;
    }
    return dialog.GetPath().utf8_string();
}

namespace {

/// What needs no decision; nothing where the invigilators must decide.
std::optional<record::Disposition> known_disposition(const desk::CandidateRow& row) {
    if (row.package) {
        return row.disposition.value_or(record::Disposition::kHandedIn);
    }
    const bool absent = row.state == "absent" && !row.terminal;
    return absent ? std::optional(record::Disposition::kAbsent) : std::nullopt;
}

wxChoice* make_decision(wxWindow* parent, const Tongue& tongue, const wxString& person) {
    auto* choice = new wxChoice(parent, wxID_ANY);
    choice->Append(tongue.say("desk.ui.seal.undecided"_id));
    choice->Append(disposition_word(tongue, record::Disposition::kTerminated));
    choice->Append(disposition_word(tongue, record::Disposition::kLost));
    choice->SetSelection(0);
    set_accessible_name(choice, person);
    return choice;
}

}  // namespace

std::optional<std::map<AttemptId, record::Disposition>> ask_seal(wxWindow* parent,
                                                                 const Manner& manner,
                                                                 const desk::RoomView& view) {
    const Tongue& tongue = manner.tongue;
    Form form(parent, manner, "desk.ui.seal"_id);
    form.put_words(tongue.say("desk.ui.seal.why"_id), "faint");
    auto* grid = new wxFlexGridSizer(3, 6, 18);
    grid->AddGrowableCol(1);
    const auto cell = [&](const wxString& words) {
        auto* text = new Words(form.body());
        text->say(words);
        grid->Add(text, 0, wxALIGN_CENTER_VERTICAL);
    };
    std::map<AttemptId, wxChoice*> choices;
    for (const desk::CandidateRow& row : view.candidates) {
        const wxString person = wxString::FromUTF8(row.name + "  " + row.number);
        cell(wxString::FromUTF8(row.seat));
        cell(person);
        if (const auto known = known_disposition(row)) {
            cell(disposition_word(tongue, *known));
            continue;
        }
        choices[row.attempt] = make_decision(form.body(), tongue, person);
        grid->Add(choices[row.attempt]);
    }
    form.put(grid);
    form.put_button(wxID_CANCEL, "desk.ui.cancel"_id);
    form.put_button(wxID_OK, "desk.ui.seal"_id, "primary");
    if (form.run() != wxID_OK) {
        return std::nullopt;
    }
    std::map<AttemptId, record::Disposition> out;
    for (const auto& [attempt, choice] : choices) {
        if (choice->GetSelection() > 0) {
            out[attempt] = choice->GetSelection() == 1 ? record::Disposition::kTerminated
                                                       : record::Disposition::kLost;
        }
    }
    return out;
}

}  // namespace assay::desk_ui
