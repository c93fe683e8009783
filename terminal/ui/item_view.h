#pragma once

#include <functional>
#include <memory>
#include <string>

#include <wx/panel.h>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

namespace assay::terminal_ui {

/// A file that the item page asked for.
struct PageFile {
    std::string mime;
    Bytes bytes;
};

/// Answers "assay-bank://exam/<shelf>/<path>": shelf "item" is the page itself, "player" script and
/// style, "part" the files of the bank. One host, so that a page and its files are of one origin.
/// Called on the UI thread; must not block on a network.
using PageFiles =
    std::function<Result<PageFile>(const std::string& shelf, const std::string& path)>;

inline constexpr const char* kPlayerUrl = "assay-bank://exam/player/";
inline constexpr const char* kPartUrl = "assay-bank://exam/part/";

/// The one web view of the terminal. It is made and warmed before the release and shows one item
/// page at a time from its own URL scheme. It has no network, no menu, no downloads, no choosers,
/// no new windows, and goes nowhere else than where show() sends it.
class ItemView final : public wxPanel {
  public:
    /// What a page tells, with the path that it was shown for: a message of the page before may
    /// arrive after show() of the next.
    using OnMessage = std::function<void(const std::string& path, const std::string& json)>;
    /// For every view of the program; to be called before there is a thread. Pages are text and
    /// small pictures: no OpenGL driver in the process that reads what an author wrote.
    static void draw_without_opengl();
    ItemView(wxWindow* parent, PageFiles files, OnMessage on_message);
    ~ItemView() override;
    ItemView(const ItemView&) = delete;
    ItemView& operator=(const ItemView&) = delete;

    /// Loads the page that `files` gives for ("item", path).
    void show(const std::string& path);
    /// Nothing is shown.
    void clear();
    /// The page hands over what an input method or an editor still holds.
    void flush();
    /// Size of everything on the page; 1.0 is 100 %.
    void set_zoom(double factor);
    /// What is seen before a page is there, "#rrggbb": no white flash in a dark room.
    void set_ground(const std::string& colour);
    /// The keyboard goes into the page.
    void SetFocus() override;
    /// Called after the web process died, when it runs again: show the item once more. `seen`: a
    /// page was there before; a first load is no news to anybody.
    void on_restarted(std::function<void(bool seen)> call);
    /// Called when a page has finished loading.
    void on_loaded(std::function<void()> call);

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace assay::terminal_ui
