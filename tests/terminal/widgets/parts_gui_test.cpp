#include <gtest/gtest.h>
#include <wx/app.h>
#include <wx/frame.h>
#include <wx/sizer.h>
#include <wx/timer.h>

#include "terminal/widgets/look.h"
#include "terminal/widgets/parts.h"
#include "tests/support/display.h"

namespace assay::widgets {
namespace {

constexpr int kLookMs = 400;

/// What words of each style want before they are on the screen, and after.
class Sizes final : public wxApp {
  public:
    struct Pair {
        const char* style_class;
        wxSize before;
        wxSize after;
    };
    bool OnInit() override {
        apply_look({});
        auto* const frame = new wxFrame(nullptr, wxID_ANY, "sizes");
        auto* const column = new wxBoxSizer(wxVERTICAL);
        std::vector<Words*> all;
        for (Pair& pair : pairs_) {
            auto* const words = new Words(frame, pair.style_class);
            words->say(wxString::FromUTF8("考试 Examination"));
            pair.before = words->GetBestSize();
            column->Add(words);
            all.push_back(words);
        }
        frame->SetSizerAndFit(column);
        frame->Show();
        timer_.Bind(wxEVT_TIMER, [this, frame, all](wxTimerEvent&) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                all[i]->InvalidateBestSize();
                pairs_[i].after = all[i]->GetBestSize();
            }
            frame->Close(true);
        });
        timer_.StartOnce(kLookMs);
        return true;
    }
    int OnExit() override {
        for (const Pair& pair : pairs_) {
            EXPECT_EQ(pair.before.x, pair.after.x) << pair.style_class;
            EXPECT_EQ(pair.before.y, pair.after.y) << pair.style_class;
        }
        EXPECT_GT(pairs_[0].before.y, pairs_[1].before.y);
        EXPECT_GT(pairs_[1].before.y, pairs_[2].before.y);
        return wxApp::OnExit();
    }

  private:
    std::array<Pair, 4> pairs_{
        {{"title", {}, {}}, {"heading", {}, {}}, {"faint", {}, {}}, {"time", {}, {}}}};
    wxTimer timer_;
};

TEST(Words, KnowTheirSizeBeforeTheyAreShown) {
    const test::VirtualDisplay display("800x600x24");
    if (!display.ready()) {
        GTEST_SKIP() << "Xvfb is not installed";
    }
    wxApp::SetInstance(new Sizes);  // wx deletes it
    int count = 1;
    std::string name = "sizes";
    std::array<char*, 2> arguments{name.data(), nullptr};
    EXPECT_EQ(wxEntry(count, arguments.data()), 0);
}

}  // namespace
}  // namespace assay::widgets
