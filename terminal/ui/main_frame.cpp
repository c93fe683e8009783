#include "terminal/ui/main_frame.h"

#include <algorithm>
#include <utility>

#include <wx/image.h>

#include "terminal/sitting/page_message.h"

namespace assay::terminal_ui {
namespace {

constexpr int kReloadMs = 150;
constexpr int kRestartedShownMs = 20'000;
constexpr int kSlipShownMinutes = 10;

}  // namespace

MainFrame::MainFrame(sitting::Session& session, Conductor& conductor, const text::Texts& texts,
                     const FrameOptions& options)
    : wxFrame(nullptr, wxID_ANY, "Assay", wxDefaultPosition, options.window),
      session_(session),
      conductor_(conductor),
      tongue_(texts, options.language),
      options_(options),
      pages_(session, texts) {
    wxInitAllImageHandlers();
    pages_.set_speaks(static_cast<bool>(options.speak));
    facts_.choices.look = options.look;
    facts_.camera_here = options.camera_here;
    widgets::apply_look(options.look);
    widgets::set_style(this, "page");
    facts_.view = session.view();
    facts_.state = session.state();
    // Somebody who was in the middle of an exam is not asked for a language again.
    facts_.choices.begun = facts_.view.phase != sitting::Phase::kCheckIn;
    facts_.choices.messages_read = facts_.view.desk_texts.size();
    accommodated_ = facts_.choices.begun;  // what was chosen before the restart stands
    resumed_item_ = facts_.state.current_item;
    show_look();
    make_actions();
    make_screens();
    if (options.full_screen) {
        ShowFullScreen(true);
    }
    // A kiosk's window cannot be closed by whoever sits before it.
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (event.CanVeto() && options_.full_screen) {
            event.Veto();
        } else {
            Destroy();
        }
    });
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        measure_soon();
    });
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) { event.Skip(!take_key(event)); });
    reload_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { load_page_again(); });
    restarted_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
        facts_.choices.page_restarted = false;
        draw();
    });
    measure_ = true;
    draw();
}

MainFrame::~MainFrame() {
    *alive_ = false;
    if (before_end_) {
        before_end_();
    }
}

void MainFrame::make_screens() {
    header_ = new HeaderBar(this, actions_);
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(header_, 0, wxEXPAND);
    paper_screen_ = new PaperScreen(
        this, actions_,
        [this](const std::string& shelf, const std::string& path) {
            return pages_.get(shelf, path);
        },
        [this](const std::string& item, const std::string& message) {
            on_page_message(item, message);
        });
    paper_screen_->item_view().on_restarted([this](bool seen) {
        if (seen) {
            facts_.choices.page_restarted = true;
            restarted_.StartOnce(kRestartedShownMs);
        }
        paper_screen_->forget_page();
        draw();
    });
    Screen* waiting = make_waiting_screen(this);
    screens_ = {{ScreenName::kLanguage, make_language_screen(this, actions_)},
                {ScreenName::kCheckIn, make_check_in_screen(this, actions_)},
                {ScreenName::kPerson, make_person_screen(this, actions_)},
                {ScreenName::kRules, make_rules_screen(this, actions_)},
                {ScreenName::kWaiting, waiting},
                {ScreenName::kPaused, waiting},
                {ScreenName::kPaper, paper_screen_},
                {ScreenName::kReview, make_review_screen(this, actions_)},
                {ScreenName::kConfirm, make_confirm_screen(this, actions_)},
                {ScreenName::kLast, make_last_screen(this, actions_)},
                {ScreenName::kDisplay, make_display_screen(this, actions_)},
                {ScreenName::kMessages, make_messages_screen(this, actions_)},
                {ScreenName::kHistory, make_history_screen(this, actions_)}};
    std::set<Screen*> added;
    for (const auto& [name, screen] : screens_) {
        if (added.insert(screen).second) {
            column->Add(screen->window(), 1, wxEXPAND);
            screen->window()->Hide();
        }
    }
    SetSizer(column);
}

