#include <gtest/gtest.h>
#include <wx/app.h>
#include <wx/frame.h>
#include <wx/sizer.h>
#include <wx/timer.h>

#include "terminal/ui/item_view.h"
#include "tests/support/display.h"

namespace assay::terminal_ui {
namespace {

constexpr int kGiveUpMs = 20'000;
constexpr std::string_view kPage =
    "<!DOCTYPE html><title>page</title><script src=\"assay-bank://exam/player/here.js\"></script>";
constexpr std::string_view kScript = "window.webkit.messageHandlers.assay.postMessage('here')";

/// A window with an item view that shows one page as soon as it is made.
class First final : public wxApp {
  public:
    struct Seen {
        std::string path;
        std::string message;
        int died = 0;
    };
    explicit First(Seen& seen) : seen_(seen) {}
    bool OnInit() override {
        auto* const frame = new wxFrame(nullptr, wxID_ANY, "first");
        auto* const view = new ItemView(
            frame,
            [](const std::string& shelf, const std::string&) -> Result<PageFile> {
                const bool page = shelf == "item";
                return PageFile{page ? "text/html" : "text/javascript",
                                to_bytes(page ? kPage : kScript)};
            },
            [this, frame](const std::string& path, const std::string& message) {
                seen_.path = path;
                seen_.message = message;
                frame->CallAfter([frame] { frame->Close(true); });
            });
        view->on_restarted([this](bool) { ++seen_.died; });
        auto* const sizer = new wxBoxSizer(wxVERTICAL);
        sizer->Add(view, 1, wxEXPAND);
        frame->SetSizer(sizer);
        frame->Show();
        view->show("Q01");
        give_up_.Bind(wxEVT_TIMER, [frame](wxTimerEvent&) { frame->Close(true); });
        give_up_.StartOnce(kGiveUpMs);
        return true;
    }

  private:
    Seen& seen_;
    wxTimer give_up_;
};

TEST(ItemView, ShowsItsFirstPageInItsFirstProcess) {
    const test::VirtualDisplay display("800x600x24");
    if (!display.ready()) {
        GTEST_SKIP() << "Xvfb is not installed";
    }
    ItemView::draw_without_opengl();
    First::Seen seen;
    wxApp::SetInstance(new First(seen));  // wx deletes it
    int count = 1;
    std::string name = "first";
    std::array<char*, 2> arguments{name.data(), nullptr};
    EXPECT_EQ(wxEntry(count, arguments.data()), 0);
    EXPECT_EQ(seen.path, "Q01");
    EXPECT_EQ(seen.message, "here");
    EXPECT_EQ(seen.died, 0);
}

}  // namespace
}  // namespace assay::terminal_ui
