#include "terminal/desk/ui/board.h"

#include <algorithm>

#include "terminal/widgets/time_words.h"

namespace assay::desk_ui {
namespace {

constexpr int kCellInset = 24;  ///< both sides of a cell, the sign of the order included

}  // namespace

Table::Table(wxWindow* parent)
    : wxDataViewListCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_SINGLE | wxDV_ROW_LINES | wxDV_HORIZ_RULES) {}

void Table::add_column(MessageId title, int width) {
    titles_.push_back(title);
    widths_.push_back(width);
    AppendTextColumn(" ", wxDATAVIEW_CELL_INERT, width, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE);
}

void Table::say_titles(const Tongue& tongue) {
    for (std::size_t i = 0; i < titles_.size(); ++i) {
        GetColumn(static_cast<unsigned>(i))->SetTitle(tongue.say(titles_[i]));
    }
}

void Table::fit(const widgets::Look& look) {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (i != whole_) {
            GetColumn(static_cast<unsigned>(i))->SetWidth(look.px(widths_[i]));
        }
    }
    look_ = look;
    widen();
}

void Table::widen() {
    if (!whole_) {
        return;
    }
    const auto column = static_cast<unsigned>(*whole_);
    int wanted = look_.px(widths_[*whole_]);
    for (unsigned row = 0; row < static_cast<unsigned>(GetItemCount()); ++row) {
        const int words = GetTextExtent(GetTextValue(row, column)).x;
        wanted = std::max(wanted, words + look_.px(kCellInset));
    }
    if (GetColumn(column)->GetWidth() != wanted) {
        GetColumn(column)->SetWidth(wanted);
    }
}

void Table::draw(const std::vector<std::vector<wxString>>& rows) {
    while (GetItemCount() > static_cast<int>(rows.size())) {
        DeleteItem(static_cast<unsigned>(GetItemCount()) - 1);
    }
    for (unsigned row = 0; row < rows.size(); ++row) {
        if (row >= static_cast<unsigned>(GetItemCount())) {
            wxVector<wxVariant> cells;
            for (const wxString& cell : rows[row]) {
                cells.push_back(wxVariant(cell));
            }
            AppendItem(cells);
            continue;
        }
        bool changed = false;
        for (unsigned column = 0; column < rows[row].size(); ++column) {
            if (GetTextValue(row, column) != rows[row][column]) {
                SetTextValue(rows[row][column], row, column);
                changed = true;
            }
        }
        if (changed) {
            // wx only paints the cell; a screen reader hears of it by the row.
            GetStore()->RowChanged(row);
        }
    }
    widen();
}

void add_candidate_columns(Table& table) {
    table.add_column("desk.ui.column.seat"_id, 54);
    table.add_column("desk.ui.column.name"_id, 88);
    table.keep_whole();
    table.add_column("desk.ui.column.number"_id, 108);
    table.add_column("desk.ui.column.state"_id, 104);
    table.add_column("desk.ui.column.terminal"_id, 78);
    table.add_column("desk.ui.column.left"_id, 110);
    table.add_column("desk.ui.column.answered"_id, 84);
    table.add_column("desk.ui.column.help"_id, 64);
    table.add_column("desk.ui.column.findings"_id, 120);
    table.add_column("desk.ui.column.package"_id, 150);
}

std::vector<std::vector<wxString>> candidate_cells(const Tongue& tongue,
                                                   const desk::RoomView& view) {
    std::vector<std::vector<wxString>> out;
    for (const desk::CandidateRow& row : view.candidates) {
        const wxString state = row.disposition ? disposition_word(tongue, *row.disposition)
                                               : state_word(tongue, row.state);
        const bool running = row.items > 0 && !row.disposition;
        out.push_back(
            {wxString::FromUTF8(row.seat), wxString::FromUTF8(row.name),
             wxString::FromUTF8(row.number), state,
             row.terminal ? seen_word(tongue, row.seen) : wxString(),
             running ? widgets::time_left_words(tongue, row.remaining_ms) : wxString(),
             row.items > 0
                 ? wxString::Format("%llu / %llu", static_cast<unsigned long long>(row.answered),
                                    static_cast<unsigned long long>(row.items))
                 : wxString(),
             row.wants_help && !row.disposition ? tongue.say("desk.ui.help"_id) : wxString(),
             finding_words(tongue, row.findings), package_word(tongue, row)});
    }
    return out;
}

void add_terminal_columns(Table& table) {
    table.add_column("desk.ui.column.seat"_id, 70);
    table.add_column("desk.ui.column.fingerprint"_id, 190);
    table.add_column("desk.ui.column.link"_id, 84);
}

std::vector<std::vector<wxString>> terminal_cells(const Tongue& tongue,
                                                  const desk::RoomView& view) {
    std::vector<std::vector<wxString>> out;
    for (const desk::TerminalRow& row : view.terminals) {
        out.push_back(
            {row.seat.empty() ? tongue.say("desk.ui.spare"_id) : wxString::FromUTF8(row.seat),
             wxString::FromUTF8(row.fingerprint), seen_word(tongue, row.seen)});
    }
    return out;
}

}  // namespace assay::desk_ui
