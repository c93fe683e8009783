#include "terminal/desk/ui/frame.h"

#include <thread>

#include <wx/datetime.h>
#include <wx/image.h>
#include <wx/wrapsizer.h>

namespace assay::desk_ui {
namespace {

constexpr int kRedrawMs = 1000;
constexpr int kSideWidth = 366;

using desk::RoomView;

}  // namespace

DeskFrame::DeskFrame(desk::Station& station, const text::Texts& texts, text::Language language,
                     wxSize size)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, size),
      station_(station),
      tongue_(texts, language),
      timer_(this) {
    wxInitAllImageHandlers();
    apply_look();
    set_style(this, "page");
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_header(), 0, wxEXPAND);
    column->Add(make_notice(), 0, wxEXPAND);
    column->Add(make_boards(), 1, wxEXPAND);
    column->Add(make_actions(), 0, wxEXPAND);
    SetSizer(column);
    say_everything();
    draw();
    // What runs on a thread of its own still uses the station.
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (busy_ && event.CanVeto()) {
            event.Veto();
        } else {
            Destroy();
        }
    });
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { draw(); });
    timer_.Start(kRedrawMs);
    candidates_->SetFocus();
}

DeskFrame::~DeskFrame() { *alive_ = false; }

wxPanel* DeskFrame::make_header() {
    auto* bar = new wxPanel(this);
    set_style(bar, "bar");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* left = new wxBoxSizer(wxVERTICAL);
    left->Add(title_ = make_text(bar, "heading"));
    left->Add(state_ = make_text(bar, "faint"));
    row->Add(left, 0, wxALL | wxALIGN_CENTER_VERTICAL, 10);
    row->AddStretchSpacer();
    auto* server = new wxBoxSizer(wxVERTICAL);
    server->Add(link_ = make_text(bar, "body"), 0, wxALIGN_RIGHT);
    server->Add(waiting_ = make_text(bar, "faint"), 0, wxALIGN_RIGHT);
    row->Add(server, 0, wxALL | wxALIGN_CENTER_VERTICAL, 10);
    row->Add(clock_ = make_text(bar, "time"), 0, wxALL | wxALIGN_CENTER_VERTICAL, 12);
    row->Add(language_ = make_button(bar), 0, wxALL | wxALIGN_CENTER_VERTICAL, 10);
    bar->SetSizer(row);
    language_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        tongue_.set_language(tongue_.language() == text::Language::kChinese
                                 ? text::Language::kEnglish
                                 : text::Language::kChinese);
        say_everything();
        draw();
    });
    return bar;
}

wxPanel* DeskFrame::make_notice() {
    notice_bar_ = new wxPanel(this);
    set_style(notice_bar_, "notice");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    row->Add(notice_ = make_text(notice_bar_, "warm"), 1, wxALL | wxALIGN_CENTER_VERTICAL, 8);
    row->Add(notice_close_ = make_button(notice_bar_), 0, wxALL | wxALIGN_CENTER_VERTICAL, 6);
    notice_bar_->SetSizer(row);
    notice_bar_->Hide();
    notice_close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        notice_bar_->Hide();
        Layout();
    });
    return notice_bar_;
}

wxPanel* DeskFrame::make_boards() {
    auto* panel = new wxPanel(this);
    set_style(panel, "page");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    candidates_ = new Table(panel);
    add_candidate_columns(*candidates_);
    row->Add(candidates_, 1, wxEXPAND | wxALL, 10);
    auto* side = new wxBoxSizer(wxVERTICAL);
    auto* who = new wxBoxSizer(wxHORIZONTAL);
    who->Add(photo_ = new Picture(panel, wxSize(110, 140)), 0, wxRIGHT, 12);
    auto* words = new wxBoxSizer(wxVERTICAL);
    words->Add(person_ = make_text(panel, "section"));
    words->Add(person_more_ = make_text(panel, "faint"), 0, wxTOP, 6);
    who->Add(words, 1, wxEXPAND);
    side->Add(who, 0, wxEXPAND | wxBOTTOM, 12);
    side->Add(terminals_title_ = make_text(panel, "section"), 0, wxBOTTOM, 6);
    terminals_ = new Table(panel);
    add_terminal_columns(*terminals_);
    side->Add(terminals_, 1, wxEXPAND);
    side->SetMinSize(kSideWidth, -1);
    row->Add(side, 0, wxEXPAND | wxTOP | wxRIGHT | wxBOTTOM, 10);
    panel->SetSizer(row);
    candidates_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED,
                      [this](wxDataViewEvent&) { draw_person(); });
    return panel;
}

