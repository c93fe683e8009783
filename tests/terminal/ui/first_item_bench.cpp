// From the release to the first item on the screen: capsule and bank opened, paper read, page made
// and painted; beside the same page and player from plain files, in the same web view, in turns.
#include <algorithm>
#include <chrono>
#include <fstream>

#include <benchmark/benchmark.h>
#include <webkit2/webkit2.h>
#include <wx/app.h>
#include <wx/evtloop.h>
#include <wx/frame.h>
#include <wx/sizer.h>
#include <wx/webview.h>

#include "crypto/random.h"
#include "question-bank/render/page.h"
#include "question-bank/render/player.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/seal.h"
#include "terminal/sitting/paper.h"
#include "terminal/ui/item_view.h"
#include "tests/support/paths.h"

namespace assay::terminal_ui {
namespace {

constexpr int kWidth = 1366;
constexpr int kHeight = 768;
constexpr std::uint64_t kFileBytesMax = 16U << 20U;

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

/// wxWidgets without wxEntry: benchmarks have their own main.
class Toolkit {
  public:
    Toolkit() {
        ItemView::draw_without_opengl();
        wxApp::SetInstance(new wxApp);  // wx deletes it
        int count = 1;
        ready_ = wxEntryStart(count, names_.data()) && wxTheApp->CallOnInit();
    }
    bool ready() const { return ready_; }

