#include "terminal/desk/ui/app.h"

#include <wx/app.h>

#include "terminal/desk/ui/frame.h"

namespace assay::desk_ui {
namespace {

class DeskApp final : public wxApp {
  public:
    DeskApp(desk::Station& station, const text::Texts& texts, const WindowOptions& options)
        : station_(station), texts_(texts), options_(options) {}

    bool OnInit() override {
        auto* frame = new DeskFrame(station_, texts_, options_);
        frame->Show();
        if (options_.shown) {
            options_.shown();
        }
        return true;
    }

  private:
    desk::Station& station_;
    const text::Texts& texts_;
    WindowOptions options_;
};

}  // namespace

bool run_window(desk::Station& station, const text::Texts& texts, const WindowOptions& options) {
    wxApp::SetInstance(new DeskApp(station, texts, options));  // wx deletes it
    char name[] = "assay-desk";
    char* arguments[] = {name, nullptr};
    int count = 1;
    return wxEntry(count, arguments) == 0;
}

}  // namespace assay::desk_ui
