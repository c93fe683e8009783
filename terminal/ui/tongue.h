#pragma once

#include <wx/string.h>

#include "crypto/text/texts.h"

namespace assay::terminal_ui {

/// Sentences for screens in the language that the candidate chose. A value that screens share by
/// reference; the frame changes its language.
class Tongue {
  public:
    Tongue(const text::Texts& texts, text::Language language)
        : texts_(&texts), language_(language) {}

    text::Language language() const { return language_; }
    void set_language(text::Language language) { language_ = language; }
    const text::Texts& texts() const { return *texts_; }

    wxString say(MessageId id, const Args& args = {}) const {
        return wxString::FromUTF8(texts_->say(language_, Message{id, args}));
    }
    wxString say(const Message& message) const {
        return wxString::FromUTF8(texts_->say(language_, message));
    }
    wxString error(const Error& error) const {
        const std::string hint = texts_->hint(language_, error);
        return wxString::FromUTF8(texts_->say(language_, error.what) +
                                  (hint.empty() ? "" : "\n" + hint));
    }

  private:
    const text::Texts* texts_;
    text::Language language_;
};

}  // namespace assay::terminal_ui
