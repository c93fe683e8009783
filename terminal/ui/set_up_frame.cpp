#include "terminal/ui/set_up_frame.h"

#include "terminal/ui/room_code.h"
#include "terminal/widgets/entry.h"

namespace assay::terminal_ui {
namespace {

constexpr int kCardWidth = 720;
constexpr unsigned long kCodeLettersMax = 200;
constexpr unsigned long kSeatLettersMax = 32;

}  // namespace

SetUpFrame::SetUpFrame(const text::Texts& texts, const FrameOptions& options,
                       const std::string& seat, const std::string& fingerprint, Enrol enrol)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, options.window),
      texts_(texts),
      look_(options.look) {
    widgets::apply_look(options.look);
    widgets::set_style(this, "page");
    make_page(seat);
    fingerprint_->say(both("terminal.enrol.fingerprint"_id, "\n", {{"code", fingerprint}}));
    const auto press = [this, enrol = std::move(enrol)](wxCommandEvent&) {
        trouble_->say(wxString());
        enrol(room_code_typed(code_->GetValue().utf8_string()), seat_->GetValue().utf8_string());
    };
    code_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { say_echo(); });
    go_->Bind(wxEVT_BUTTON, press);
    seat_->Bind(wxEVT_TEXT_ENTER, press);
    code_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { seat_->SetFocus(); });
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

void SetUpFrame::make_page(const std::string& seat) {
    page_ = new widgets::CardPage(this, kCardWidth);
    title_ = page_->put_words("title");
    text_ = page_->put_words();
    trouble_ = page_->put_words("warm");
    const auto line = [this](const wxString& value, unsigned long most) {
        auto* out = new widgets::Entry(page_->card(), most, value);
        page_->put(out, wxEXPAND);
        return out;
    };
    code_label_ = page_->put_words("section");
    code_ = line("", kCodeLettersMax);
    echo_ = page_->put_words("key");
    seat_label_ = page_->put_words("section");
    seat_ = line(wxString::FromUTF8(seat), kSeatLettersMax);
    fingerprint_ = page_->put_words("faint");
    go_ = widgets::make_button(page_->card(), "primary");
    page_->put_row({go_});
    widgets::set_accessible_name(code_, both("terminal.enrol.code"_id, " "));
    widgets::set_accessible_name(seat_, both("terminal.enrol.seat"_id, " "));
    go_->SetLabel(both("terminal.enrol.go"_id, "   "));
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(page_, 1, wxEXPAND);
    SetSizer(column);
}

wxString SetUpFrame::both(MessageId id, const char* between, const Args& args) const {
    return wxString::FromUTF8(texts_.say(text::Language::kChinese, Message{id, args}) + between +
                              texts_.say(text::Language::kEnglish, Message{id, args}));
}

void SetUpFrame::ask(bool form) {
    title_->say(both(form ? "terminal.enrol.title"_id : "terminal.connect.title"_id, "   "));
    text_->say(both(form ? "terminal.enrol.text"_id : "terminal.connect.text"_id, "\n"));
    code_label_->say(form ? both("terminal.enrol.code"_id, "   ") : wxString());
    seat_label_->say(form ? both("terminal.enrol.seat"_id, "   ") : wxString());
    code_->Show(form);
    echo_->say(wxString());
    if (form) {
        say_echo();
    }
    seat_->Show(form);
    go_->Show(form);
    fit_soon();
    if (form) {
        code_->SetFocus();
    }
}

// A long code is compared in groups, as the desk shows it.
void SetUpFrame::say_echo() {
    echo_->say(wxString::FromUTF8(room_code_groups(code_->GetValue().utf8_string())));
}

void SetUpFrame::show_trouble(const Error& error) {
    wxString words;
    for (const text::Language language : {text::Language::kChinese, text::Language::kEnglish}) {
        words += wxString::FromUTF8(texts_.say(language, error.what) + " " +
                                    texts_.hint(language, error) + "\n");
    }
    trouble_->say(words.Trim());
    fit_soon();
}

// GTK knows the size of a style only after it was on the screen.
void SetUpFrame::fit_soon() {
    page_->fit(look_);
    CallAfter([this] {
        widgets::measure_again(page_);
        page_->fit(look_);
    });
}

}  // namespace assay::terminal_ui
