#include "terminal/desk/ui/board.h"

#include <algorithm>

#include <gtk/gtk.h>

#include "terminal/desk/room_wide.h"
#include "terminal/widgets/parts.h"
#include "terminal/widgets/time_words.h"

namespace assay::desk_ui {

namespace {

constexpr int kCellPadding = 12;
constexpr int kTitlePadding = 18;
// Before it is laid out: in less GTK's scroll bars complain.
constexpr int kFirstWidth = 200;
constexpr int kFirstHeight = 160;

}  // namespace

Table::Table(wxWindow* parent)
    : wxDataViewListCtrl(parent, wxID_ANY, wxDefaultPosition, wxSize(kFirstWidth, kFirstHeight),
                         wxDV_SINGLE | wxDV_ROW_LINES | wxDV_HORIZ_RULES) {
    // Whoever looks sees that there are more rows.
    gtk_scrolled_window_set_overlay_scrolling(GTK_SCROLLED_WINDOW(GetHandle()), FALSE);
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        share_room();
    });
}

void Table::add_column(MessageId title, int least) {
    columns_.push_back({.title = title, .least = least});
    AppendTextColumn(" ", wxDATAVIEW_CELL_INERT, least, wxALIGN_LEFT, wxDATAVIEW_COL_RESIZABLE)
        ->GetRenderer()
        ->EnableEllipsize(wxELLIPSIZE_END);
}

void Table::say_titles(const Tongue& tongue) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        GetColumn(static_cast<unsigned>(i))->SetTitle(tongue.say(columns_[i].title));
    }
}

void Table::fit(const widgets::Look& look) {
    look_ = look;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        columns_[i].wants = width_of_title(i);
    }
    std::vector<std::vector<wxString>> rows(static_cast<std::size_t>(GetItemCount()));
    for (unsigned row = 0; row < rows.size(); ++row) {
        for (unsigned column = 0; column < columns_.size(); ++column) {
            rows[row].push_back(GetTextValue(row, column));
        }
    }
    measure(rows);
}

int Table::width_of_title(std::size_t column) {
    wxDataViewColumn* const shown = GetColumn(static_cast<unsigned>(column));
    GtkWidget* const button =
        gtk_tree_view_column_get_button(GTK_TREE_VIEW_COLUMN(shown->GetGtkHandle()));
    return widgets::layout_size(button, shown->GetTitle()).x + look_.px(kTitlePadding);
}

void Table::measure(const std::vector<std::vector<wxString>>& rows) {
    for (const std::vector<wxString>& cells : rows) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const int wide =
                widgets::layout_size(GtkGetTreeView(), cells[i]).x + look_.px(kCellPadding);
            columns_[i].wants = std::max(columns_[i].wants, wide);
        }
    }
    share_room();
}

void Table::share_room() {
    GtkAdjustment* const across =
        gtk_scrolled_window_get_hadjustment(GTK_SCROLLED_WINDOW(GetHandle()));
    int over = -static_cast<int>(gtk_adjustment_get_page_size(across));
    std::vector<int> widths;
    for (const Column& column : columns_) {
        widths.push_back(column.wants);
        over += column.wants;
    }
    while (over > 0) {
        const auto spare = [&](std::size_t i) {
            return columns_[i].whole ? 0 : widths[i] - look_.px(columns_[i].least);
        };
        std::size_t widest = 0;
        for (std::size_t i = 1; i < widths.size(); ++i) {
            widest = spare(i) > spare(widest) ? i : widest;
        }
        if (widths.empty() || spare(widest) <= 0) {
            break;  // the table scrolls
        }
        const int less = std::min(over, spare(widest));
        widths[widest] -= less;
        over -= less;
    }
    for (std::size_t i = 0; i < widths.size(); ++i) {
        wxDataViewColumn* const column = GetColumn(static_cast<unsigned>(i));
        GtkTreeViewColumn* const shown = GTK_TREE_VIEW_COLUMN(column->GetGtkHandle());
        if (widths[i] > 0 && gtk_tree_view_column_get_fixed_width(shown) != widths[i]) {
            column->SetWidth(widths[i]);
        }
    }
}

/// True where it changed.
bool Table::draw_row(unsigned row, const std::vector<wxString>& cells) {
    if (row >= static_cast<unsigned>(GetItemCount())) {
        wxVector<wxVariant> values;
        for (const wxString& cell : cells) {
            values.push_back(wxVariant(cell));
        }
        AppendItem(values);
        return true;
    }
    bool changed = false;
    for (unsigned column = 0; column < cells.size(); ++column) {
        if (GetTextValue(row, column) != cells[column]) {
            SetTextValue(cells[column], row, column);
            changed = true;
        }
    }
    if (changed) {
        // wx only paints the cell; a screen reader hears of it by the row.
        GetStore()->RowChanged(row);
    }
    return changed;
}

void Table::draw(const std::vector<std::vector<wxString>>& rows) {
    while (GetItemCount() > static_cast<int>(rows.size())) {
        DeleteItem(static_cast<unsigned>(GetItemCount()) - 1);
    }
    bool changed = false;
    for (unsigned row = 0; row < rows.size(); ++row) {
        changed = draw_row(row, rows[row]) || changed;
    }
    if (changed) {
        measure(rows);
    }
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
    const std::vector<desk::RoomWide> wide = desk::room_wide(view);
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
             finding_words(tongue, desk::own_findings(row, wide)), package_word(tongue, row)});
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
