#include <gtest/gtest.h>
#include <gtk/gtk.h>
#include <wx/app.h>
#include <wx/button.h>
#include <wx/choice.h>
#include <wx/dataview.h>
#include <wx/dialog.h>
#include <wx/scrolwin.h>
#include <wx/timer.h>

#include "crypto/hash.h"
#include "terminal/desk/ui/app.h"
#include "terminal/widgets/parts.h"
#include "tests/support/display.h"
#include "tests/support/paths.h"
#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk_ui {
namespace {

using test::take_picture;
using test::VirtualDisplay;

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

int width_in(GtkWidget* widget, const wxString& words) {
    PangoLayout* const layout = gtk_widget_create_pango_layout(widget, words.utf8_str());
    int width = 0;
    pango_layout_get_pixel_size(layout, &width, nullptr);
    g_object_unref(layout);
    return width;
}

/// The words of a table that are cut although there is room, or without dots; or nothing.
wxString cut_in_table(wxDataViewListCtrl& table) {
    constexpr int kPadding = 8;  // what GTK keeps free left and right of a cell's words, together
    wxString widest_cut;
    int wanted = 0;
    for (unsigned i = 0; i < table.GetColumnCount(); ++i) {
        wxDataViewColumn* const column = table.GetColumn(i);
        GtkTreeViewColumn* const shown = GTK_TREE_VIEW_COLUMN(column->GetGtkHandle());
        wxString words = column->GetTitle();
        int wide = width_in(gtk_tree_view_column_get_button(shown), words) + kPadding;
        for (unsigned row = 0; row < static_cast<unsigned>(table.GetItemCount()); ++row) {
            const wxString cell = table.GetTextValue(row, i);
            if (const int needs = width_in(table.GtkGetTreeView(), cell) + kPadding; needs > wide) {
                wide = needs;
                words = cell;
            }
        }
        wanted += wide;
        const int has = gtk_tree_view_column_get_width(shown);
        if (has < wide) {
            widest_cut = wxString::Format("\"%s\" has %d of %d", words, has, wide);
            if (column->GetRenderer()->GetEllipsizeMode() != wxELLIPSIZE_END) {
                return widest_cut + ", without dots";
            }
        }
    }
    // Columns may be some pixels wider than their words.
    const int spare = 16 * static_cast<int>(table.GetColumnCount());
    return wanted + spare < table.GetClientSize().x ? widest_cut : wxString();
}

wxString find_cut_cell(wxWindow* from) {
    for (wxWindow* const child : from->GetChildren()) {
        auto* const table = dynamic_cast<wxDataViewListCtrl*>(child);
        wxString found = table == nullptr ? find_cut_cell(child) : cut_in_table(*table);
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

/// A step of a script; false: not yet, the machine is slow.
using Step = std::function<bool()>;

/// Steps of a script, one every half second, also while a dialog is open.
class Robot final : public wxTimer {
  public:
    explicit Robot(std::vector<Step> steps) : steps_(std::move(steps)) {}
    void Notify() override {
        constexpr int kTriesMax = 50;
        if (next_ < steps_.size() && (steps_[next_]() || ++tries_ > kTriesMax)) {
            ++next_;
            tries_ = 0;
        }
    }

  private:
    std::vector<Step> steps_;
    std::size_t next_ = 0;
    int tries_ = 0;
};

class Room : public desk::RoomFixture {
  public:
    Room(Disk& real, Clock& wall, const Path& folder) : RoomFixture(Paper::kSealed) {
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
        begin(0, "waiting", {}, false);
        begin(1, "waiting", {}, false);
    }
    void start() {
        const Status released = release(station->room());
        EXPECT_TRUE(released.ok()) << to_string(released.error());
        EXPECT_TRUE(
            station->room().order(record::OrderKind::kStart, std::nullopt, 0, "", "", {}).ok());
        tell(0, "running", {"FACE_MULTIPLE", "CAM_COVERED"}, true);
        tell(1, "reviewing", {}, false);
    }
    void refuse_something() {
        const auto pending = station->room().next_pending();
        ASSERT_TRUE(pending);
        EXPECT_TRUE(station->room()
                        .refused(pending->statement, fail(Code::kRefused, "protocol.refused"_id,
                                                          {{"reason", "server.terminal.unknown"},
                                                           {"machine", terminals[0].id.hex()}}))
                        .ok());
        EXPECT_TRUE(
            station->room()
                .refused_upload(crypto::sha256(as_bytes("a segment")), "segment",
                                attempts.attempts[1].attempt.hex(),
                                fail(Code::kRefused, "client.tus.refused"_id, {{"status", "422"}}))
                .ok());
    }
    void seal() {
        EXPECT_TRUE(station->room()
                        .seal({{attempts.attempts[0].attempt, record::Disposition::kLost},
                               {attempts.attempts[1].attempt, record::Disposition::kTerminated}})
                        .ok());
    }
    void begin(std::size_t seat, const char* state, std::vector<std::string> findings, bool help) {
        const auto key = crypto::JournalKey::random(random);
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
        tell(seat, state, std::move(findings), help);
    }
    void tell(std::size_t seat, const char* state, std::vector<std::string> findings, bool help) {
        protocol::HeartbeatRequest told;
        told.attempt = attempts.attempts[seat].attempt;
        told.state = state;
        told.remaining_ms = 3'125'000;
        told.answered = 7;
        told.dark_ms = seat == 0 ? 130'000 : 0;
        told.items = 12;
        told.findings = std::move(findings);
        told.wants_help = help;
        EXPECT_TRUE(station->room().heartbeat(terminals[seat].id, told).ok());
    }

    std::vector<Terminal> terminals;
    std::unique_ptr<desk::Station> station;
};

/// One round through the window: a person would press the same.
class Walk {
  public:
    Walk(Room& room, std::string name) : room_(room), name_(std::move(name)) {}

    std::vector<Step> steps() {
        wait([] { return top()->IsShownOnScreen() && top()->GetClientSize().x > 400; });
        act([name = name_] { first_look(name); });
        pause();
        round("zh-waiting", {"考场登记码", "用密钥分片启封", "待送", "显示"});
        act([] { expect_off("加时", "考试尚未开始"); });
        act([] { expect_off("封存考场", "考试尚未开始"); });
        act([&room = room_] { room.start(); });
        pause();
        act([] { expect_off("加时", "尚未选择考生"); });
        act([] { choose(0); });
        round("zh", {"加时", "发消息", "更换考试机", "封存考场"});
        act([] { press(top(), "指定座位"); });  // no terminal is chosen: the strip says so
        picture("zh-notice");
        act([] { press(top(), "关闭"); });
        look(1, 0);
        picture("zh-dark");
        look(2, 0);
        picture("zh-contrast");
        act([] { press(top(), "English"); });
        picture("en-contrast");
        large(3, "en-200", {"Extra time", "Seal room", "Outbox"});
        large(5, "en-400", {"Extra time", "Seal room", "Outbox"});
        act([&room = room_] { room.refuse_something(); });
        look(0, 0);
        round("en", {"Extra time", "Message", "Move", "Seal room", "Outbox", "Display"});
        act([] { press(top(), "Seal room"); });
        wait_for_dialog();
        act([] { open_dialog()->EndModal(wxID_OK); });
        picture("en-undecided");
        act([&room = room_] {
            EXPECT_FALSE(room.station->room().view().sealed);
            room.seal();
        });
        pause();
        picture("en-sealed");
        for (const char* const label : {"Pause", "Extra time", "Move", "Seal room", "Room code",
                                        "Message", "Assign seat", "Release paper"}) {
            act([label] { expect_off(label, "sealed"); });
        }
        act([] { top()->Close(true); });
        return std::move(steps_);
    }

  private:
    static wxWindow* top() { return wxTheApp->GetTopWindow(); }
    /// What the very first second shows is measured right: before any redraw by the clock.
    static void first_look(const std::string& name) {
        take_picture(name + "-first");
        EXPECT_EQ(widgets::find_cut(top()).utf8_string(), "") << name;
    }
    static void expect_off(const char* label, const char* why) {
        wxWindow* const button = find_button(top(), wxString::FromUTF8(label));
        ASSERT_NE(button, nullptr) << label;
        EXPECT_FALSE(button->IsEnabled()) << label;
        EXPECT_TRUE(button->GetToolTipText().Contains(wxString::FromUTF8(why)))
            << label << ": " << button->GetToolTipText();
    }
    static wxDataViewListCtrl* find_table(wxWindow* from) {
        for (wxWindow* const child : from->GetChildren()) {
            if (auto* const table = dynamic_cast<wxDataViewListCtrl*>(child)) {
                return table;
            }
            if (auto* const found = find_table(child)) {
                return found;
            }
        }
        return nullptr;
    }
    static void choose(int row) {
        wxDataViewListCtrl* const table = find_table(top());
        ASSERT_NE(table, nullptr);
        table->SelectRow(static_cast<unsigned>(row));
        wxDataViewEvent event(wxEVT_DATAVIEW_SELECTION_CHANGED, table, table->RowToItem(row));
        table->GetEventHandler()->ProcessEvent(event);
    }
    static void find_choices(wxWindow* from, std::vector<wxChoice*>& out) {
        for (wxWindow* const child : from->GetChildren()) {
            if (auto* const choice = dynamic_cast<wxChoice*>(child)) {
                out.push_back(choice);
            }
            find_choices(child, out);
        }
    }
    /// In the largest types the page scrolls: the end of it, and forms.
    void large(int size, const std::string& what, const std::vector<const char*>& dialogs) {
        look(1, size);
        pause();
        round(what, dialogs);
        act([] { scroll_to_end(top()); });
        picture(what + "-end");
    }
    static void scroll_to_end(wxWindow* from) {
        for (wxWindow* const child : from->GetChildren()) {
            if (auto* const page = dynamic_cast<wxScrolledWindow*>(child)) {
                page->Scroll(0, 100'000);
                return;
            }
        }
    }
    void act(std::function<void()> step) {
        steps_.push_back([step = std::move(step)] {
            step();
            return true;
        });
    }
    void wait(Step until) { steps_.push_back(std::move(until)); }
    void wait_for_dialog() {
        wait([] { return open_dialog() != nullptr; });
    }
    void pause() {
        act([] {});
        act([] {});
    }
    void picture(const std::string& what) {
        act([whole = name_ + '-' + what] {
            take_picture(whole);
            EXPECT_EQ(widgets::find_cut(top()).utf8_string(), "") << whole;
            EXPECT_EQ(find_cut_cell(top()).utf8_string(), "") << whole;
            if (wxDialog* const dialog = open_dialog()) {
                EXPECT_EQ(widgets::find_cut(dialog).utf8_string(), "") << whole;
            }
        });
    }
    static void cancel() {
        wxDialog* const dialog = open_dialog();
        ASSERT_NE(dialog, nullptr);
        dialog->EndModal(wxID_CANCEL);
    }
    void round(const std::string& language, const std::vector<const char*>& dialogs) {
        picture(language);
        for (std::size_t i = 0; i < dialogs.size(); ++i) {
            act([label = dialogs[i]] { press(top(), label); });
            wait_for_dialog();
            act([] {});
            picture(language + "-form-" + std::to_string(i));
            act(cancel);
        }
    }
    /// Colours and size of type by their place in the form "Display".
    void look(int colours, int size) {
        act([] {
            const bool chinese = find_button(top(), wxString::FromUTF8("显示")) != nullptr;
            press(top(), chinese ? "显示" : "Display");
        });
        wait_for_dialog();
        act([colours, size] {
            wxDialog* const dialog = open_dialog();
            ASSERT_NE(dialog, nullptr);
            const int wanted[] = {colours, size};
            std::vector<wxChoice*> choices;
            find_choices(dialog, choices);
            ASSERT_EQ(choices.size(), 2U);
            choices[0]->SetSelection(wanted[0]);
            choices[1]->SetSelection(wanted[1]);
            dialog->EndModal(wxID_OK);
        });
        pause();
    }

    Room& room_;
    std::string name_;
    std::vector<Step> steps_;
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
        WindowOptions options{text::Language::kChinese, width, height, {}, {}};
        options.shown = [&] {
            wxTheApp->GetTopWindow()->SetPosition(wxPoint(0, 0));
            robot = std::make_unique<Robot>(Walk(room, name).steps());
            robot->Start(400);
        };
        EXPECT_TRUE(run_window(*room.station, *texts, options));
    }
    test::TempFolder folder;
};

TEST_F(DeskWindow, ShowsARoomOnASmallScreen) { watch("1366x800x24", 1366, 768, "desk-small"); }

TEST_F(DeskWindow, ShowsARoomOnALargeScreen) { watch("1920x1110x24", 1920, 1080, "desk-large"); }

}  // namespace
}  // namespace assay::desk_ui
