#pragma once

#include <wx/string.h>

#include "crypto/text/texts.h"

namespace assay::widgets {

/// Sentences for screens in the language that was chosen. Screens share it by reference; the window
/// changes its language while it runs.
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
    /// What happened, and the next step; `between` separates them.
    wxString error(const Error& error, const char* between = "\n") const {
        const std::string hint = texts_->hint(language_, error);
        return wxString::FromUTF8(texts_->say(language_, error.what) +
                                  (hint.empty() ? "" : between + hint));
    }

  private:
    const text::Texts* texts_;
    text::Language language_;
};

}  // namespace assay::widgets
