#pragma once

#include <string>
#include <string_view>

#include "crypto/base/result.h"
#include "crypto/text/catalogue.h"

namespace assay::text {

enum class Language { kChinese, kEnglish };

/// From a tag of any writing ("zh-CN", "zh_CN.UTF-8", "en", "C"): Chinese where it begins with
/// "zh" in any case, else English.
Language language_from(std::string_view tag);

/// "zh-CN" or "en", as HTML and JSON write it.
const char* language_tag(Language language);

/// Both languages at once, so that one process can answer each person in their own. Immutable
/// after it is made: any thread may call it.
class Texts {
  public:
    /// Speaks ids only; for the time before the catalogues are found.
    Texts() = default;
    Texts(Catalogue chinese, Catalogue english);

    /// Both catalogues below `locale_folder` (see locale_folder_beside).
    static Result<Texts> load(Disk& disk, const Path& locale_folder);

    /// The sentence with its {placeholders} filled from the message's arguments; a placeholder
    /// without an argument stays visible, an id without a sentence is said as the id itself.
    std::string say(Language language, const Message& message) const;
    std::string say(Language language, MessageId id) const { return say(language, {id, {}}); }

    /// The next step a person can take, filled the same way; empty where the catalogue has none.
    std::string hint(Language language, const Error& error) const;

    /// "error: ...\nhint: ..." with labels in that language; no line break at the end.
    std::string say_error(Language language, const Error& error) const;

  private:
    const Catalogue& of(Language language) const;

    Catalogue chinese_;
    Catalogue english_;
};

/// `{name}` replaced by the argument of that name, once: what an argument holds is never looked
/// at again. `{name|file|files}` is "file" where that argument is 1, else "files".
std::string fill(std::string_view sentence, const Args& args);

}  // namespace assay::text
