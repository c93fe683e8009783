#include "terminal/ui/set_up_frame.h"

namespace assay::terminal_ui {
namespace {

constexpr int kTextPixels = 620;

}  // namespace

SetUpFrame::SetUpFrame(const text::Texts& texts, const FrameOptions& options,
                       const std::string& seat, const std::string& fingerprint, Enrol enrol)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, options.window), texts_(texts) {
    apply_look(options.theme, options.scale);
    set_style(this, "page");
    auto* screen = new wxPanel(this);
    auto* card = new Card(screen, 720);
    card->put(title_ = make_text(card, "title"));
    card->put(text_ = make_text(card, "body"));
    card->put(trouble_ = make_text(card, "warm"));
    card->put(code_label_ = make_text(card, "body"));
    card->put(code_ = new wxTextCtrl(card, wxID_ANY), wxEXPAND);
    card->put(seat_label_ = make_text(card, "body"));
    card->put(seat_ = new wxTextCtrl(card, wxID_ANY, wxString::FromUTF8(seat)), wxEXPAND);
    card->put(fingerprint_ = make_text(card, "faint"));
    card->put_row({go_ = make_button(card, "primary")});
    centre(screen, card);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(screen, 1, wxEXPAND);
    SetSizer(column);
    set_text(fingerprint_, both("terminal.enrol.fingerprint"_id, "\n", {{"code", fingerprint}}));
    set_text(code_label_, both("terminal.enrol.code"_id, "   "));
    set_text(seat_label_, both("terminal.enrol.seat"_id, "   "));
    set_accessible_name(code_, both("terminal.enrol.code"_id, " "));
    set_accessible_name(seat_, both("terminal.enrol.seat"_id, " "));
    go_->SetLabel(both("terminal.enrol.go"_id, "   "));
    code_->SetMaxLength(200);
    seat_->SetMaxLength(32);
    go_->Bind(wxEVT_BUTTON, [this, enrol = std::move(enrol)](wxCommandEvent&) {
        set_text(trouble_, wxString());
        enrol(code_->GetValue().utf8_string(), seat_->GetValue().utf8_string());
    });
    if (options.full_screen) {
        ShowFullScreen(true);
    }
    const bool full = options.full_screen;
    Bind(wxEVT_CLOSE_WINDOW, [this, full](wxCloseEvent& event) {
        if (event.CanVeto() && full) {
            event.Veto();
        } else {
            Destroy();
        }
    });
}

wxString SetUpFrame::both(MessageId id, const char* between, const Args& args) const {
    return wxString::FromUTF8(texts_.say(text::Language::kChinese, Message{id, args}) + between +
                              texts_.say(text::Language::kEnglish, Message{id, args}));
}

void SetUpFrame::ask(bool form) {
    asks_ = form;
    set_text(title_, both(form ? "terminal.enrol.title"_id : "terminal.connect.title"_id, "   "));
    set_text(text_, both(form ? "terminal.enrol.text"_id : "terminal.connect.text"_id, "\n"),
             kTextPixels);
    for (wxWindow* each : {static_cast<wxWindow*>(code_label_), static_cast<wxWindow*>(code_),
                           static_cast<wxWindow*>(seat_label_), static_cast<wxWindow*>(seat_),
                           static_cast<wxWindow*>(go_)}) {
        each->Show(form);
    }
    Layout();
    if (form) {
        code_->SetFocus();
    }
}

void SetUpFrame::show_trouble(const Error& error) {
    wxString words;
    for (const text::Language language : {text::Language::kChinese, text::Language::kEnglish}) {
        words += wxString::FromUTF8(texts_.say(language, error.what) + " " +
                                    texts_.hint(language, error) + "\n");
    }
    set_text(trouble_, words.Trim(), kTextPixels);
    Layout();
}

}  // namespace assay::terminal_ui
