#include <csignal>
#include <cstdlib>
#include <fstream>

#include <gdk/gdk.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wx/app.h>
#include <wx/button.h>
#include <wx/dialog.h>
#include <wx/timer.h>

#include "crypto/hash.h"
#include "terminal/desk/ui/app.h"
#include "tests/support/paths.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk_ui {
namespace {

/// A display of its own; the size of a screen that labs have.
class VirtualDisplay {
  public:
    explicit VirtualDisplay(const char* size) {
        int ends[2];
        if (::pipe(ends) != 0) {
            return;
        }
        process_ = ::fork();
        if (process_ == 0) {
            ::close(ends[0]);
            const std::string fd = std::to_string(ends[1]);
            ::execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", size, "-nolisten",
                     "tcp", static_cast<char*>(nullptr));
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string number;
        for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) {
            number += c;
        }
        ::close(ends[0]);
        ready_ = !number.empty();
        ::setenv("DISPLAY", (":" + number).c_str(), 1);
        ::setenv("GDK_BACKEND", "x11", 1);
    }
    ~VirtualDisplay() {
        if (process_ > 0) {
            ::kill(process_, SIGTERM);
            ::waitpid(process_, nullptr, 0);
        }
    }
    bool ready() const { return ready_; }

  private:
    pid_t process_ = -1;
    bool ready_ = false;
};

/// ASSAY_SCREENSHOTS names a folder where a person wants to look at the pictures.
void take_picture(const std::string& name) {
    const char* const folder = std::getenv("ASSAY_SCREENSHOTS");
    if (folder == nullptr) {
        return;
    }
    GdkWindow* const root = gdk_get_default_root_window();
    GdkPixbuf* const picture = gdk_pixbuf_get_from_window(root, 0, 0, gdk_window_get_width(root),
                                                          gdk_window_get_height(root));
    const std::string path = std::string(folder) + "/" + name + ".png";
    gdk_pixbuf_save(picture, path.c_str(), "png", nullptr, nullptr);
    g_object_unref(picture);
}

wxWindow* find_button(wxWindow* from, const wxString& label) {
    for (wxWindow* const child : from->GetChildren()) {
        const auto* button = dynamic_cast<wxButton*>(child);
        if (button != nullptr && button->GetLabel() == label) {
            return child;
        }
        if (wxWindow* const found = find_button(child, label)) {
            return found;
        }
    }
    return nullptr;
}

void press(wxWindow* top, const char* label) {
    wxWindow* const button = find_button(top, wxString::FromUTF8(label));
    ASSERT_NE(button, nullptr) << label;
    ASSERT_TRUE(button->IsEnabled()) << label;
    wxCommandEvent event(wxEVT_BUTTON, button->GetId());
    event.SetEventObject(button);
    button->GetEventHandler()->AddPendingEvent(event);
}

wxDialog* open_dialog() {
    for (wxWindow* const window : wxTopLevelWindows) {
        auto* dialog = dynamic_cast<wxDialog*>(window);
        if (dialog != nullptr && dialog->IsShown()) {
            return dialog;
        }
    }
    return nullptr;
}

/// Steps of a script, one every half second, also while a dialog is open.
class Robot final : public wxTimer {
  public:
    explicit Robot(std::vector<std::function<void()>> steps) : steps_(std::move(steps)) {}
    void Notify() override {
        if (next_ < steps_.size()) {
            steps_[next_++]();
        }
    }

  private:
    std::vector<std::function<void()>> steps_;
    std::size_t next_ = 0;
};

