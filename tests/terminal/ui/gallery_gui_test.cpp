// Every screen of the terminal, one after the other, as a candidate comes to them: by pressing what
// is on the screen. Nothing may be cut and everything that takes the keyboard must have a name.
// With ASSAY_SCREENSHOTS=<folder> every combination of language, colours and size is drawn and
// kept.
#include <gtest/gtest.h>
#include <wx/app.h>
#include <wx/checkbox.h>
#include <wx/textctrl.h>
#include <wx/tglbtn.h>
#include <wx/timer.h>

#include "question-bank/render/qr.h"
#include "terminal/ui/main_frame.h"
#include "terminal/ui/set_up_frame.h"
#include "terminal/widgets/entry.h"
#include "terminal/widgets/picture.h"
#include "tests/support/display.h"
#include "tests/terminal/ui/fake_session.h"
#include "tests/terminal/ui/looking.h"

namespace assay::terminal_ui {
namespace {

using sitting::Phase;
using sitting::State;
using sitting::View;
using widgets::Theme;

constexpr int kStepMs = 60;
constexpr int kPictureStepMs = 420;
constexpr std::size_t kItems = 13;
constexpr std::size_t kEssay = 12;  ///< of them, from 1
constexpr int kRingPixelsMin = 60;
constexpr int kTriesMax = 20;
constexpr int kLineHeightMax = 46;  ///< of an entry at 100 %

/// How one round through all screens looks.
struct Round {
    text::Language language;
    Theme theme;
    int percent;

