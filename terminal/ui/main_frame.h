#pragma once

#include <map>
#include <memory>

#include <wx/frame.h>

#include "terminal/ui/conductor.h"
#include "terminal/ui/header_bar.h"
#include "terminal/ui/page_source.h"
#include "terminal/ui/paper_screen.h"

namespace assay::terminal_ui {

struct FrameOptions {
    bool full_screen = true;
    Theme theme = Theme::kLight;
    double scale = 1.0;
    wxSize window{1366, 768};  ///< where it is not full screen
    text::Language language = text::Language::kChinese;
    /// Called when the candidate chooses a language, so that a restart can go on in it.
    std::function<void(text::Language)> keep_language;
};

/// The one window. Screens are panels in it; there are no dialogs, because under a kiosk compositor
/// nobody could see or answer one. Draws a scene whenever the conductor tells that something
/// changed.
class MainFrame final : public wxFrame {
  public:
    MainFrame(sitting::Session& session, Conductor& conductor, const text::Texts& texts,
              const FrameOptions& options);
    ~MainFrame() override;

    /// The conductor's door; any thread.
    void tell(Conductor::Snapshot snapshot);
    /// Called once when the window goes, before anything of it does.
    void before_end(std::function<void()> call) { before_end_ = std::move(call); }

  private:
    void make_actions();
    void make_screens();
    void draw();
    void show_screen(ScreenName name);
    void take_notices(const std::vector<sitting::Notice>& notices);
    void open_paper();
    void open_item(const std::string& item);
    void set_language(text::Language language);
    void on_page_message(const std::string& item, const std::string& json);
    void read_paper_again();
    Screen* screen_for(ScreenName name);

    sitting::Session& session_;
    Conductor& conductor_;
    Tongue tongue_;
    FrameOptions options_;
    PageSource pages_;
    Actions actions_;
    Facts facts_;
    HeaderBar* header_ = nullptr;
    PaperScreen* paper_screen_ = nullptr;
    std::map<ScreenName, Screen*> screens_;
    std::optional<ScreenName> shown_;
    bool opening_paper_ = false;
    std::string resumed_item_;
    std::function<void()> before_end_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace assay::terminal_ui
