#include "terminal/desk/ui/frame.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <wx/datetime.h>
#include <wx/image.h>

#include "terminal/widgets/time_words.h"

namespace assay::desk_ui {
namespace {

using widgets::make_button;
using widgets::set_accessible_name;
using widgets::set_label;
using widgets::set_style;

constexpr int kRedrawMs = 1000;
constexpr int kSideWidth = 364;
constexpr int kBoardHeight = 260;
constexpr int kGap = 10;
constexpr int kStripHeight = 52;  ///< two lines: what happened and the next step
constexpr int kSideBySideEms = 75;
constexpr int kRoomyEms =
    34;  ///< in less room the header keeps the title, the state and the buttons
constexpr int kClockEms = 60;  ///< in less room the title needs the clock's
constexpr double kPoints = 11;

using desk::RoomView;

MessageId after_seal(const RoomView& view) {
    if (!view.refused.empty()) {
        return "desk.ui.next.refused"_id;
    }
    const bool coming = std::ranges::any_of(
        view.candidates, [](const desk::CandidateRow& row) { return row.evidence_missing > 0; });
    if (coming) {
        return "desk.ui.next.evidence"_id;
    }
    const bool waiting = view.waiting_for_server > 0 || view.uploads_waiting > 0;
    return waiting ? "desk.ui.next.sending"_id : "desk.ui.next.done"_id;
}

/// What the invigilators do next, in a word each.
MessageId next_step(const RoomView& view) {
    if (!view.has_sitting) {
        return "desk.ui.next.sitting"_id;
    }
    if (!view.opened) {
        return "desk.ui.next.open"_id;
    }
    if (view.sealed) {
        return after_seal(view);
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

MessageId room_state(const RoomView& view) {
    if (view.sealed) {
        return "desk.ui.room.sealed"_id;
    }
    if (view.paused) {
        return "desk.ui.room.paused"_id;
    }
    if (view.started) {
        return "desk.ui.room.started"_id;
    }
    if (view.released) {
        return "desk.ui.room.released"_id;
    }
    return view.opened ? "desk.ui.room.opened"_id : "desk.ui.room.closed"_id;
}

}  // namespace

DeskFrame::DeskFrame(desk::Station& station, const text::Texts& texts, const WindowOptions& options)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, wxSize(options.width, options.height)),
      station_(station),
      tongue_(texts, options.language),
      look_(options.look),
      timer_(this, wxID_ANY) {
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
    // What runs on a thread of its own still uses the station.
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (busy_ && event.CanVeto()) {
            event.Veto();
        } else {
            Destroy();
        }
    });
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { draw(); });
    Bind(wxEVT_SHOW, [this](wxShowEvent& event) {
        event.Skip();
        measure_soon();
    });
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
    header_row_ = new wxBoxSizer(wxHORIZONTAL);
    names_ = header_row_->Add(left, 1, middle | wxLEFT, 2 * kGap);
    server_ = make_server();
    header_row_->Add(server_, 0, middle | wxLEFT, 2 * kGap);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(header_row_, 1, wxEXPAND | wxTOP | wxBOTTOM, kGap);
    bar_->SetSizer(column);
    outbox_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { outbox(); });
    display_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { display(); });
    language_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
        tongue_.set_language(tongue_.language() == text::Language::kChinese
                                 ? text::Language::kEnglish
                                 : text::Language::kChinese);
        say_everything();
    });
    return bar_;
}

wxSizer* DeskFrame::make_server() {
    const int middle = wxALIGN_CENTER_VERTICAL;
    auto* words = new wxBoxSizer(wxVERTICAL);
    words->Add(link_ = new Words(bar_, "body"), 0, wxALIGN_RIGHT);
    words->Add(waiting_ = new Words(bar_, "faint"), 0, wxALIGN_RIGHT);
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    row->Add(words, 0, middle);
    row->Add(clock_ = new Words(bar_, "time"), 0, middle | wxLEFT, 2 * kGap);
    row->Add(outbox_ = make_button(bar_), 0, middle | wxLEFT, 2 * kGap);
    row->Add(display_ = make_button(bar_), 0, middle | wxLEFT, kGap);
    row->Add(language_ = make_button(bar_), 0, middle | wxLEFT, kGap);
    row->AddSpacer(2 * kGap);
    return row;
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
    words->Add(credit_ = make_button(panel, "tight"), 0, wxTOP, 6);
    credit_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { credit(); });
    credit_->Hide();
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
    boards_column_ = new wxBoxSizer(wxVERTICAL);
    boards_column_->Add(boards_row_, 1, wxEXPAND);
    boards_->SetSizer(boards_column_);
    candidates_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        draw_person();
        draw_actions();
    });
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
    const bool roomy = look_.ems(width) >= kRoomyEms;
    const int words = notice_->GetBestSize().y + kGap;
    strip_->SetMinSize(wxSize(-1, std::max(words, look_.px(roomy ? kStripHeight : 0))));
    header_row_->SetOrientation(roomy ? wxHORIZONTAL : wxVERTICAL);
    names_->SetProportion(roomy ? 1 : 0);
    names_->SetFlag(roomy ? wxALIGN_CENTER_VERTICAL | wxLEFT : wxEXPAND | wxLEFT | wxRIGHT);
    fit_foot(width, roomy);
    boards_->FitInside();
    boards_->Layout();
    Layout();
}

