#pragma once

#include <functional>
#include <string>

#include <wx/frame.h>
#include <wx/textctrl.h>

#include "terminal/ui/main_frame.h"

namespace assay::terminal_ui {

/// The window before there is a sitting: a machine that is not enrolled asks for the room code and
/// its seat, any other says that it connects. For technicians and invigilators, in both languages.
class SetUpFrame final : public wxFrame {
  public:
    using Enrol = std::function<void(const std::string& code, const std::string& seat)>;
    SetUpFrame(const text::Texts& texts, const FrameOptions& options, const std::string& seat,
               const std::string& fingerprint, Enrol enrol);

    /// Shows the form, or only that it connects.
    void ask(bool form);
    void show_trouble(const Error& error);

  private:
    void make_page(const std::string& seat);
    void fit_soon();
    void say_echo();
    wxString both(MessageId id, const char* between, const Args& args = {}) const;

    const text::Texts& texts_;
    widgets::Look look_;
    widgets::CardPage* page_ = nullptr;
    Words* title_ = nullptr;
    Words* text_ = nullptr;
    Words* trouble_ = nullptr;
    Words* code_label_ = nullptr;
    wxTextCtrl* code_ = nullptr;
    Words* echo_ = nullptr;
    Words* seat_label_ = nullptr;
    wxTextCtrl* seat_ = nullptr;
    Words* fingerprint_ = nullptr;
    wxButton* go_ = nullptr;
};

}  // namespace assay::terminal_ui