void DeskFrame::add_action(wxPanel* bar, wxSizer* row, MessageId label, const char* style,
                           std::function<bool(const RoomView&)> possible,
                           std::function<void()> press) {
    wxButton* button = make_button(bar, style);
    button->Bind(wxEVT_BUTTON, [press = std::move(press)](wxCommandEvent&) { press(); });
    row->Add(button, 0, wxALL, 4);
    actions_.push_back({button, label, std::move(possible)});
}

wxPanel* DeskFrame::make_actions() {
    auto* bar = new wxPanel(this);
    set_style(bar, "foot");
    auto* row = new wxWrapSizer(wxHORIZONTAL, 0);
    const auto opened = [](const RoomView& view) { return view.opened; };
    const auto unreleased = [](const RoomView& view) { return view.opened && !view.released; };
    add_action(
        bar, row, "desk.ui.open"_id, "primary",
        [](const RoomView& view) { return view.has_sitting && !view.opened; },
        [this] { open_room(); });
    add_action(bar, row, "desk.ui.code"_id, "plain", opened, [this] { room_code(); });
    add_action(
        bar, row, "desk.ui.assign"_id, "plain",
        [](const RoomView& view) { return !view.terminals.empty(); }, [this] { assign_seat(); });
    add_action(bar, row, "desk.ui.release"_id, "primary", unreleased,
               [this] { work([this] { return station_.release_online(); }); });
    add_action(bar, row, "desk.ui.release-offline"_id, "plain", unreleased,
               [this] { release_offline(); });
    add_action(
        bar, row, "desk.ui.start"_id, "primary",
        [](const RoomView& view) { return view.released && !view.started; },
        [this] { order(record::OrderKind::kStart); });
    add_action(
        bar, row, "desk.ui.pause"_id, "plain",
        [](const RoomView& view) { return view.started && !view.paused; },
        [this] { order(record::OrderKind::kPause); });
    add_action(
        bar, row, "desk.ui.resume"_id, "plain", [](const RoomView& view) { return view.paused; },
        [this] { order(record::OrderKind::kResume); });
    add_action(bar, row, "desk.ui.extra"_id, "plain", opened, [this] { extra_time(); });
    add_action(bar, row, "desk.ui.message"_id, "plain", opened, [this] { message(); });
    add_action(
        bar, row, "desk.ui.move"_id, "plain",
        [](const RoomView& view) { return view.opened && view.terminals.size() > 1; },
        [this] { move(); });
    add_action(bar, row, "desk.ui.seal"_id, "plain", opened, [this] { seal(); });
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(row, 0, wxEXPAND | wxALL, 6);
    bar->SetSizer(outer);
    return bar;
}

void DeskFrame::say_everything() {
    SetTitle(tongue_.say("desk.ui.title"_id));
    candidates_->say_titles(tongue_);
    terminals_->say_titles(tongue_);
    set_accessible_name(candidates_, tongue_.say("desk.ui.candidates"_id));
    set_accessible_name(terminals_, tongue_.say("desk.ui.terminals"_id));
    set_label(terminals_title_, tongue_.say("desk.ui.terminals"_id));
    set_label(notice_close_, tongue_.say("desk.ui.close"_id));
    // Each language names itself in its own words.
    language_->SetLabel(tongue_.language() == text::Language::kChinese
                            ? wxString("English")
                            : wxString::FromUTF8("中文"));
    for (const Action& action : actions_) {
        action.button->SetLabel(tongue_.say(action.label));
        set_accessible_name(action.button, tongue_.say(action.label));
    }
    notice_bar_->Hide();
    fresh_ = 2;
    Layout();
}

void DeskFrame::draw() {
    if (fresh_ > 0) {
        --fresh_;
        measure_again(this);
    }
    view_ = station_.room().view();
    draw_header();
    draw_trouble();
    candidates_->draw(candidate_cells(tongue_, view_));
    terminals_->draw(terminal_cells(tongue_, view_));
    draw_person();
    for (const Action& action : actions_) {
        const bool can = !busy_ && action.possible(view_);
        if (action.button->IsEnabled() != can) {
            action.button->Enable(can);
        }
    }
}