  private:
    std::string name_ = "bench";
    std::array<char*, 2> names_{name_.data(), nullptr};
    bool ready_ = false;
};

/// One window with the terminal's web view, warm.
class Stage {
  public:
    Stage() : frame_(new wxFrame(nullptr, wxID_ANY, "bench")) {
        view_ = new ItemView(
            frame_,
            [this](const std::string& shelf, const std::string& path) {
                return files_(shelf, path);
            },
            [this](const std::string&, const std::string& json) {
                if (json == "painted") {
                    loop_.Exit();
                }
            });
        auto* sizer = new wxBoxSizer(wxVERTICAL);
        sizer->Add(view_, 1, wxEXPAND);
        frame_->SetSizer(sizer);
        view_->on_loaded([this] {
            // Not by wx: it wraps a script in eval(), which the page's policy refuses.
            const auto* const view = wxDynamicCast(view_->GetChildren().front(), wxWebView);
            webkit_web_view_evaluate_javascript(
                WEBKIT_WEB_VIEW(view->GetNativeBackend()),
                "requestAnimationFrame(() => requestAnimationFrame(() =>"
                "window.webkit.messageHandlers.assay.postMessage('painted')))",
                -1, nullptr, nullptr, nullptr, nullptr, nullptr);
        });
        frame_->SetClientSize(kWidth, kHeight);
        frame_->Show();
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage() { frame_->Destroy(); }

    /// Returns when the page is on the screen.
    void show(PageFiles files) {
        files_ = std::move(files);
        view_->show("first");
        loop_.Run();
    }

  private:
    wxFrame* frame_;
    ItemView* view_ = nullptr;
    PageFiles files_;
    wxEventLoop loop_;
};

/// What lies on a terminal's disk before the release, and what the release brings.
class Delivery {
  public:
    Delivery() {
        const auto package =
            item::read_package(disk_, test::repository() / "question-bank/sample").value();
        const auto views = sealed::split_views(package).value();
        const auto nobody = crypto::AgeIdentity::generate(random_);
        const sealed::SealedPart sealed =
            sealed::seal_part(random_, views,
                              {random_.id<ExamId>(), random_.id<PartId>(), 1, "样卷", WallTime{0},
                               WallTime{4'000'000'000}, nobody.recipient()})
                .value();
        part_ = sealed.bank_statement.object;
        ASSAY_CHECK(write_file(disk_, folder_.path() / "bank.age", sealed.bank).ok());
        capsule_ = sealed::make_capsule(random_, sealed.part_key, terminal_.recipient());
    }

    /// The page of the first item, as the terminal makes it.
    Bytes first_page(const text::Texts& texts) {
        const auto key = sealed::open_capsule(capsule_, terminal_, part_.recipient).value();
        file_ = disk_.open_read_only(folder_.path() / "bank.age").value();
        bank_.emplace(sealed::open_members(*file_, part_, key).value());
        const sitting::Paper paper =
            sitting::make_paper(sitting::read_package(*bank_).value(), "zh-CN", 7).value();
        const auto& entry = paper.entries.front();
        render::RenderRequest request{*entry.item, texts};
        request.seed = entry.seed;
        request.variables = entry.variables;
        request.item_path = entry.path;
        return to_bytes(render::render_item_page(request).value());
    }
    PageFiles files(Bytes page) {
        return [this, page = std::move(page)](const std::string& shelf,
                                              const std::string& path) -> Result<PageFile> {
            if (shelf == "item") {
                return PageFile{"text/html; charset=utf-8", page};
            }
            if (shelf == "player" && path == "player.js") {
                return PageFile{"text/javascript", to_bytes(render::player_js())};
            }
            if (shelf == "player") {
                return PageFile{"text/css", to_bytes(render::player_css())};
            }
            ASSAY_TRY(Bytes bytes, bank_->read(path));
            return PageFile{"image/svg+xml", std::move(bytes)};
        };
    }

    /// The same page as plain files.
    void write_plain(const Bytes& page) {
        const auto write = [this](const char* name, ByteView bytes) {
            ASSAY_CHECK(write_file(disk_, folder_.path() / name, bytes).ok());
        };
        write("first", page);
        write("player.js", as_bytes(render::player_js()));
        write("player.css", as_bytes(render::player_css()));
    }
    PageFiles plain_files() {
        return [this](const std::string& shelf, const std::string& path) -> Result<PageFile> {
            if (shelf == "part") {
                ASSAY_TRY(Bytes bytes, bank_->read(path));
                return PageFile{"image/svg+xml", std::move(bytes)};
            }
            ASSAY_TRY(Bytes bytes, read_file(disk_, folder_.path() / path, kFileBytesMax));
            return PageFile{shelf == "item"         ? "text/html; charset=utf-8"
                            : path.ends_with(".js") ? "text/javascript"
                                                    : "text/css",
                            std::move(bytes)};
        };
    }

  private:
    test::TempFolder folder_;
    SystemDisk disk_;
    crypto::SystemRandom random_;
    crypto::AgeIdentity terminal_ = crypto::AgeIdentity::generate(random_);
    sealed::BankPart part_;
    Bytes capsule_;
    std::unique_ptr<File> file_;
    std::optional<sealed::Bank> bank_;
};

double median(std::vector<double> laps) {
    std::ranges::sort(laps);
    return laps[laps.size() / 2];
}

void first_item(benchmark::State& state) {
    static const Toolkit toolkit;  // wxWidgets is begun once in a program
    if (!toolkit.ready()) {
        state.SkipWithError("no display");
        return;
    }
    SystemDisk disk;
    const text::Texts texts = text::Texts::load(disk, test::locale_folder()).value();
    Delivery delivery;
    delivery.write_plain(delivery.first_page(texts));
    Stage stage;
    stage.show(delivery.plain_files());  // the web view is warm before a release
    std::vector<double> ours;
    std::vector<double> reference;
    for (auto _ : state) {
        auto from = Clock::now();
        stage.show(delivery.plain_files());
        reference.push_back(milliseconds_since(from));
        from = Clock::now();
        stage.show(delivery.files(delivery.first_page(texts)));
        ours.push_back(milliseconds_since(from));
        state.SetIterationTime(ours.back() / 1000);
    }
    state.counters["ours_ms"] = median(ours);
    state.counters["reference_ms"] = median(reference);
}
BENCHMARK(first_item)->Iterations(40)->UseManualTime();

}  // namespace
}  // namespace assay::terminal_ui
