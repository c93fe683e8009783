#pragma once

#include <wx/string.h>

#include "crypto/text/texts.h"

namespace assay::desk_ui {

/// Sentences for the desk's screens; the frame changes the language while it runs.
class Tongue {
  public:
    Tongue(const text::Texts& texts, text::Language language)
        : texts_(&texts), language_(language) {}

    text::Language language() const { return language_; }
    void set_language(text::Language language) { language_ = language; }

    wxString say(MessageId id, const Args& args = {}) const {
        return wxString::FromUTF8(texts_->say(language_, Message{id, args}));
    }
    wxString error(const Error& error) const {
        const std::string hint = texts_->hint(language_, error);
        return wxString::FromUTF8(texts_->say(language_, error.what) +
                                  (hint.empty() ? "" : "  " + hint));
    }

  private:
    const text::Texts* texts_;
    text::Language language_;
};

}  // namespace assay::desk_ui
