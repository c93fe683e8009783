#include "terminal/desk/ui/frame.h"

#include <algorithm>
#include <thread>

#include <wx/datetime.h>
#include <wx/image.h>
#include <wx/wrapsizer.h>

#include "terminal/widgets/time_words.h"

namespace assay::desk_ui {
namespace {

using widgets::make_button;
using widgets::set_accessible_name;
using widgets::set_label;
using widgets::set_style;

constexpr int kRedrawMs = 1000;
constexpr int kSideWidth = 380;
constexpr int kBoardHeight = 260;
constexpr int kGap = 10;
constexpr int kStripHeight = 52;  ///< two lines: what happened and the next step
constexpr int kSideBySideEms = 75;
constexpr int kClockEms = 26;  ///< narrower than that, the clock makes room for the buttons
constexpr double kPoints = 11;

using desk::RoomView;

/// What the invigilators do next, in a word each.
MessageId next_step(const RoomView& view) {
    if (!view.has_sitting) {
        return "desk.ui.next.sitting"_id;
    }
    if (!view.opened) {
        return "desk.ui.next.open"_id;
    }
    if (view.sealed) {
        return view.waiting_for_server > 0 ? "desk.ui.next.sending"_id : "desk.ui.next.done"_id;
    }
    if (!view.released) {
        return view.terminals.empty() ? "desk.ui.next.enrol"_id : "desk.ui.next.release"_id;
    }
    if (!view.started) {
        return "desk.ui.next.start"_id;
    }
    if (view.paused) {
        return "desk.ui.next.resume"_id;
    }
    const bool all_in = std::ranges::all_of(view.candidates, [](const desk::CandidateRow& row) {
        return row.package || row.state == "absent";
    });
    return all_in ? "desk.ui.next.seal"_id : "desk.ui.next.watch"_id;
}

}  // namespace

DeskFrame::DeskFrame(desk::Station& station, const text::Texts& texts, const WindowOptions& options)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, wxSize(options.width, options.height)),
      station_(station),
      tongue_(texts, options.language),
      look_(options.look),
      timer_(this) {
    wxInitAllImageHandlers();
    widgets::apply_look(look_, kPoints);
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
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        fit();
    });
    timer_.Start(kRedrawMs);
    candidates_->SetFocus();
}

DeskFrame::~DeskFrame() { *alive_ = false; }

wxPanel* DeskFrame::make_header() {
    bar_ = new wxPanel(this);
    set_style(bar_, "bar");
    const int middle = wxALIGN_CENTER_VERTICAL;
    auto* left = new wxBoxSizer(wxVERTICAL);
    left->Add(title_ = new Words(bar_, "heading"), 0, wxEXPAND);
    left->Add(state_ = new Words(bar_, "faint"), 0, wxEXPAND);
    title_->cut_at_end();
    state_->cut_at_end();
    auto* server = new wxBoxSizer(wxVERTICAL);
    server->Add(link_ = new Words(bar_, "body"), 0, wxALIGN_RIGHT);
    server->Add(waiting_ = new Words(bar_, "faint"), 0, wxALIGN_RIGHT);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    row->Add(left, 1, middle | wxLEFT, 2 * kGap);
    row->Add(server, 0, middle | wxLEFT, 2 * kGap);
    row->Add(clock_ = new Words(bar_, "time"), 0, middle | wxLEFT, 2 * kGap);
    row->Add(display_ = make_button(bar_), 0, middle | wxLEFT, 2 * kGap);
    row->Add(language_ = make_button(bar_), 0, middle | wxLEFT, kGap);
    row->AddSpacer(2 * kGap);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(row, 1, wxEXPAND | wxTOP | wxBOTTOM, kGap);
    bar_->SetSizer(column);
    display_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { display(); });
    language_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        tongue_.set_language(tongue_.language() == text::Language::kChinese
                                 ? text::Language::kEnglish
                                 : text::Language::kChinese);
        say_everything();
        draw();
    });
    return bar_;
}

wxPanel* DeskFrame::make_notice() {
    strip_ = new wxPanel(this);
    set_style(strip_, "strip");
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    row->AddSpacer(2 * kGap);
    row->Add(notice_ = new Words(strip_, "body"), 1, wxALIGN_CENTER_VERTICAL);
    row->Add(notice_close_ = make_button(strip_, "tight"), 0, wxALIGN_CENTER_VERTICAL | wxLEFT,
             kGap);
    row->AddSpacer(2 * kGap);
    strip_->SetSizer(row);
    notice_close_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        trouble_.reset();
        candidates_->SetFocus();
        draw();
    });
    return strip_;
}

wxSizer* DeskFrame::make_person(wxWindow* panel) {
    auto* who = new wxBoxSizer(wxHORIZONTAL);
    who->Add(photo_ = new widgets::Picture(panel, wxSize(110, 140)), 0, wxRIGHT, 12);
    auto* words = new wxBoxSizer(wxVERTICAL);
    words->Add(person_ = new Words(panel, "section"));
    words->Add(person_more_ = new Words(panel, "faint"), 0, wxTOP, 6);
    who->Add(words, 1, wxEXPAND);
    return who;
}

