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
        : session_(session), texts_(texts) {}

    void set_paper(std::shared_ptr<const sitting::Paper> paper) { paper_ = std::move(paper); }
    void set_look(text::Language language, render::Theme theme) {
        language_ = language;
        theme_ = theme;
    }
    Result<PageFile> get(const std::string& shelf, const std::string& path);

  private:
    Result<PageFile> part_file(const std::string& path);
    Result<PageFile> item_page(const std::string& item);
    render::PageState state_of(const std::string& item);

    sitting::Session& session_;
    const text::Texts& texts_;
    std::shared_ptr<const sitting::Paper> paper_;
    text::Language language_ = text::Language::kChinese;
    render::Theme theme_ = render::Theme::kLight;
};

}  // namespace assay::terminal_ui