class Room : public desk::RoomFixture {
  public:
    Room(Disk& real, Clock& wall, const Path& folder) {
        desk::StationConfig config;
        config.room = {folder / "desk", sitting, room_id, 60, std::chrono::minutes(30)};
        config.first_keys = key_list;
        station = desk::Station::start({real, wall, random, log}, desk, config).value();
        EXPECT_TRUE(station->room().take_sitting(bundle).ok());
    }
    void fill() {
        EXPECT_TRUE(station->room().open_room(pin()).ok());
        for (const char* seat : {"01", "02", ""}) {
            terminals.push_back(new_terminal());
            const auto code = station->room().make_room_code().value();
            const auto& keys = terminals.back().keys();
            const auto proof =
                record::enrolment_proof(code.secret.view(), keys, crypto::TlsExporter{}.view());
            EXPECT_TRUE(
                station->room()
                    .enrol({terminals.back().id, seat, keys, proof}, terminals.back().tls_key(), {})
                    .ok());
        }
        begin(0, "running", {"FACE_MULTIPLE"}, true);
        begin(1, "reviewing", {}, false);
        EXPECT_TRUE(
            station->room().order(record::OrderKind::kStart, std::nullopt, 0, "", "", {}).ok());
    }
    void begin(std::size_t seat, const char* state, std::vector<std::string> findings, bool help) {
        const auto key = crypto::SecretBytes::random(random, 32);
        const auto opening =
            record::read_signed<record::RoomOpening>(station->room().room().value().opening)
                .value();
        const auto to =
            crypto::AgeRecipient::from_bytes(opening.object.move_recipient.view()).value();
        EXPECT_TRUE(station->room()
                        .admit(terminals[seat].id,
                               {to_bytes(make_start(terminals[seat], seat, {}, key).json()),
                                crypto::age_encrypt(random, key.view(), to)})
                        .ok());
        protocol::HeartbeatRequest told;
        told.attempt = attempts.attempts[seat].attempt;
        told.state = state;
        told.remaining_ms = 3'125'000;
        told.answered = 7;
        told.items = 12;
        told.findings = std::move(findings);
        told.wants_help = help;
        EXPECT_TRUE(station->room().heartbeat(terminals[seat].id, told).ok());
    }

    std::vector<Terminal> terminals;
    std::unique_ptr<desk::Station> station;
};

/// wx starts once a process: each test is a process of its own under ctest.
class DeskWindow : public testing::Test {
  protected:
    void watch(const char* screen, int width, int height, const std::string& name) {
        const VirtualDisplay display(screen);
        if (!display.ready()) {
            GTEST_SKIP() << "Xvfb is not installed";
        }
        SystemDisk real;
        const SystemClock wall;
        const auto texts = text::Texts::load(real, test::locale_folder());
        ASSERT_TRUE(texts.ok());
        SystemClock clock;
        Room room(real, clock, folder.path());
        room.fill();
        std::unique_ptr<Robot> robot;
        const auto top = [] { return wxTheApp->GetTopWindow(); };
        const auto cancel = [] {
            wxDialog* const dialog = open_dialog();
            ASSERT_NE(dialog, nullptr);
            dialog->EndModal(wxID_CANCEL);
        };
        const auto picture = [&](const char* what) {
            return [=] { take_picture(name + "-" + what); };
        };
        std::vector<std::function<void()>> steps{
            [&] {},
            picture("zh"),
            [&] { press(top(), "考场登记码"); },
            picture("zh-code"),
            cancel,
            [&] { press(top(), "封存考场"); },
            picture("zh-seal"),
            cancel,
            [&] { press(top(), "加时"); },
            picture("zh-notice"),
            [&] { press(top(), "English"); },
            picture("en"),
            [&] { press(top(), "Release by shares"); },
            picture("en-shares"),
            cancel,
            [&] { press(top(), "Seal room"); },
            [&] { open_dialog()->EndModal(wxID_OK); },
            picture("en-undecided"),
            [&] {
                EXPECT_FALSE(room.station->room().view().sealed);
                top()->Close(true);
            }};
        WindowOptions options{text::Language::kChinese, width, height, {}};
        options.shown = [&] {
            robot = std::make_unique<Robot>(std::move(steps));
            robot->Start(500);
        };
        EXPECT_TRUE(run_window(*room.station, *texts, options));
    }
    test::TempFolder folder;
};

TEST_F(DeskWindow, ShowsARoomOnASmallScreen) { watch("1366x768x24", 1366, 768, "small"); }

TEST_F(DeskWindow, ShowsARoomOnALargeScreen) { watch("1920x1080x24", 1920, 1080, "large"); }

}  // namespace
}  // namespace assay::desk_ui
