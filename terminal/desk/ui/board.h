#pragma once

#include <optional>

#include <wx/dataview.h>

#include "terminal/desk/ui/words.h"
#include "terminal/widgets/look.h"

namespace assay::desk_ui {

/// A table that keeps its selection while it is drawn again and touches only cells that changed.
class Table final : public wxDataViewListCtrl {
  public:
    explicit Table(wxWindow* parent);
    void add_column(MessageId title, int width);
    /// The column before it is never narrower than what stands in it: a name is read whole.
    void keep_whole() { whole_ = widths_.size() - 1; }
    void say_titles(const Tongue& tongue);
    /// Columns as wide as the type is large.
    void fit(const widgets::Look& look);
    void draw(const std::vector<std::vector<wxString>>& rows);

  private:
    void widen();

    std::vector<MessageId> titles_;
    std::vector<int> widths_;
    std::optional<std::size_t> whole_;
    widgets::Look look_;
};

void add_candidate_columns(Table& table);
std::vector<std::vector<wxString>> candidate_cells(const Tongue& tongue,
                                                   const desk::RoomView& view);
void add_terminal_columns(Table& table);
std::vector<std::vector<wxString>> terminal_cells(const Tongue& tongue, const desk::RoomView& view);

}  // namespace assay::desk_ui
