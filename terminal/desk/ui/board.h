#pragma once

#include <wx/dataview.h>

#include "terminal/desk/ui/words.h"
#include "terminal/widgets/look.h"

namespace assay::desk_ui {

/// A table that keeps its selection while it is drawn again and touches only cells that changed.
/// Each column is as wide as its widest words and the last takes the rest; where the room is too
/// little the widest give some of theirs, with dots in the place of what finds none.
class Table final : public wxDataViewListCtrl {
  public:
    explicit Table(wxWindow* parent);
    /// Never narrower than `least` where others need room, at scale one, if its words are as wide.
    void add_column(MessageId title, int least);
    /// The column before it gives none of its room: a name is read whole.
    void keep_whole() { columns_.back().whole = true; }
    void say_titles(const Tongue& tongue);
    /// Measures everything again, for another size of type or language.
    void fit(const widgets::Look& look);
    void draw(const std::vector<std::vector<wxString>>& rows);

  private:
    struct Column {
        MessageId title;
        int least;
        bool whole = false;
        int wants = 0;  ///< only grows between two fits: no column wobbles with the clock
    };
    bool draw_row(unsigned row, const std::vector<wxString>& cells);
    int width_of_title(std::size_t column);
    void measure(const std::vector<std::vector<wxString>>& rows);
    void share_room();

    std::vector<Column> columns_;
    widgets::Look look_;
};

void add_candidate_columns(Table& table);
std::vector<std::vector<wxString>> candidate_cells(const Tongue& tongue,
                                                   const desk::RoomView& view);
void add_terminal_columns(Table& table);
std::vector<std::vector<wxString>> terminal_cells(const Tongue& tongue, const desk::RoomView& view);

}  // namespace assay::desk_ui
