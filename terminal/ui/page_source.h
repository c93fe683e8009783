#pragma once

#include <memory>

#include "question-bank/render/page.h"
#include "terminal/sitting/session.h"
#include "terminal/ui/item_view.h"

namespace assay::terminal_ui {

/// Makes the files that the web view asks for: an item's page with the answers as they stand,
/// player script and style, files of the bank. One thread, the window's.
class PageSource {
  public:
    PageSource(sitting::Session& session, const text::Texts& texts)
        : session_(session), texts_(texts), words_(texts, language_) {}

    void set_paper(std::shared_ptr<const sitting::Paper> paper) { paper_ = std::move(paper); }
    void set_look(text::Language language, render::Theme theme) {
        if (language != language_) {
            words_ = render::PlayerWords(texts_, language);
        }
        language_ = language;
        theme_ = theme;
    }
    /// Whether this machine can read aloud: a page offers it only then.
    void set_speaks(bool speaks) { speaks_ = speaks; }
    /// What a tool of the page keeps for this item while this candidate sits here.
    void keep_aid(const std::string& item, const std::string& tool, const std::string& value) {
        aids_[item][tool] = value;
    }
    void forget_aids() { aids_.clear(); }
    Result<PageFile> get(const std::string& shelf, const std::string& path);

  private:
    Result<PageFile> part_file(const std::string& path);
    Result<PageFile> item_page(const std::string& item);
    render::PageState state_of(const std::string& item);
    /// Those that the sitting's rules and this candidate's accommodations name.
    std::vector<std::string> tools() const;

    sitting::Session& session_;
    const text::Texts& texts_;
    std::shared_ptr<const sitting::Paper> paper_;
    text::Language language_ = text::Language::kChinese;
    render::PlayerWords words_;  ///< in language_
    render::Theme theme_ = render::Theme::kLight;
    bool speaks_ = false;
    std::map<std::string, std::map<std::string, std::string, std::less<>>> aids_;
};

}  // namespace assay::terminal_ui