void DeskFrame::draw_header() {
    set_label(title_, view_.has_sitting
                          ? wxString::FromUTF8(view_.title) + "    " +
                                tongue_.say("desk.ui.room"_id, {{"room", view_.room_name}})
                          : tongue_.say("desk.ui.no-sitting"_id));
    MessageId state = "desk.ui.room.closed"_id;
    if (view_.sealed) {
        state = "desk.ui.room.sealed"_id;
    } else if (view_.paused) {
        state = "desk.ui.room.paused"_id;
    } else if (view_.started) {
        state = "desk.ui.room.started"_id;
    } else if (view_.released) {
        state = "desk.ui.room.released"_id;
    } else if (view_.opened) {
        state = "desk.ui.room.opened"_id;
    }
    set_label(state_, tongue_.say(state));
    set_label(clock_, wxDateTime::Now().Format("%H:%M:%S"));
    set_label(link_, tongue_.say(link_word(station_.server_link())));
    const auto count = [](std::size_t number) { return std::to_string(number); };
    set_label(
        waiting_,
        view_.refused_by_server > 0
            ? tongue_.say("desk.ui.refused"_id, {{"count", count(view_.refused_by_server)}})
            : tongue_.say("desk.ui.waiting"_id, {{"count", count(view_.waiting_for_server)}}));
    title_->GetParent()->Layout();
}

void DeskFrame::draw_trouble() {
    // Without a sitting nothing can be pressed: say why it does not come.
    const auto trouble = station_.trouble();
    if (trouble && !view_.has_sitting && !notice_bar_->IsShown()) {
        set_label(notice_, tongue_.error(*trouble));
        notice_bar_->Show();
        fresh_ = 2;
        Layout();
    }
}

std::optional<desk::CandidateRow> DeskFrame::chosen() const {
    const int row = candidates_->GetSelectedRow();
    if (row < 0 || row >= static_cast<int>(view_.candidates.size())) {
        return std::nullopt;
    }
    return view_.candidates[static_cast<std::size_t>(row)];
}

void DeskFrame::draw_person() {
    const auto row = chosen();
    if (!row) {
        set_label(person_, tongue_.say("desk.ui.choose"_id));
        set_label(person_more_, "");
        photo_->show_photo({});
        return;
    }
    set_label(person_, wxString::FromUTF8(row->name));
    wxString more = wxString::FromUTF8(row->number) + "\n" +
                    tongue_.say("desk.ui.seat"_id, {{"seat", row->seat}});
    if (row->accommodated) {
        more += "\n" + tongue_.say("desk.ui.accommodated"_id);
    }
    if (row->dark_ms > 0) {
        more += "\n" + tongue_.say("desk.ui.dark"_id, {{"time", time_left(row->dark_ms)}});
    }
    if (row->records_behind > 0) {
        more += "\n" +
                tongue_.say("desk.ui.behind"_id, {{"count", std::to_string(row->records_behind)}});
    }
    if (!row->trouble.empty()) {
        more += "\n" + tongue_.say("desk.ui.trouble"_id);
    }
    set_label(person_more_, more);
    const auto photo = row->photo ? station_.room().photo(*row->photo) : Result<Bytes>(Bytes{});
    photo_->show_photo(photo.ok() ? *photo : Bytes{});
    person_->GetParent()->Layout();
}

void DeskFrame::tell(const Status& done) {
    if (!done.ok()) {
        set_label(notice_, tongue_.error(done.error()));
        notice_->Wrap(GetClientSize().x - 160);
        set_accessible_name(notice_, tongue_.error(done.error()));
    }
    notice_bar_->Show(!done.ok());
    fresh_ = 2;
    Layout();
    station_.nudge();
    draw();
}

void DeskFrame::work(std::function<Status()> job) {
    busy_ = true;
    draw();
    std::thread([this, alive = alive_, job = std::move(job)] {
        const Status done = job();
        wxTheApp->CallAfter([this, alive, done] {
            if (*alive) {
                busy_ = false;
                tell(done);
            }
        });
    }).detach();
}

}  // namespace assay::desk_ui