// Another type, language or size: every size that is remembered is wrong.
void MainFrame::measure_soon() {
    measure_ = true;
    CallAfter([this, alive = alive_] {
        if (*alive) {
            draw();
        }
    });
}

void MainFrame::reload_soon() { reload_.StartOnce(kReloadMs); }

void MainFrame::load_page_again() {
    if (facts_.waiting_saves > 0) {
        reload_soon();
        return;
    }
    paper_screen_->forget_page();
    draw();
}

/// The sitting is over and nothing of it stays on the screen: the machine is for the next group.
void MainFrame::begin_anew() {
    const widgets::Look look = options_.first_look;
    facts_.choices = {};
    facts_.choices.look = look;
    facts_.paper.reset();
    facts_.rules.reset();
    pages_.set_paper(nullptr);
    pages_.forget_aids();
    if (options_.speak) {
        options_.speak("", "");
    }
    paper_screen_->forget_page();
    paper_screen_->item_view().clear();
    parts_open_ = 0;
    opening_paper_ = accommodated_ = false;
    resumed_item_.clear();
    sealed_since_.reset();
    set_language(options_.first_language);
    set_look(look);
}

void MainFrame::set_language(text::Language language) {
    tongue_.set_language(language);
    show_look();
    read_paper_again();
    if (options_.keep_language) {
        options_.keep_language(language);
    }
    measure_soon();
    draw();
}

void MainFrame::read_paper_again() {
    if (!facts_.paper) {
        return;
    }
    auto paper = session_.paper_in(text::language_tag(tongue_.language()));
    if (paper.ok()) {
        facts_.paper = *paper;
        pages_.set_paper(*paper);
    }
    paper_screen_->item_view().flush();
    reload_soon();
}

void MainFrame::tell(Conductor::Snapshot snapshot) {
    // CallAfter keeps what it is given; the flag tells that the window is still there.
    auto kept = std::make_shared<Conductor::Snapshot>(std::move(snapshot));
    CallAfter([this, kept, alive = alive_] {
        if (!*alive) {
            return;
        }
        take(*kept);
        draw();
    });
}

void MainFrame::take(Conductor::Snapshot& snapshot) {
    const sitting::Phase before = facts_.view.phase;
    const bool was_finished = facts_.view.finished;
    facts_.view = std::move(snapshot.view);
    facts_.state = std::move(snapshot.state);
    facts_.waiting_saves = snapshot.waiting_saves;
    facts_.save_failed = snapshot.save_failed;
    if (!facts_.view.person) {
        facts_.choices.person_right = false;
    }
    const bool other = facts_.view.phase != before;
    if (other) {
        facts_.choices.panel = Panel::kNone;
    }
    const bool back = other && facts_.view.phase == sitting::Phase::kCheckIn;
    if (back || (facts_.view.finished && !was_finished)) {
        begin_anew();
    }
    if (facts_.view.may_finish && !sealed_since_) {
        sealed_since_ = wxDateTime::UNow();
    }
    if (sealed_since_ &&
        wxDateTime::UNow() - *sealed_since_ > wxTimeSpan::Minutes(kSlipShownMinutes)) {
        sealed_since_.reset();
        actions_.finish();
    }
    take_notices(snapshot.notices);
}

void MainFrame::take_notices(const std::vector<sitting::Notice>& notices) {
    for (const sitting::Notice& notice : notices) {
        if (std::holds_alternative<sitting::ConfirmHandIn>(notice)) {
            facts_.choices.asked_hand_in = true;
        } else if (std::holds_alternative<sitting::FlushEditors>(notice)) {
            paper_screen_->item_view().flush();
        }
    }
}

