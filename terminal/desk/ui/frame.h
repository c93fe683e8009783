#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <wx/app.h>
#include <wx/frame.h>
#include <wx/timer.h>

#include "terminal/desk/ui/board.h"
#include "terminal/desk/ui/look.h"
#include "terminal/desk/ui/picture.h"

namespace assay::desk_ui {

/// The desk's window: draws RoomView once a second and passes what is pressed to the station. It
/// decides nothing; what the room refuses is said in the notice bar with its next step.
class DeskFrame final : public wxFrame {
  public:
    DeskFrame(desk::Station& station, const text::Texts& texts, text::Language language,
              wxSize size);
    ~DeskFrame() override;

  private:
    struct Action {
        wxButton* button;
        MessageId label;
        std::function<bool(const desk::RoomView&)> possible;
    };
    wxPanel* make_header();
    wxPanel* make_notice();
    wxPanel* make_boards();
    wxPanel* make_actions();
    void add_action(wxPanel* bar, wxSizer* row, MessageId label, const char* style,
                    std::function<bool(const desk::RoomView&)> possible,
                    std::function<void()> press);
    void say_everything();
    void draw();
    void draw_header();
    void draw_trouble();
    void draw_person();
    void tell(const Status& done);
    /// Runs on a thread of its own, then tells; the buttons wait.
    void work(std::function<Status()> job);
    std::optional<desk::CandidateRow> chosen() const;

    void open_room();
    void room_code();
    void release_offline();
    void extra_time();
    void message();
    void move();
    void assign_seat();
    void seal();
    void order(record::OrderKind kind);

    desk::Station& station_;
    Tongue tongue_;
    desk::RoomView view_;
    std::vector<Action> actions_;
    bool busy_ = false;
    int fresh_ = 3;  ///< drawings after which labels are measured again
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    wxTimer timer_;
    wxStaticText* title_ = nullptr;
    wxStaticText* state_ = nullptr;
    wxStaticText* clock_ = nullptr;
    wxStaticText* link_ = nullptr;
    wxStaticText* waiting_ = nullptr;
    wxButton* language_ = nullptr;
    wxPanel* notice_bar_ = nullptr;
    wxStaticText* notice_ = nullptr;
    wxButton* notice_close_ = nullptr;
    Table* candidates_ = nullptr;
    Table* terminals_ = nullptr;
    wxStaticText* terminals_title_ = nullptr;
    Picture* photo_ = nullptr;
    wxStaticText* person_ = nullptr;
    wxStaticText* person_more_ = nullptr;
};

}  // namespace assay::desk_ui
