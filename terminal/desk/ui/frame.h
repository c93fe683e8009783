#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <wx/app.h>
#include <wx/frame.h>
#include <wx/timer.h>

#include "terminal/desk/ui/app.h"
#include "terminal/desk/ui/board.h"
#include "terminal/desk/ui/forms.h"
#include "terminal/widgets/parts.h"
#include "terminal/widgets/picture.h"

namespace assay::desk_ui {

using widgets::Words;

/// The desk's window: draws RoomView once a second and passes what is pressed to the station. It
/// decides nothing; what the room refuses is said in the strip with its next step, and nothing
/// moves for it: without trouble the strip says what comes next.
class DeskFrame final : public wxFrame {
  public:
    DeskFrame(desk::Station& station, const text::Texts& texts, const WindowOptions& options);
    ~DeskFrame() override;

  private:
    struct Action {
        wxButton* button;
        MessageId label;
        desk::Command command;
    };
    wxPanel* make_header();
    wxSizer* make_server();
    wxPanel* make_notice();
    wxWindow* make_boards();
    wxSizer* make_person(wxWindow* panel);
    wxPanel* make_actions();
    void add_action(wxSizer* row, desk::Command command, MessageId label, const char* style,
                    std::function<void()> press);
    void say_everything();
    void draw();
    void draw_header();
    void draw_state(bool roomy);
    void draw_strip();
    void draw_actions();
    void fit();
    void fit_foot(int width, bool roomy);
    /// Header, strip and commands stay where they are, or, where they would take the room of the
    /// tables, scroll with them.
    void place(bool among_boards);
    int rows_of(std::size_t first, std::size_t last, int width) const;
    int width_of(std::size_t first, std::size_t last) const;
    /// Drawn again soon: GTK knows a style's size only once it has been shown.
    void measure_soon();
    void display();
    void outbox();
    void set_look(const widgets::Look& look);
    void draw_person();
    void tell(const Status& done);
    /// Runs on a thread of its own, then tells; the buttons wait.
    void work(std::function<Status()> job);
    std::optional<desk::CandidateRow> chosen() const;
    Manner manner() const { return {tongue_, look_}; }

    void open_room();
    void room_code();
    void release_offline();
    void extra_time();
    /// What was dark, as extra time with its cause.
    void credit();
    void message();
    void move();
    void assign_seat();
    void seal();
    void order(record::OrderKind kind);

    desk::Station& station_;
    Tongue tongue_;
    desk::RoomView view_;
    std::vector<Action> actions_;
    widgets::Look look_;
    bool busy_ = false;
    bool fresh_ = false;  ///< everything is measured again at the next drawing
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    wxTimer timer_;
    wxPanel* bar_ = nullptr;
    Words* title_ = nullptr;
    Words* state_ = nullptr;
    Words* clock_ = nullptr;
    Words* link_ = nullptr;
    Words* waiting_ = nullptr;
    wxBoxSizer* header_row_ = nullptr;
    wxSizerItem* names_ = nullptr;
    wxSizer* server_ = nullptr;
    wxButton* outbox_ = nullptr;
    wxButton* display_ = nullptr;
    wxButton* language_ = nullptr;
    wxPanel* strip_ = nullptr;
    Words* notice_ = nullptr;
    wxButton* notice_close_ = nullptr;
    std::optional<Error> trouble_;  ///< shown until it is closed or the next thing is done
    wxScrolledWindow* boards_ = nullptr;
    wxBoxSizer* boards_column_ = nullptr;
    wxBoxSizer* boards_row_ = nullptr;
    wxBoxSizer* side_ = nullptr;
    wxPanel* foot_ = nullptr;
    wxBoxSizer* foot_rows_ = nullptr;
    wxSizer* prepare_ = nullptr;
    wxSizer* run_ = nullptr;
    std::size_t first_running_ = 0;  ///< of actions_: what comes before prepares the room
    bool among_boards_ = false;
    bool told_ = false;
    Table* candidates_ = nullptr;
    Table* terminals_ = nullptr;
    Words* terminals_title_ = nullptr;
    widgets::Picture* photo_ = nullptr;
    Words* person_ = nullptr;
    Words* person_more_ = nullptr;
    wxButton* credit_ = nullptr;
};

}  // namespace assay::desk_ui
