#pragma once

#include <wx/dataview.h>

#include "terminal/desk/ui/words.h"
#include "terminal/widgets/look.h"

namespace assay::desk_ui {

/// A table that keeps its selection while it is drawn again and touches only cells that changed.
class Table final : public wxDataViewListCtrl {
  public:
    explicit Table(wxWindow* parent);
    void add_column(MessageId title, int width);
    void say_titles(const Tongue& tongue);
    /// Columns as wide as the type is large.
    void fit(const widgets::Look& look);
    void draw(const std::vector<std::vector<wxString>>& rows);

  private:
    std::vector<MessageId> titles_;
    std::vector<int> widths_;
};

void add_candidate_columns(Table& table);
std::vector<std::vector<wxString>> candidate_cells(const Tongue& tongue,
                                                   const desk::RoomView& view);
void add_terminal_columns(Table& table);
std::vector<std::vector<wxString>> terminal_cells(const Tongue& tongue, const desk::RoomView& view);

}  // namespace assay::desk_ui
