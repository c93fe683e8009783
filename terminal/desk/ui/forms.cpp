#include "terminal/desk/ui/forms.h"

#include <wx/choice.h>
#include <wx/dialog.h>
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
constexpr int kGap = 12;

/// Label, then a control, then OK and Cancel in our own words.
class Form final : public wxDialog {
  public:
    Form(wxWindow* parent, const Tongue& tongue, MessageId title)
        : wxDialog(parent, wxID_ANY, tongue.say(title), wxDefaultPosition, wxDefaultSize,
                   wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER),
          tongue_(tongue),
          column_(new wxBoxSizer(wxVERTICAL)) {
        set_style(this, "page");
    }
    void put(wxWindow* child, int share = 0) {
        column_->Add(child, share, wxEXPAND | wxLEFT | wxRIGHT | wxTOP, kGap);
    }
    void put_words(const wxString& words, const char* style) {
        auto* text = new Words(this, style);
        text->say(words);
        text->wrap_to(kFormWidth);
        put(text);
    }
    void put_buttons(MessageId yes, bool with_cancel) {
        auto* row = new wxBoxSizer(wxHORIZONTAL);
        row->AddStretchSpacer();
        if (with_cancel) {
            auto* no = new wxButton(this, wxID_CANCEL, tongue_.say("desk.ui.cancel"_id));
            row->Add(no, 0, wxRIGHT, kGap);
        }
        auto* ok = new wxButton(this, wxID_OK, tongue_.say(yes));
        set_style(ok, "primary");
        ok->SetDefault();
        row->Add(ok);
        column_->Add(row, 0, wxEXPAND | wxALL, kGap);
    }
    bool run() {
        SetSizerAndFit(column_);
        CentreOnParent();
        CallAfter([this] {
            widgets::measure_again(this);
            Fit();
            CentreOnParent();
        });
        return ShowModal() == wxID_OK;
    }

  private:
    const Tongue& tongue_;
    wxBoxSizer* column_;
};

wxWindow* make_control(wxWindow* parent, const Field& field) {
    if (field.kind == Field::Kind::kChoice) {
        auto* choice = new wxChoice(parent, wxID_ANY);
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
    auto* text = new wxTextCtrl(parent, wxID_ANY, field.value, wxDefaultPosition,
                                wxSize(kFormWidth, style == wxTE_MULTILINE ? 180 : -1), style);
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

std::optional<std::vector<wxString>> ask(wxWindow* parent, const Tongue& tongue, MessageId title,
                                         MessageId why, std::vector<Field> fields) {
    Form form(parent, tongue, title);
    form.put_words(tongue.say(why), "faint");
    std::vector<wxWindow*> controls;
    for (const Field& field : fields) {
        form.put_words(tongue.say(field.label), "body");
        controls.push_back(make_control(&form, field));
        set_accessible_name(controls.back(), tongue.say(field.label));
        form.put(controls.back());
    }
    form.put_buttons("desk.ui.ok"_id, true);
    if (!controls.empty()) {
        controls.front()->SetFocus();
    }
    if (!form.run()) {
        return std::nullopt;
    }
    std::vector<wxString> out;
    for (wxWindow* const control : controls) {
        out.push_back(value_of(control));
    }
    return out;
}

void show_room_code(wxWindow* parent, const Tongue& tongue, const std::string& code) {
    Form form(parent, tongue, "desk.ui.code"_id);
    form.put_words(tongue.say("desk.ui.code.why"_id), "faint");
    if (const auto qr = render::make_qr(code); qr.ok()) {
        auto* picture = new Picture(&form, wxSize(320, 320));
        picture->show_qr(*qr);
        set_accessible_name(picture, tongue.say("desk.ui.code"_id));
        form.put(picture);
    }
    // In groups of eight a person can read it to another one.
    wxString shown;
    for (std::size_t i = 0, run = 0; i < code.size(); ++i) {
        run = code[i] == ' ' ? 0 : run + 1;
        shown += code[i] == ' ' ? wxString("\n") : wxString(code[i]);
        if (run > 0 && run % 32 == 0 && i + 1 < code.size() && code[i + 1] != ' ') {
            shown += '\n';
        }
    }
    form.put_words(shown, "key");
    wxButton* save = make_button(&form);
    save->SetLabel(tongue.say("desk.ui.code.export"_id));
    save->Bind(wxEVT_BUTTON, [&](wxCommandEvent&) { export_code(&form, tongue, code); });
    form.put(save);
    form.put_buttons("desk.ui.close"_id, false);
    form.run();
}

std::optional<std::map<AttemptId, record::Disposition>> ask_seal(wxWindow* parent,
                                                                 const Tongue& tongue,
                                                                 const desk::RoomView& view) {
    Form form(parent, tongue, "desk.ui.seal"_id);
    form.put_words(tongue.say("desk.ui.seal.why"_id), "faint");
    auto* list = new wxScrolledWindow(&form, wxID_ANY, wxDefaultPosition, wxSize(540, 320));
    auto* grid = new wxFlexGridSizer(3, 6, 18);
    grid->AddGrowableCol(1);
    std::map<AttemptId, wxChoice*> choices;
    for (const desk::CandidateRow& row : view.candidates) {
        const wxString person = wxString::FromUTF8(row.name + "  " + row.number);
        grid->Add(new wxStaticText(list, wxID_ANY, wxString::FromUTF8(row.seat)), 0,
                  wxALIGN_CENTER_VERTICAL);
        grid->Add(new wxStaticText(list, wxID_ANY, person), 0, wxALIGN_CENTER_VERTICAL);
        const bool absent = row.state == "absent" && !row.terminal;
        if (row.package || absent) {
            const auto shown = row.package
                                   ? row.disposition.value_or(record::Disposition::kHandedIn)
                                   : record::Disposition::kAbsent;
            grid->Add(new wxStaticText(list, wxID_ANY, disposition_word(tongue, shown)), 0,
                      wxALIGN_CENTER_VERTICAL);
            continue;
        }
        auto* choice = new wxChoice(list, wxID_ANY);
        choice->Append(tongue.say("desk.ui.seal.undecided"_id));
        choice->Append(disposition_word(tongue, record::Disposition::kTerminated));
        choice->Append(disposition_word(tongue, record::Disposition::kLost));
        choice->SetSelection(0);
        set_accessible_name(choice, person);
        choices[row.attempt] = choice;
        grid->Add(choice);
    }
    list->SetSizer(grid);
    list->SetScrollRate(0, 12);
    form.put(list, 1);
    form.put_buttons("desk.ui.seal"_id, true);
    if (!form.run()) {
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
