#include <array>

#include <wx/wrapsizer.h>

#include "terminal/desk/console.h"
#include "terminal/desk/ui/frame.h"
#include "terminal/widgets/time_words.h"

namespace assay::desk_ui {
namespace {

constexpr std::int64_t kMinutesMax = 600;
constexpr int kActionGap = 4;
constexpr int kFootGap = 6;

crypto::Pin pin_of(const wxString& typed) {
    const auto text = typed.utf8_string();
    return crypto::Pin(crypto::SecretBytes::copy_of(as_bytes(text)));
}

std::string utf8(const wxString& typed) { return typed.utf8_string(); }

}  // namespace

void DeskFrame::add_action(wxSizer* row, desk::Command command, MessageId label, const char* style,
                           std::function<void()> press) {
    wxButton* button = widgets::make_button(foot_, style);
    button->Bind(wxEVT_BUTTON, [press = std::move(press)](wxCommandEvent&) { press(); });
    row->Add(button, 0, wxALL, kActionGap);
    actions_.push_back({button, label, command});
}

wxPanel* DeskFrame::make_actions() {
    using desk::Command;
    foot_ = new wxPanel(this);
    widgets::set_style(foot_, "foot");
    prepare_ = new wxWrapSizer(wxHORIZONTAL, 0);
    add_action(prepare_, Command::kOpen, "desk.ui.open"_id, "primary", [this] { open_room(); });
    add_action(prepare_, Command::kCode, "desk.ui.code"_id, "plain", [this] { room_code(); });
    add_action(prepare_, Command::kAssignSeat, "desk.ui.assign"_id, "plain",
               [this] { assign_seat(); });
    add_action(prepare_, Command::kRelease, "desk.ui.release"_id, "primary",
               [this] { work([this] { return station_.release_online(); }); });
    add_action(prepare_, Command::kReleaseOffline, "desk.ui.release-offline"_id, "plain",
               [this] { release_offline(); });
    first_running_ = actions_.size();
    run_ = new wxWrapSizer(wxHORIZONTAL, 0);
    add_action(run_, Command::kStart, "desk.ui.start"_id, "primary",
               [this] { order(record::OrderKind::kStart); });
    add_action(run_, Command::kPause, "desk.ui.pause"_id, "plain",
               [this] { order(record::OrderKind::kPause); });
    add_action(run_, Command::kResume, "desk.ui.resume"_id, "plain",
               [this] { order(record::OrderKind::kResume); });
    add_action(run_, Command::kExtraTime, "desk.ui.extra"_id, "plain", [this] { extra_time(); });
    add_action(run_, Command::kMessage, "desk.ui.message"_id, "plain", [this] { message(); });
    add_action(run_, Command::kMove, "desk.ui.move"_id, "plain", [this] { move(); });
    add_action(run_, Command::kSeal, "desk.ui.seal"_id, "plain", [this] { seal(); });
    foot_rows_ = new wxBoxSizer(wxHORIZONTAL);
    foot_rows_->Add(prepare_, 0, wxEXPAND);
    foot_rows_->Add(run_, 0, wxEXPAND);
    auto* outer = new wxBoxSizer(wxVERTICAL);
    outer->Add(foot_rows_, 1, wxEXPAND | wxALL, kFootGap);
    foot_->SetSizer(outer);
    return foot_;
}

int DeskFrame::width_of(std::size_t first, std::size_t last) const {
    int out = 0;
    for (std::size_t i = first; i < last; ++i) {
        out += actions_[i].button->GetBestSize().x + 2 * kActionGap;
    }
    return out;
}

int DeskFrame::rows_of(std::size_t first, std::size_t last, int width) const {
    int rows = 1;
    int used = 0;
    for (std::size_t i = first; i < last; ++i) {
        const int wants = width_of(i, i + 1);
        if (used > 0 && used + wants > width) {
            ++rows;
            used = 0;
        }
        used += wants;
    }
    return rows;
}

// In one row where they find room; else what prepares the room stands above what runs the exam, so
// that no button stands alone.
void DeskFrame::fit_foot(int width, bool roomy) {
    const int room = width - 2 * kFootGap;
    const bool one = width_of(0, actions_.size()) <= room;
    const int rows =
        one ? 1 : rows_of(0, first_running_, room) + rows_of(first_running_, actions_.size(), room);
    const int height = rows * (actions_[0].button->GetBestSize().y + 2 * kActionGap) + 2 * kFootGap;
    foot_rows_->SetOrientation(one ? wxHORIZONTAL : wxVERTICAL);
    prepare_->SetMinSize(one ? width_of(0, first_running_) : 0, -1);
    run_->SetMinSize(one ? width_of(first_running_, actions_.size()) : 0, -1);
    foot_->SetMinSize(wxSize(-1, height));
    place(!roomy || height > GetClientSize().y * 2 / 5);
}

void DeskFrame::place(bool among_boards) {
    if (among_boards == among_boards_) {
        return;
    }
    among_boards_ = among_boards;
    wxSizer* const from = among_boards ? GetSizer() : boards_column_;
    wxSizer* const to = among_boards ? boards_column_ : GetSizer();
    for (wxPanel* const panel : {bar_, strip_, foot_}) {
        from->Detach(panel);
        panel->Reparent(among_boards ? static_cast<wxWindow*>(boards_) : this);
    }
    to->Insert(0, bar_, 0, wxEXPAND);
    to->Insert(1, strip_, 0, wxEXPAND);
    to->Add(foot_, 0, wxEXPAND);
}

void DeskFrame::draw_actions() {
    const desk::RoomFacts facts = desk::facts_of(view_);
    const auto row = chosen();
    const desk::SeatState seat = row ? desk::seat_state_of(*row) : desk::SeatState::kNobody;
    for (const Action& action : actions_) {
        const Status can = desk::allowed(action.command, facts, seat);
        const bool on = can.ok() && !busy_;
        if (action.button->IsEnabled() != on) {
            action.button->Enable(on);
        }
        const wxString why = can.ok() ? wxString() : tongue_.error(can.error());
        if (action.button->GetToolTipText() != why) {
            action.button->SetToolTip(why);
        }
    }
}

void DeskFrame::outbox() {
    switch (ask_outbox(this, manner(), view_)) {
        case OutboxChoice::kRetry:
            work([this] {
                const auto count = station_.retry_refused();
                return count.ok() ? Status(Ok{}) : Status(count.error());
            });
            return;
        case OutboxChoice::kStick:
            if (const auto folder = ask_folder(this, tongue_)) {
                work([this, folder] {
                    const auto out = station_.export_waiting(*folder);
                    return out.ok() ? Status(Ok{}) : Status(out.error());
                });
            }
            return;
        case OutboxChoice::kClose:
            return;
    }
}

void DeskFrame::open_room() {
    const auto typed = ask(this, manner(), "desk.ui.open"_id, "desk.ui.open.why"_id,
                           {{Field::Kind::kSecret, "desk.ui.pin"_id, {}, {}},
                            {Field::Kind::kSecret, "desk.ui.pin-again"_id, {}, {}}});
    if (!typed) {
        return;
    }
    if (typed->at(0) != typed->at(1) || typed->at(0).empty()) {
        tell(fail(Code::kUsage, "desk.ui.pin.differ"_id));
        return;
    }
    auto pin = std::make_shared<crypto::Pin>(pin_of(typed->at(0)));
    work([this, pin] { return station_.room().open_room(*pin); });
}

void DeskFrame::display() {
    constexpr std::array kThemes{widgets::Theme::kLight, widgets::Theme::kDark,
                                 widgets::Theme::kContrast};
    constexpr std::array kPercents{100, 125, 150, 200, 300, 400};
    Field colours{Field::Kind::kChoice,
                  "desk.ui.display.colours"_id,
                  {},
                  {tongue_.say("desk.ui.display.light"_id), tongue_.say("desk.ui.display.dark"_id),
                   tongue_.say("desk.ui.display.contrast"_id)},
                  static_cast<int>(look_.theme)};
    Field size{Field::Kind::kChoice, "desk.ui.display.size"_id, {}, {}, 0};
    for (const int percent : kPercents) {
        if (percent / 100.0 <= look_.scale) {
            size.chosen = static_cast<int>(size.choices.size());
        }
        size.choices.push_back(wxString::Format("%d %%", percent));
    }
    const auto typed =
        ask(this, manner(), "desk.ui.display"_id, "desk.ui.display.why"_id, {colours, size});
    long theme = 0;
    long percent = 0;
    if (typed && typed->at(0).ToLong(&theme) && typed->at(1).ToLong(&percent)) {
        set_look({kThemes.at(static_cast<std::size_t>(theme)),
                  kPercents.at(static_cast<std::size_t>(percent)) / 100.0});
    }
}

void DeskFrame::room_code() {
    const auto code = station_.room().make_room_code();
    if (!code.ok()) {
        tell(code.error());
        return;
    }
    show_room_code(this, manner(), *code);
    draw();
}

void DeskFrame::release_offline() {
    const auto typed = ask(this, manner(), "desk.ui.release-offline"_id, "desk.ui.shares.why"_id,
                           {{Field::Kind::kText, "desk.ui.shares"_id, {}, {}}});
    if (!typed) {
        return;
    }
    const std::string text = utf8(typed->at(0));
    auto shares = desk::read_shares(as_bytes(text));
    if (!shares.ok()) {
        tell(shares.error());
        return;
    }
    auto owned = std::make_shared<std::vector<crypto::SecretBytes>>(std::move(*shares));
    work([this, owned] { return station_.room().release_offline(*owned); });
}

void DeskFrame::order(record::OrderKind kind) {
    tell(station_.room().order(kind, std::nullopt, 0, "", "", {}));
}

void DeskFrame::extra_time() {
    const auto row = chosen();
    if (!row) {
        tell(fail(Code::kUsage, "desk.off.nobody"_id));
        return;
    }
    const auto typed = ask(this, manner(), "desk.ui.extra"_id, "desk.ui.extra.why"_id,
                           {{Field::Kind::kLine, "desk.ui.minutes"_id, "5", {}},
                            {Field::Kind::kLine, "desk.ui.reason"_id, {}, {}}});
    if (!typed) {
        return;
    }
    long minutes = 0;
    if (!typed->at(0).ToLong(&minutes) || minutes <= 0 || minutes > kMinutesMax) {
        tell(fail(Code::kUsage, "desk.ui.minutes.wrong"_id));
        return;
    }
    tell(station_.room().order(record::OrderKind::kExtraTime, row->attempt, minutes * 60, "",
                               utf8(typed->at(1)), {}));
}

void DeskFrame::credit() {
    const auto row = chosen();
    if (!row || row->dark_ms < 1000) {
        return;
    }
    const std::string time = widgets::time_left_words(tongue_, row->dark_ms).utf8_string();
    const auto typed = ask(this, manner(), "desk.ui.credit"_id, "desk.ui.credit.why"_id,
                           {{Field::Kind::kLine,
                             "desk.ui.reason"_id,
                             tongue_.say("desk.ui.credit.reason"_id, {{"time", time}}),
                             {}}});
    if (typed) {
        tell(
            station_.room().credit_dark(row->attempt, row->dark_ms / 1000, utf8(typed->at(0)), {}));
    }
}

void DeskFrame::message() {
    const auto typed = ask(this, manner(), "desk.ui.message"_id, "desk.ui.message.why"_id,
                           {{Field::Kind::kText, "desk.ui.message.text"_id, {}, {}}});
    if (typed && !typed->at(0).empty()) {
        tell(station_.room().order(record::OrderKind::kMessage, std::nullopt, 0, utf8(typed->at(0)),
                                   "", {}));
    }
}

void DeskFrame::move() {
    const auto row = chosen();
    if (!row) {
        tell(fail(Code::kUsage, "desk.off.nobody"_id));
        return;
    }
    std::vector<MachineId> targets;
    Field where{Field::Kind::kChoice, "desk.ui.move.to"_id, {}, {}};
    for (const desk::TerminalRow& terminal : view_.terminals) {
        if (terminal.machine != row->terminal && !terminal.attempt) {
            targets.push_back(terminal.machine);
            where.choices.push_back((terminal.seat.empty() ? tongue_.say("desk.ui.spare"_id)
                                                           : wxString::FromUTF8(terminal.seat)) +
                                    "  " + wxString::FromUTF8(terminal.fingerprint));
        }
    }
    if (targets.empty()) {
        tell(fail(Code::kNotFound, "desk.off.no-spare"_id));
        return;
    }
    const auto typed = ask(this, manner(), "desk.ui.move"_id, "desk.ui.move.why"_id,
                           {where, {Field::Kind::kSecret, "desk.ui.pin"_id, {}, {}}});
    long index = 0;
    if (!typed || !typed->at(0).ToLong(&index) || index < 0) {
        return;
    }
    auto pin = std::make_shared<crypto::Pin>(pin_of(typed->at(1)));
    const MachineId to = targets.at(static_cast<std::size_t>(index));
    work([this, pin, to, attempt = row->attempt] {
        return station_.room().move(attempt, to, *pin);
    });
}

void DeskFrame::assign_seat() {
    const int row = terminals_->GetSelectedRow();
    if (row < 0 || row >= static_cast<int>(view_.terminals.size())) {
        tell(fail(Code::kUsage, "desk.ui.choose-terminal"_id));
        return;
    }
    const desk::TerminalRow& terminal = view_.terminals[static_cast<std::size_t>(row)];
    const auto typed = ask(
        this, manner(), "desk.ui.assign"_id, "desk.ui.assign.why"_id,
        {{Field::Kind::kLine, "desk.ui.column.seat"_id, wxString::FromUTF8(terminal.seat), {}}});
    if (typed) {
        tell(station_.room().assign_seat(terminal.machine, utf8(typed->at(0))));
    }
}

void DeskFrame::seal() {
    if (const auto decided = ask_seal(this, manner(), view_)) {
        tell(station_.room().seal(*decided));
    }
}

}  // namespace assay::desk_ui
