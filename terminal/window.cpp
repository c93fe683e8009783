#include "terminal/window.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <condition_variable>
#include <thread>

#include <wx/app.h>

#include "terminal/enrolment.h"
#include "terminal/platform/speech.h"
#include "terminal/ui/item_view.h"
#include "terminal/ui/main_frame.h"
#include "terminal/ui/set_up_frame.h"
#include "terminal/widgets/display.h"

namespace assay::terminal {
namespace {

constexpr std::uint64_t kLanguageBytesMax = 16;
constexpr std::uint64_t kLookBytesMax = 32;
constexpr std::chrono::milliseconds kAgain{1000};

std::string look_text(const widgets::Look& look) {
    return std::string(widgets::theme_word(look.theme)) + ' ' +
           std::to_string(std::lround(look.scale * 100));
}

/// "dark 150", as look_text writes it.
std::optional<widgets::Look> kept_look(Disk& disk, const Path& path) {
    const auto bytes = read_file(disk, path, kLookBytesMax);
    if (!bytes.ok()) {
        return std::nullopt;
    }
    const std::string text = to_string(*bytes);
    const std::size_t space = text.find(' ');
    int percent = 0;
    const char* const end = text.data() + text.size();
    if (space == std::string::npos ||
        std::from_chars(text.data() + space + 1, end, percent).ec != std::errc()) {
        return std::nullopt;
    }
    return widgets::Look{widgets::theme_from(text.substr(0, space)),
                         std::clamp(percent / 100.0, widgets::kScaleMin, widgets::kScaleMax)};
}

terminal_ui::FrameOptions frame_options(World& world, const Arguments& arguments) {
    terminal_ui::FrameOptions out;
    out.full_screen = !arguments.window.has_value();
    if (arguments.window) {
        out.window = wxSize(arguments.window->first, arguments.window->second);
    }
    out.camera_here = arguments.camera != "none";
    out.first_look = {widgets::theme_from(arguments.theme), arguments.scale};
    out.first_language = arguments.language;
    const Path look = arguments.folder / "look";
    out.look = kept_look(world.disk, look).value_or(out.first_look);
    out.keep_look = [&world, look](const widgets::Look& now) {
        (void)write_file(world.disk, look, as_bytes(look_text(now)));
    };
    const Path chosen = arguments.folder / "language";
    const auto kept = read_file(world.disk, chosen, kLanguageBytesMax);
    out.language = kept.ok() ? text::language_from(to_string(*kept)) : arguments.language;
    out.keep_language = [&world, chosen](text::Language language) {
        (void)write_file(world.disk, chosen, as_bytes(text::language_tag(language)));
    };
    const auto speech = std::make_shared<platform::Speech>();
    out.speak = [speech](const std::string& text, const std::string& language) {
        if (text.empty()) {
            speech->hush();
        } else {
            (void)speech->say(text, language);
        }
    };
    return out;
}

/// First the frame that gets the machine ready, with a thread that does it; then the sitting's.
class WindowApp final : public wxApp {
  public:
    WindowApp(World& world, const Arguments& arguments, const text::Texts& texts, Machine& machine,
              platform::KeptKey* keeper)
        : world_(world), arguments_(arguments), texts_(texts), machine_(machine), keeper_(keeper) {}

    bool OnInit() override {
        options_ = frame_options(world_, arguments_);
        set_up_ =
            new terminal_ui::SetUpFrame(texts_, options_, arguments_.seat, machine_.fingerprint(),
                                        [this](const std::string& code, const std::string& seat) {
                                            const std::lock_guard guard(lock_);
                                            typed_ = {code, seat};
                                            wake_.notify_all();
                                        });
        const bool asks = !machine_.enrolled() && arguments_.room_code_file.empty();
        set_up_->ask(asks);
        set_up_->Show();
        SetTopWindow(set_up_);
        preparing_ = std::thread([this] { prepare(); });
        return true;
    }

    int OnExit() override {
        {
            const std::lock_guard guard(lock_);
            ending_ = true;
        }
        wake_.notify_all();
        if (preparing_.joinable()) {
            preparing_.join();
        }
        seat_.reset();
        return 0;
    }

  private:
    void prepare() {
        while (!ending()) {
            const Status done = try_once();
            if (done.ok()) {
                CallAfter([this] { begin(); });
                return;
            }
            world_.log.error(done.error());
            CallAfter([this, error = done.error()] {
                if (set_up_ != nullptr) {
                    set_up_->show_trouble(error);
                }
            });
            sleep();
        }
    }

    Status try_once() {
        if (!machine_.enrolled()) {
            if (!arguments_.room_code_file.empty()) {
                ASSAY_TRY_STATUS(enrol_from_file(world_, arguments_, machine_));
            } else {
                const auto [code, seat] = wait_for_typed();
                if (ending()) {
                    return Ok{};
                }
                ASSAY_TRY_STATUS(enrol_with(arguments_, machine_, code, seat));
            }
        }
        ASSAY_TRY(seat_, Seat::open(world_, arguments_, machine_, keeper_));
        return Ok{};
    }

    std::pair<std::string, std::string> wait_for_typed() {
        std::unique_lock guard(lock_);
        wake_.wait(guard, [this] { return ending_ || typed_; });
        return std::exchange(typed_, std::nullopt).value_or(std::pair<std::string, std::string>());
    }

    bool ending() {
        const std::lock_guard guard(lock_);
        return ending_;
    }

    void sleep() {
        std::unique_lock guard(lock_);
        wake_.wait_for(guard, kAgain, [this] { return ending_ || typed_; });
    }

    void begin() {
        if (!seat_) {
            return;
        }
        auto* frame =
            new terminal_ui::MainFrame(seat_->session(), seat_->conductor(), texts_, options_);
        frame->Show();
        SetTopWindow(frame);
        set_up_->Destroy();
        set_up_ = nullptr;
        seat_->conductor().start([frame](terminal_ui::Conductor::Snapshot snapshot) {
            frame->tell(std::move(snapshot));
        });
        // The threads end before the frame that they tell goes.
        frame->before_end([this] { seat_->conductor().stop(); });
    }

    World& world_;
    const Arguments& arguments_;
    const text::Texts& texts_;
    Machine& machine_;
    platform::KeptKey* keeper_;
    terminal_ui::FrameOptions options_;
    terminal_ui::SetUpFrame* set_up_ = nullptr;
    std::unique_ptr<Seat> seat_;
    std::thread preparing_;
    std::mutex lock_;
    std::condition_variable wake_;
    std::optional<std::pair<std::string, std::string>> typed_;
    bool ending_ = false;
};

}  // namespace

Result<int> run_window(World& world, const Arguments& arguments, const text::Texts& texts,
                       Machine& machine, platform::KeptKey* keeper) {
    const Status there = widgets::open_display();
    if (!there.ok()) {
        return there.error();
    }
    terminal_ui::ItemView::draw_without_opengl();
    // wx takes the app and deletes it.
    wxApp::SetInstance(new WindowApp(world, arguments, texts, machine, keeper));
    int argc = 1;
    std::string name = "assay-terminal";
    std::array<char*, 2> argv{name.data(), nullptr};
    return wxEntry(argc, argv.data());
}

}  // namespace assay::terminal