void MainFrame::open_paper() {
    const std::size_t released = facts_.state.released.size();
    if (opening_paper_ || released == 0 || (facts_.paper && parts_open_ == released)) {
        return;
    }
    opening_paper_ = true;
    const std::string tag = text::language_tag(tongue_.language());
    conductor_.post([this, tag, released, alive = alive_](sitting::Session& session) -> Status {
        auto paper = session.paper_in(tag);
        if (!paper.ok()) {
            CallAfter([this, alive] { opening_paper_ = opening_paper_ && !*alive; });
            return paper.error();
        }
        CallAfter([this, alive, released, opened = std::move(paper).value()] {
            if (*alive) {
                take_paper(opened, released);
            }
        });
        return Ok{};
    });
}

void MainFrame::take_paper(const std::shared_ptr<const sitting::Paper>& paper,
                           std::size_t released) {
    const bool more = facts_.paper != nullptr;
    facts_.paper = paper;
    parts_open_ = released;
    opening_paper_ = false;
    pages_.set_paper(paper);
    if (!more) {
        const std::string first = paper->entries.empty() ? "" : paper->entries.front().identifier;
        open_item(paper->find(resumed_item_) == nullptr ? first : resumed_item_);
    }
    draw();
}

void MainFrame::open_item(const std::string& item) {
    if (facts_.choices.item != item) {
        paper_screen_->item_view().flush();
        facts_.choices.item = item;
    }
    const bool reviewing = facts_.view.phase == sitting::Phase::kReviewing;
    conductor_.post([item, reviewing](sitting::Session& session) -> Status {
        if (reviewing) {
            ASSAY_TRY_STATUS(session.leave_review());
        }
        return session.open_item(item);
    });
    draw();
}

void MainFrame::on_page_message(const std::string& item, const std::string& json) {
    const auto message = sitting::read_page_message(as_bytes(json));
    if (!message.ok() || !facts_.paper) {
        return;  // the page is ours and tells nothing else; what is no message changes nothing
    }
    if (message->type == "response" && message->id) {
        auto change = sitting::captured(*facts_.paper, item, *message->id,
                                        message->value.value_or(std::vector<std::string>{}));
        if (change.ok()) {
            conductor_.save(std::move(change).value());
        }
    } else if (message->type == "file" && message->result && message->text) {
        conductor_.save_file(item, *message->result, *message->text);
    } else {
        on_tool_message(item, *message);
    }
}

/// The aids beside an item: notes go into the journal, marks in the text stay with this window.
void MainFrame::on_tool_message(const std::string& item, const sitting::PageMessage& message) {
    const std::string text = message.text.value_or("");
    if (message.type == "aid" && message.id == "notes") {
        conductor_.post(
            [item, text](sitting::Session& session) { return session.note(item, text); });
    } else if (message.type == "aid" && message.id) {
        pages_.keep_aid(item, *message.id, text);
    } else if (options_.speak && (message.type == "speak" || message.type == "hush")) {
        options_.speak(message.type == "hush" ? "" : text, message.id.value_or(""));
    }
}

Screen* MainFrame::screen_for(ScreenName name) { return screens_.at(name); }

void MainFrame::show_screen(ScreenName name) {
    if (shown_ == name) {
        return;
    }
    for (const auto& [each, screen] : screens_) {
        screen->window()->Show(screen == screen_for(name));
    }
    shown_ = name;
    Layout();
    measure_soon();
    screen_for(name)->focus_first();
}

void MainFrame::draw() {
    open_paper();
    if (!facts_.rules) {
        facts_.rules = session_.rules();
    }
    const bool anew = std::exchange(measure_, false);
    if (anew) {
        header_->forget_height();
        widgets::measure_again(this);
    }
    const Scene scene = make_scene(facts_);
    header_->draw(scene, tongue_);
    screen_for(scene.screen)->draw(scene, tongue_);
    show_screen(scene.screen);
    if (anew) {
        header_->InvalidateBestSize();
        Layout();
    }
}

}  // namespace assay::terminal_ui
