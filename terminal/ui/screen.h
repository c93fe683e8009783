#pragma once

#include <functional>
#include <optional>
#include <string>

#include "terminal/ui/scene.h"
#include "terminal/widgets/card.h"
#include "terminal/widgets/tongue.h"

namespace assay::terminal_ui {

using widgets::Tongue;
using widgets::Words;

/// What a candidate can press, wherever it stands. Screens call these and decide nothing.
struct Actions {
    std::function<void(text::Language)> begin;
    std::function<void(text::Language)> set_language;
    std::function<void(widgets::Look)> set_look;
    std::function<void(Panel)> show_panel;
    std::function<void(std::optional<std::string> number, std::optional<std::string> code)>
        check_in;
    std::function<void(bool)> by_number;
    std::function<void()> person_yes;
    std::function<void()> person_no;
    std::function<void(bool agreed)> consent;
    std::function<void(const std::string& item)> open_item;
    std::function<void(const std::string& item, bool flagged)> flag;
    /// Earlier texts of the item that is shown.
    std::function<void()> history;
    std::function<void(std::size_t version)> show_version;
    /// The version that is shown stands again.
    std::function<void()> restore;
    std::function<void()> review;
    std::function<void()> back_to_paper;
    std::function<void()> ask_hand_in;
    std::function<void()> cancel_hand_in;
    std::function<void()> confirm_hand_in;
    std::function<void(bool up)> raise_hand;
    std::function<void()> finish;
};

/// One screen of the window. draw() may be called at any time and often; it changes only what
/// differs, so that nothing moves under a hand.
class Screen {
  public:
    virtual ~Screen() = default;
    virtual void draw(const Scene& scene, const Tongue& tongue) = 0;
    /// Where the keyboard goes when the screen appears.
    virtual void focus_first() {}
    virtual wxWindow* window() = 0;
};

/// A screen that is a card.
class CardScreen : public widgets::CardPage, public Screen {
  public:
    using widgets::CardPage::CardPage;
    wxWindow* window() override { return this; }
};

Screen* make_language_screen(wxWindow* parent, const Actions& actions);
Screen* make_check_in_screen(wxWindow* parent, const Actions& actions);
Screen* make_person_screen(wxWindow* parent, const Actions& actions);
Screen* make_rules_screen(wxWindow* parent, const Actions& actions);
Screen* make_waiting_screen(wxWindow* parent);
Screen* make_review_screen(wxWindow* parent, const Actions& actions);
Screen* make_confirm_screen(wxWindow* parent, const Actions& actions);
Screen* make_last_screen(wxWindow* parent, const Actions& actions);
Screen* make_display_screen(wxWindow* parent, const Actions& actions);
Screen* make_messages_screen(wxWindow* parent, const Actions& actions);
Screen* make_history_screen(wxWindow* parent, const Actions& actions);

}  // namespace assay::terminal_ui
