// The reference for the memory of the terminal: a window with the same web view and nothing else.
#include <wx/app.h>
#include <wx/frame.h>
#include <wx/webview.h>

namespace {

class EmptyView final : public wxApp {
  public:
    bool OnInit() override {
        auto* frame = new wxFrame(nullptr, wxID_ANY, "empty", wxDefaultPosition, wxSize(1366, 768));
        wxWebView* view = wxWebView::New(frame, wxID_ANY, "about:blank");
        view->SetPage("<!DOCTYPE html><title>empty</title><p>empty</p>", "about:blank");
        frame->Show();
        return true;
    }
};

}  // namespace

int main(int argc, char** argv) {
    wxApp::SetInstance(new EmptyView);  // wx deletes it
    return wxEntry(argc, argv);
}
