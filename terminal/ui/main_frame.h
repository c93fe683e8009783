#pragma once

#include <map>
#include <memory>

#include <wx/datetime.h>
#include <wx/frame.h>
#include <wx/timer.h>

#include "terminal/sitting/page_message.h"
#include "terminal/ui/conductor.h"
#include "terminal/ui/header_bar.h"
#include "terminal/ui/page_source.h"
#include "terminal/ui/paper_screen.h"

namespace assay::terminal_ui {

struct FrameOptions {
    bool full_screen = true;
    widgets::Look look;
    wxSize window{1366, 768};  ///< where it is not full screen
    text::Language language = text::Language::kChinese;
    bool camera_here = true;  ///< this seat has a camera
    /// Called when the candidate chooses a language, so that a restart can go on in it.
    std::function<void(text::Language)> keep_language;
    /// The same for colours and size of type.
    std::function<void(const widgets::Look&)> keep_look;
    /// Reads a text aloud in a language; an empty text ends it. None: this machine cannot.
    std::function<void(const std::string& text, const std::string& language)> speak;
    /// What the next candidate begins with.
    text::Language first_language = text::Language::kChinese;
    widgets::Look first_look;
};

/// The one window. Screens are panels in it; there are no dialogs, because under a kiosk compositor
/// nobody could see or answer one. Draws a scene whenever the conductor tells that something
/// changed.
class MainFrame final : public wxFrame {
  public:
    MainFrame(sitting::Session& session, Conductor& conductor, const text::Texts& texts,
              const FrameOptions& options);
    ~MainFrame() override;
    MainFrame(const MainFrame&) = delete;
    MainFrame& operator=(const MainFrame&) = delete;

    /// The conductor's door; any thread.
    void tell(Conductor::Snapshot snapshot);
    /// Called once when the window goes, before anything of it does.
    void before_end(std::function<void()> call) { before_end_ = std::move(call); }

  private:
    void make_actions();
    void make_check_in_actions();
    void make_paper_actions();
    void make_screens();
    void take(Conductor::Snapshot& snapshot);
    void begin_anew();
    void take_accommodations();
    void set_look(const widgets::Look& look);
    void show_panel(Panel panel);
    void show_history();
    void restore_version();
    void show_look();
    bool take_key(const wxKeyEvent& event);
    /// The page shows what was typed a moment ago, so it is loaded only when that is durable.
    void load_page_again();
    void reload_soon();
    void draw();
    void show_screen(ScreenName name);
    void take_notices(const std::vector<sitting::Notice>& notices);
    void measure_soon();
    void open_paper();
    void take_paper(const std::shared_ptr<const sitting::Paper>& paper, std::size_t released);
    void open_item(const std::string& item);
    void set_language(text::Language language);
    void on_page_message(const std::string& item, const std::string& json);
    void on_tool_message(const std::string& item, const sitting::PageMessage& message);
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
    std::size_t parts_open_ = 0;
    bool accommodated_ = false;  ///< this person's accommodations are on the screen
    bool measure_ = false;       ///< everything is measured again at the next drawing
    wxTimer reload_;
    wxTimer restarted_;
    std::optional<wxDateTime> sealed_since_;
    std::string resumed_item_;
    std::function<void()> before_end_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace assay::terminal_ui