wxWindow* DeskFrame::make_boards() {
    boards_ = new wxScrolledWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL);
    boards_->SetScrollRate(0, 16);
    set_style(boards_, "page");
    boards_row_ = new wxBoxSizer(wxHORIZONTAL);
    candidates_ = new Table(boards_);
    add_candidate_columns(*candidates_);
    boards_row_->Add(candidates_, 1, wxEXPAND | wxALL, kGap);
    side_ = new wxBoxSizer(wxVERTICAL);
    side_->Add(make_person(boards_), 0, wxEXPAND | wxBOTTOM, 12);
    side_->Add(terminals_title_ = new Words(boards_, "section"), 0, wxBOTTOM, 6);
    terminals_ = new Table(boards_);
    add_terminal_columns(*terminals_);
    side_->Add(terminals_, 1, wxEXPAND);
    boards_row_->Add(side_, 0, wxEXPAND | wxALL, kGap);
    boards_->SetSizer(boards_row_);
    candidates_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED,
                      [this](wxDataViewEvent&) { draw_person(); });
    return boards_;
}

// Side by side where there is room, else below each other; what finds no room scrolls.
void DeskFrame::fit() {
    const int width = GetClientSize().x;
    const bool beside = look_.ems(width) >= kSideBySideEms;
    boards_row_->SetOrientation(beside ? wxHORIZONTAL : wxVERTICAL);
    const int side = beside ? look_.px(kSideWidth) : width - 3 * kGap;
    side_->SetMinSize(side, -1);
    const int height = look_.px(kBoardHeight);
    candidates_->SetMinSize(wxSize(200, beside ? height / 2 : height));
    terminals_->SetMinSize(wxSize(200, beside ? height / 4 : height / 2));
    person_->wrap_to(side - photo_->GetMinSize().x - 12);
    person_more_->wrap_to(side - photo_->GetMinSize().x - 12);
    notice_->wrap_to(width - 5 * kGap - notice_close_->GetBestSize().x);
    strip_->SetMinSize(wxSize(-1, look_.px(kStripHeight)));
    boards_->FitInside();
    boards_->Layout();
    Layout();
}

void DeskFrame::set_look(const widgets::Look& look) {
    look_ = look;
    widgets::apply_look(look_, kPoints);
    candidates_->fit(look_);
    terminals_->fit(look_);
    fresh_ = 3;
    CallAfter([this] { draw(); });
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
    foot_ = new wxPanel(this);
    wxPanel* const bar = foot_;
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
    terminals_title_->say(tongue_.say("desk.ui.terminals"_id));
    set_label(display_, tongue_.say("desk.ui.display"_id));
    set_label(notice_close_, tongue_.say("desk.ui.close"_id));
    // Each language names itself in its own words.
    language_->SetLabel(tongue_.language() == text::Language::kChinese
                            ? wxString("English")
                            : wxString::FromUTF8("中文"));
    for (const Action& action : actions_) {
        action.button->SetLabel(tongue_.say(action.label));
        set_accessible_name(action.button, tongue_.say(action.label));
    }
    fresh_ = 2;
    Layout();
}

void DeskFrame::draw() {
    if (fresh_ > 0) {
        --fresh_;
        widgets::measure_again(this);
    }
    view_ = station_.room().view();
    draw_header();
    draw_strip();
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
    title_->say(view_.has_sitting ? wxString::FromUTF8(view_.title) + "    " +
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
    state_->say(tongue_.say(state));
    const bool roomy = look_.ems(GetClientSize().x) >= kClockEms;
    clock_->say(roomy ? wxDateTime::Now().Format("%H:%M:%S") : wxString());
    link_->say(tongue_.say(link_word(station_.server_link())));
    const auto count = [](std::size_t number) { return std::to_string(number); };
    waiting_->say(
        view_.refused_by_server > 0
            ? tongue_.say("desk.ui.refused"_id, {{"count", count(view_.refused_by_server)}})
            : tongue_.say("desk.ui.waiting"_id, {{"count", count(view_.waiting_for_server)}}));
    bar_->Layout();
}

void DeskFrame::draw_strip() {
    // Without a sitting nothing can be pressed: say why it does not come.
    const auto waits = station_.trouble();
    const bool trouble = trouble_ || (waits && !view_.has_sitting);
    const wxString words = trouble_  ? tongue_.error(*trouble_)
                           : trouble ? tongue_.error(*waits)
                                     : tongue_.say(next_step(view_));
    notice_->say(words);
    set_style(notice_, "warm", trouble);
    set_style(strip_, "warm", trouble);
    notice_close_->Show(trouble_.has_value());
    fit();
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
        person_->say(tongue_.say("desk.ui.choose"_id));
        person_more_->say("");
        photo_->show_photo({});
        return;
    }
    person_->say(wxString::FromUTF8(row->name));
    wxString more = wxString::FromUTF8(row->number) + "\n" +
                    tongue_.say("desk.ui.seat"_id, {{"seat", row->seat}});
    if (row->accommodated) {
        more += "\n" + tongue_.say("desk.ui.accommodated"_id);
    }
    if (row->dark_ms > 0) {
        more +=
            "\n" +
            tongue_.say("desk.ui.dark"_id,
                        {{"time", widgets::time_left_words(tongue_, row->dark_ms).utf8_string()}});
    }
    if (row->records_behind > 0) {
        more += "\n" +
                tongue_.say("desk.ui.behind"_id, {{"count", std::to_string(row->records_behind)}});
    }
    if (!row->trouble.empty()) {
        more += "\n" + tongue_.say("desk.ui.trouble"_id);
    }
    person_more_->say(more);
    const auto photo = row->photo ? station_.room().photo(*row->photo) : Result<Bytes>(Bytes{});
    photo_->show_photo(photo.ok() ? *photo : Bytes{});
    person_->GetParent()->Layout();
}

void DeskFrame::tell(const Status& done) {
    trouble_ = done.ok() ? std::nullopt : std::optional(done.error());
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
