#include <array>

#include "terminal/desk/console.h"
#include "terminal/desk/ui/forms.h"
#include "terminal/desk/ui/frame.h"

namespace assay::desk_ui {
namespace {

constexpr std::int64_t kMinutesMax = 600;

crypto::Pin pin_of(const wxString& typed) {
    const auto text = typed.utf8_string();
    return crypto::Pin(crypto::SecretBytes::copy_of(as_bytes(text)));
}

std::string utf8(const wxString& typed) { return typed.utf8_string(); }

}  // namespace

void DeskFrame::open_room() {
    const auto typed = ask(this, tongue_, "desk.ui.open"_id, "desk.ui.open.why"_id,
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
        ask(this, tongue_, "desk.ui.display"_id, "desk.ui.display.why"_id, {colours, size});
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
    show_room_code(this, tongue_, code->text());
    draw();
}

void DeskFrame::release_offline() {
    const auto typed = ask(this, tongue_, "desk.ui.release-offline"_id, "desk.ui.shares.why"_id,
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
        tell(fail(Code::kUsage, "desk.ui.choose-first"_id));
        return;
    }
    const auto typed = ask(this, tongue_, "desk.ui.extra"_id, "desk.ui.extra.why"_id,
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

void DeskFrame::message() {
    const auto typed = ask(this, tongue_, "desk.ui.message"_id, "desk.ui.message.why"_id,
                           {{Field::Kind::kText, "desk.ui.message.text"_id, {}, {}}});
    if (typed && !typed->at(0).empty()) {
        tell(station_.room().order(record::OrderKind::kMessage, std::nullopt, 0, utf8(typed->at(0)),
                                   "", {}));
    }
}

void DeskFrame::move() {
    const auto row = chosen();
    if (!row) {
        tell(fail(Code::kUsage, "desk.ui.choose-first"_id));
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
        tell(fail(Code::kNotFound, "desk.ui.move.none"_id));
        return;
    }
    const auto typed = ask(this, tongue_, "desk.ui.move"_id, "desk.ui.move.why"_id,
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
        this, tongue_, "desk.ui.assign"_id, "desk.ui.assign.why"_id,
        {{Field::Kind::kLine, "desk.ui.column.seat"_id, wxString::FromUTF8(terminal.seat), {}}});
    if (typed) {
        tell(station_.room().assign_seat(terminal.machine, utf8(typed->at(0))));
    }
}

void DeskFrame::seal() {
    if (const auto decided = ask_seal(this, tongue_, view_)) {
        tell(station_.room().seal(*decided));
    }
}

}  // namespace assay::desk_ui