void DeskFrame::set_look(const widgets::Look& look) {
    look_ = look;
    widgets::apply_look(look_, kPoints);
    measure_soon();
}

void DeskFrame::measure_soon() {
    fresh_ = true;
    CallAfter([this, alive = alive_] {
        if (*alive) {
            draw();
        }
    });
}

void DeskFrame::say_everything() {
    SetTitle(tongue_.say("desk.ui.title"_id));
    candidates_->say_titles(tongue_);
    terminals_->say_titles(tongue_);
    set_accessible_name(candidates_, tongue_.say("desk.ui.candidates"_id));
    set_accessible_name(terminals_, tongue_.say("desk.ui.terminals"_id));
    terminals_title_->say(tongue_.say("desk.ui.terminals"_id));
    set_label(outbox_, tongue_.say("desk.ui.outbox"_id));
    set_label(display_, tongue_.say("desk.ui.display"_id));
    set_label(credit_, tongue_.say("desk.ui.credit"_id));
    set_label(notice_close_, tongue_.say("desk.ui.close"_id));
    // Each language names itself in its own words.
    language_->SetLabel(tongue_.language() == text::Language::kChinese
                            ? wxString("English")
                            : wxString::FromUTF8("中文"));
    for (const Action& action : actions_) {
        action.button->SetLabel(tongue_.say(action.label));
        set_accessible_name(action.button, tongue_.say(action.label));
    }
    measure_soon();
}

void DeskFrame::draw() {
    const bool anew = std::exchange(fresh_, false);
    if (anew) {
        widgets::measure_again(this);
    }
    view_ = station_.view();
    draw_header();
    draw_strip();
    candidates_->draw(candidate_cells(tongue_, view_));
    terminals_->draw(terminal_cells(tongue_, view_));
    if (anew) {
        candidates_->fit(look_);
        terminals_->fit(look_);
    }
    draw_person();
    draw_actions();
}

void DeskFrame::draw_header() {
    const wxString title = view_.has_sitting
                               ? tongue_.say("desk.ui.room"_id, {{"room", view_.room_name}}) +
                                     "    " + title_in(tongue_, view_.title)
                               : tongue_.say("desk.ui.no-sitting"_id);
    if (title_->say(title)) {
        title_->SetToolTip(title);
    }
    draw_state(look_.ems(GetClientSize().x) >= kRoomyEms);
    bar_->Layout();
}

void DeskFrame::draw_state(bool roomy) {
    const wxString state = tongue_.say(room_state(view_));
    const wxString link = tongue_.say(link_word(station_.server_link()));
    const auto count = [](std::size_t number) { return std::to_string(number); };
    const bool refused = !view_.refused.empty();
    const wxString waiting =
        refused ? tongue_.say("desk.ui.refused"_id, {{"count", count(view_.refused_by_server)}})
                : tongue_.say("desk.ui.waiting"_id,
                              {{"count", count(view_.waiting_for_server + view_.uploads_waiting)}});
    state_->say(roomy ? state : state + "    " + link);
    link_->say(roomy ? link : wxString());
    waiting_->say(roomy ? waiting : wxString());
    set_style(waiting_, "warm", refused);
    const bool clock = look_.ems(GetClientSize().x) >= kClockEms;
    clock_->say(clock ? wxDateTime::Now().Format("%H:%M:%S") : wxString());
}

void DeskFrame::draw_strip() {
    // Without a sitting nothing can be pressed: say why it does not come.
    const auto waits = station_.trouble();
    const bool trouble = trouble_ || (waits && !view_.has_sitting);
    const wxString wide = room_wide_words(tongue_, view_);
    const wxString words = trouble_  ? tongue_.error(*trouble_)
                           : trouble ? tongue_.error(*waits)
                                     : wide + tongue_.say(next_step(view_));
    notice_->say(words);
    set_style(notice_, "warm", trouble);
    set_style(strip_, "warm", trouble);
    notice_close_->Show(trouble_.has_value());
    if (trouble_ && among_boards_ && !told_) {
        boards_->Scroll(0, 0);  // where the strip is
    }
    told_ = trouble_.has_value();
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
        credit_->Hide();
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
    if (!row->findings.empty()) {
        more += "\n" + finding_words(tongue_, row->findings);
    }
    if (row->evidence_missing > 0) {
        more += "\n" + tongue_.say("desk.ui.evidence"_id,
                                   {{"count", std::to_string(row->evidence_missing)}});
    }
    person_more_->say(more);
    credit_->Show(row->dark_ms >= 1000 && !row->package && !view_.sealed);
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