    std::string name() const {
        return std::string(language == text::Language::kChinese ? "zh" : "en") + '-' +
               widgets::theme_word(theme) + '-' + std::to_string(percent);
    }
};

constexpr Round kSlice[] = {{text::Language::kChinese, Theme::kLight, 100},
                            {text::Language::kEnglish, Theme::kContrast, 200},
                            {text::Language::kEnglish, Theme::kDark, 400}};

std::vector<Round> all_rounds() {
    std::vector<Round> out;
    for (const auto language : {text::Language::kChinese, text::Language::kEnglish}) {
        for (const Theme theme : {Theme::kLight, Theme::kDark, Theme::kContrast}) {
            out.push_back({language, theme, 100});
        }
        out.push_back({language, Theme::kLight, 200});
        out.push_back({language, Theme::kDark, 400});
    }
    return out;
}

class Gallery final : public wxApp {
  public:
    Gallery(const text::Texts& texts, std::string size) : texts_(texts), size_(std::move(size)) {
        session_.sitting_rules.duration_minutes = 60;
        session_.sitting_rules.camera = record::CameraPolicy::kRequired;
        session_.versions = {{40, WallTime{1'800'000'000}, {{"可能的原因一是推广"}}, {}},
                             {57, WallTime{1'800'000'060}, {{"可能的原因一是推广引来的访客"}}, {}}};
    }

    bool OnInit() override {
        FrameOptions options;
        frame_ = new MainFrame(session_, conductor_, texts_, options_of(options));
        first_look_ = std::make_unique<test::FirstLook>(frame_);
        frame_->Show();
        frame_->before_end([this] { conductor_.stop(); });
        conductor_.start(
            [this](Conductor::Snapshot snapshot) { frame_->tell(std::move(snapshot)); });
        const bool pictures = test::pictures_folder() != nullptr;
        if (pictures) {
            for (const Round& round : all_rounds()) {
                plan(round);
            }
        } else {
            for (const Round& round : kSlice) {
                plan(round);
            }
        }
        plan_set_up();
        steps_.emplace_back([this] { frame_->Close(true); });
        timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { step(); });
        timer_.Start(pictures ? kPictureStepMs : kStepMs);
        return true;
    }

  private:
    static FrameOptions options_of(FrameOptions options) {
        options.full_screen = true;
        return options;
    }
    wxString say(MessageId id, const Args& args = {}) const {
        return wxString::FromUTF8(texts_.say(round_.language, Message{id, args}));
    }
    void step() {
        if (pauses_ > 0) {
            --pauses_;
            return;
        }
        if (next_ < steps_.size()) {
            const auto current = next_++;
            steps_[current]();
        }
    }

    // ---- pressing
    static wxWindow* find(wxWindow* from, const wxString& name) {
        for (wxWindow* const child : from->GetChildren()) {
            if (!child->IsShown()) {
                continue;
            }
            const bool can = dynamic_cast<wxAnyButton*>(child) != nullptr ||
                             dynamic_cast<wxCheckBox*>(child) != nullptr;
            if (can && (child->GetLabel() == name || widgets::accessible_name(child) == name)) {
                return child;
            }
            if (wxWindow* const found = find(child, name)) {
                return found;
            }
        }
        return nullptr;
    }
    void press(const wxString& name) {
        steps_.emplace_back([this, name] {
            wxWindow* const button = find(frame_, name);
            ASSERT_NE(button, nullptr) << name.utf8_string() << " in " << round_.name();
            const bool toggle = dynamic_cast<wxToggleButton*>(button) != nullptr;
            auto* const box = dynamic_cast<wxCheckBox*>(button);
            wxCommandEvent event(toggle           ? wxEVT_TOGGLEBUTTON
                                 : box != nullptr ? wxEVT_CHECKBOX
                                                  : wxEVT_BUTTON,
                                 button->GetId());
            if (box != nullptr) {
                box->SetValue(true);
                event.SetInt(1);
            }
            event.SetEventObject(button);
            button->GetEventHandler()->AddPendingEvent(event);
        });
    }
    void press(MessageId id) {
        press(wxString::FromUTF8(texts_.say(planned_.language, Message{id, {}})));
    }
    template <class F>
    void show(F change) {
        steps_.emplace_back([this, change] {
            session_.set(change);
            frame_->tell({session_.view(), session_.state(), {}, 0, false});
        });
    }
    void wait(int steps) {
        steps_.emplace_back([this, steps] { pauses_ = steps; });
    }

    // ---- looking
    void picture(const std::string& name) {
        wait(1);
        steps_.emplace_back([this, name, round = planned_.name()] {
            const std::string whole = size_ + '-' + round + '-' + name;
            test::take_picture(whole);
            EXPECT_EQ(widgets::find_cut(top()).utf8_string(), "") << whole;
            expect_names(top(), whole);
        });
        // Drawn when the machine finds the time.
        steps_.emplace_back([this, name, tries = 0]() mutable {
            if (!shows_ring() && ++tries < kTriesMax) {
                --next_;
                return;
            }
            EXPECT_TRUE(shows_ring()) << size_ << ' ' << round_.name() << ' ' << name;
        });
    }
    /// Whatever has the keyboard shows it, in the one colour of the focus.
    bool shows_ring() const {
        wxWindow* const focused = wxWindow::FindFocus();
        const bool control = dynamic_cast<wxAnyButton*>(focused) != nullptr ||
                             dynamic_cast<wxTextCtrl*>(focused) != nullptr ||
                             dynamic_cast<wxCheckBox*>(focused) != nullptr;
        if (control && focused->IsShownOnScreen() && focused->IsEnabled() &&
            test::in_view(focused)) {
            return test::count_pixels(focused->GetScreenRect(), widgets::colour(theme_, "focus")) >
                   kRingPixelsMin;
        }
        return true;
    }
    template <class F>
    void look(F at) {
        steps_.emplace_back(at);
    }
    wxWindow* top() { return set_up_ != nullptr ? static_cast<wxWindow*>(set_up_) : frame_; }
    static void expect_names(wxWindow* from, const std::string& where) {
        for (wxWindow* const child : from->GetChildren()) {
            const bool control = dynamic_cast<wxAnyButton*>(child) != nullptr ||
                                 dynamic_cast<wxTextCtrl*>(child) != nullptr ||
                                 dynamic_cast<wxCheckBox*>(child) != nullptr;
            if (child->IsShownOnScreen() && control) {
                EXPECT_NE(widgets::accessible_name(child).Trim(), wxString()) << where;
            }
            expect_names(child, where);
        }
    }
    bool reads(const wxString& words) { return test::reads(words, top()); }
    /// Of the first window of a kind; empty where there is none.
    template <class T>
    wxRect place() {
        const T* const found = test::first<T>(frame_);
        return found == nullptr ? wxRect() : found->GetScreenRect();
    }

    // ---- the rounds
    void plan(const Round& round) {
        planned_ = round;
        steps_.emplace_back([this, round] { round_ = round; });
        plan_check_in();
        plan_display();
        plan_waiting();
        plan_paper();
        plan_trouble();
        plan_end();
    }
    void plan_check_in() {
        show([](View& view, State&) { view = {}; });
        look([this] { theme_ = Theme::kLight; });
        picture("01-connecting");
        if (!looked_) {
            looked_ = true;
            look([this] { EXPECT_EQ(first_look_->moved().utf8_string(), ""); });
        }
        show([](View& view, State&) {
            view.room_known = true;
            view.link = sitting::LinkState::kUp;
        });
        picture("02-language");
        press("terminal.language.choose"_id);
        picture("03-check-in");
    }
    void plan_display() {
        press("terminal.header.display"_id);
        const char* const themes[] = {"light", "dark", "contrast"};
        const MessageId names[] = {"terminal.display.light"_id, "terminal.display.dark"_id,
                                   "terminal.display.contrast"_id};
        for (std::size_t i = 0; i < 3; ++i) {
            if (widgets::theme_word(planned_.theme) == std::string(themes[i])) {
                press(names[i]);
            }
        }
        press(wxString::Format("%d %%", planned_.percent));
        look([this, theme = planned_.theme] { theme_ = theme; });
        wait(2);
        picture("04-display");
        press("terminal.display.back"_id);
        press("terminal.check-in.use-number"_id);
        picture("05-by-number");
        if (planned_.percent == 100) {
            look([this] {
                EXPECT_GT(place<widgets::Entry>().height, 0);
                EXPECT_LE(place<widgets::Entry>().height, kLineHeightMax);
            });
        }
        show([](View& view, State&) {
            view.trouble = fail(Code::kRefused, "sitting.check-in.nobody"_id);
        });
        picture("06-not-found");
    }
    void plan_waiting() {
        show([](View& view, State&) {
            view.trouble.reset();
            sitting::Person person;
            person.row.name = "李明轩";
            person.row.number = "2026011500071";
            person.row.seat = "01";
            person.row.accommodations.extra_time_percent = 25;
            person.room_name = "实训楼 302";
            SystemDisk disk;
            const auto photo =
                read_file(disk, test::FakeSession::sample() / "images/visitors.png", 1U << 22U);
            person.photo = photo.ok() ? *photo : Bytes{};
            view.person = std::move(person);
        });
        picture("07-person");
        press("terminal.person.yes"_id);
        picture("08-rules");
        look([this] {
            EXPECT_TRUE(reads(say("terminal.rules.time-free"_id, {{"minutes", "75"}})));
            EXPECT_TRUE(reads(say("terminal.rules.more-time"_id)));
        });
        show([](View& view, State&) { view.confirmed = true; });
        picture("09-admission");
        show([](View& view, State&) { view.phase = Phase::kWaiting; });
        picture("10-waiting");
        show([](View& view, State&) { view.phase = Phase::kReleased; });
        picture("11-released");
    }
    void plan_paper() {
        show([](View& view, State& state) {
            view.phase = Phase::kRunning;
            view.remaining_ms = 4'271'000;
            state.consent = true;
            state.released.resize(1);
            state.items["Q01"].responses["RESPONSE"].values = {"B"};
            state.items["Q03"].responses["RESPONSE"].values = {"UV"};
            state.items["Q05"].flagged = true;
            state.items["Q12"].responses["RESPONSE"].values = {"可能的原因一是推广引来的访客"};
        });
        wait(5);
        for (std::size_t i = 1; i <= kItems; ++i) {
            wait(1);
            picture("20-item-" + std::to_string(100 + i).substr(1));
            if (i == kEssay) {
                plan_history();
            }
            if (i < kItems) {
                press("terminal.paper.next"_id);
            }
        }
    }
    void plan_history() {
        press("terminal.paper.history"_id);
        wait(2);
        picture("26-history");
        press("terminal.history.earlier"_id);
        wait(1);
        look([this] {
            EXPECT_TRUE(reads(wxString::FromUTF8("可能的原因一是推广")));
            EXPECT_FALSE(reads(wxString::FromUTF8("引来的访客")));
        });
        press("terminal.history.restore"_id);
        wait(2);
        look([this] { EXPECT_EQ(session_.restored(), "Q12 RESPONSE 40"); });
    }
    void plan_trouble() {
        look([this] { page_ = place<ItemView>(); });
        show([](View& view, State&) {
            view.desk_texts = {{1, record::OrderKind::kExtraTime, "", "", 300}};
        });
        picture("29-extra-time");
        look([this] {
            EXPECT_TRUE(reads(round_.language == text::Language::kChinese
                                  ? wxString::FromUTF8("5 分钟")
                                  : "5 min"));
        });
        show([](View& view, State&) {
            view.desk_texts.push_back(
                {2, record::OrderKind::kMessage, "", "请大家核对座位号。", 0});
            view.desk_texts.push_back(
                {3, record::OrderKind::kMessage, "",
                 "请注意：第 10 题的图片中“第 4 天”一栏即 7 月 4 日。有疑问请举手，"
                 "监考员会到座位旁答复。Please raise your hand if anything about the "
                 "picture in item 10 is unclear.",
                 0});
        });
        picture("30-message");
        look([this] { EXPECT_EQ(place<ItemView>(), page_); });
        press("terminal.notice.read"_id);
        picture("31-messages");
        press("terminal.display.back"_id);
        show([](View& view, State&) { view.link = sitting::LinkState::kDown; });
        picture("32-link-down");
        show([](View& view, State&) {
            view.link = sitting::LinkState::kUp;
            view.disk_full = true;
        });
        picture("33-disk");
        show([](View& view, State& state) {
            view.disk_full = false;
            state.evidence.open_findings.insert("CAM_LOST");
        });
        picture("34-camera");
        show([](View& view, State& state) {
            state.evidence.open_findings.clear();
            view.remaining_ms = 295'000;
        });
        picture("35-five-minutes");
        show([](View& view, State&) { view.remaining_ms = 42'000; });
        picture("36-seconds");
        show([](View& view, State&) { view.phase = Phase::kPaused; });
        picture("37-paused");
        show([](View& view, State&) {
            view.phase = Phase::kRunning;
            view.remaining_ms = 3'000'000;
        });
    }
    void plan_end() {
        press("terminal.paper.review"_id);
        wait(2);
        picture("40-review");
        press("terminal.review.hand-in"_id);
        wait(2);
        picture("41-confirm");
        press("terminal.confirm.sure"_id);
        picture("42-sure");
        press("terminal.confirm.hand-in"_id);
        wait(2);
        picture("43-building");
        show([](View& view, State&) {
            view.package_built = true;
            view.slip = record::Slip{};
            view.slip->salt.emplace();
            view.short_code = "8F4K-2M7Q-W9XD-3RTA-5";
        });
        picture("44-sending");
        show([](View& view, State&) {
            view.countersigned = true;
            view.slip->countersigned = true;
            view.slip->proof = std::string(600, 'p');
        });
        picture("45-slip");
        look([this] {
            EXPECT_EQ(test::lines_of(session_.view().short_code, top()), 1);
            const auto code = render::make_qr(session_.view().slip->text());
            ASSERT_TRUE(code.ok());
            const int modules = static_cast<int>(code->size) + 8;
            EXPECT_GE(place<widgets::Picture>().width, 4 * modules);
        });
        show([](View& view, State&) {
            view.phase = Phase::kSealed;
            view.may_finish = true;
        });
        picture("46-sealed");
        press("terminal.last.finish"_id);
        wait(2);
        picture("47-next");
    }
    void plan_set_up() {
        steps_.emplace_back([this] {
            set_up_ = new SetUpFrame(texts_, options_of({}), "01", "7QK4-XX02-9PLM-3D",
                                     [](const std::string&, const std::string&) {});
            theme_ = Theme::kLight;
            set_up_->ask(false);
            first_look_ = std::make_unique<test::FirstLook>(set_up_);
            set_up_->Show();
        });
        wait(3);
        picture("50-connecting");
        look([this] { EXPECT_EQ(first_look_->moved().utf8_string(), ""); });
        steps_.emplace_back([this] { set_up_->ask(true); });
        picture("51-enrol");
        steps_.emplace_back([this] {
            set_up_->show_trouble(fail(Code::kUnavailable, "terminal.enrol.connection"_id));
        });
        picture("52-enrol-trouble");
        steps_.emplace_back(
            [this] { set_up_->Close(true), set_up_->Destroy(), set_up_ = nullptr; });
    }

    const text::Texts& texts_;
    std::string size_;
    test::FakeSession session_;
    SystemDisk disk_;
    Conductor conductor_{session_, disk_, []() -> Result<std::unique_ptr<Link>> {
                             return fail(Code::kUnavailable, "terminal.enrol.connection"_id);
                         }};
    MainFrame* frame_ = nullptr;
    SetUpFrame* set_up_ = nullptr;
    wxTimer timer_;
    std::vector<std::function<void()>> steps_;
    std::size_t next_ = 0;
    int pauses_ = 0;
    std::unique_ptr<test::FirstLook> first_look_;
    bool looked_ = false;
    Theme theme_ = Theme::kLight;
    wxRect page_;
    Round planned_{};
    Round round_{};
};

void walk_through(const char* screen, const std::string& size) {
    const test::VirtualDisplay display(screen);
    if (!display.ready()) {
        GTEST_SKIP() << "Xvfb is not installed";
    }
    SystemDisk disk;
    const auto texts = text::Texts::load(disk, test::locale_folder());
    ASSERT_TRUE(texts.ok());
    ItemView::draw_without_opengl();
    wxApp::SetInstance(new Gallery(*texts, size));  // wx deletes it
    int count = 1;
    std::string name = "gallery";
    std::array<char*, 2> arguments{name.data(), nullptr};
    EXPECT_EQ(wxEntry(count, arguments.data()), 0);
}

TEST(Gallery, CutsNothingOnASmallScreen) { walk_through("1366x768x24", "small"); }

TEST(Gallery, CutsNothingOnALargeScreen) { walk_through("1920x1080x24", "large"); }

}  // namespace
}  // namespace assay::terminal_ui
