#include "terminal/ui/main_frame.h"

#include <wx/image.h>

#include "terminal/sitting/page_message.h"

namespace assay::terminal_ui {
namespace {

render::Theme page_theme(Theme theme) {
    switch (theme) {
        case Theme::kDark:
            return render::Theme::kDark;
        case Theme::kContrast:
            return render::Theme::kHighContrast;
        case Theme::kLight:
            break;
    }
    return render::Theme::kLight;
}

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
    apply_look(options.theme, options.scale);
    set_style(this, "page");
    facts_.view = session.view();
    facts_.state = session.state();
    // Somebody who was in the middle of an exam is not asked for a language again.
    facts_.choices.begun = facts_.view.phase != sitting::Phase::kCheckIn;
    resumed_item_ = facts_.state.current_item;
    pages_.set_look(tongue_.language(), page_theme(options.theme));
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
    paper_screen_->item_view().on_restarted([this] {
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
                {ScreenName::kLast, make_last_screen(this)}};
    std::set<Screen*> added;
    for (const auto& [name, screen] : screens_) {
        if (added.insert(screen).second) {
            column->Add(screen, 1, wxEXPAND);
            screen->Hide();
        }
    }
    SetSizer(column);
}

void MainFrame::make_actions() {
    actions_.begin = [this](text::Language language) {
        facts_.choices.begun = true;
        set_language(language);
        session_.check_in(std::nullopt, std::nullopt);
    };
    actions_.set_language = [this](text::Language language) { set_language(language); };
    actions_.check_in = [this](std::optional<std::string> number, std::optional<std::string> code) {
        session_.check_in(std::move(number), std::move(code));
    };
    actions_.by_number = [this](bool on) {
        facts_.choices.by_number = on;
        draw();
    };
    actions_.person_yes = [this] {
        facts_.choices.person_right = true;
        draw();
    };
    actions_.person_no = [this] {
        facts_.choices.by_number = true;
        session_.reject_person();
    };
    actions_.consent = [this](bool agreed) {
        const std::string by = facts_.choices.by_number ? "number" : "name";
        conductor_.post(
            [by, agreed](sitting::Session& session) { return session.confirm_person(by, agreed); });
    };
    actions_.open_item = [this](const std::string& item) { open_item(item); };
    actions_.flag = [this](const std::string& item, bool flagged) {
        conductor_.post(
            [item, flagged](sitting::Session& session) { return session.flag(item, flagged); });
    };
    actions_.review = [this] {
        paper_screen_->item_view().run("window.assayPlayer && assayPlayer.flush()");
        conductor_.post([](sitting::Session& session) { return session.enter_review(); });
    };
    actions_.back_to_paper = [this] {
        conductor_.post([](sitting::Session& session) { return session.leave_review(); });
    };
    actions_.ask_hand_in = [this] {
        conductor_.post([](sitting::Session& session) { return session.ask_hand_in(); });
    };
    actions_.cancel_hand_in = [this] {
        facts_.choices.asked_hand_in = false;
        draw();
    };
    actions_.confirm_hand_in = [this] {
        facts_.choices.asked_hand_in = false;
        conductor_.post([](sitting::Session& session) { return session.confirm_hand_in(); });
    };
    actions_.raise_hand = [this](bool up) { session_.raise_hand(up); };
}

void MainFrame::set_language(text::Language language) {
    tongue_.set_language(language);
    pages_.set_look(language, page_theme(options_.theme));
    paper_screen_->forget_page();
    read_paper_again();
    if (options_.keep_language) {
        options_.keep_language(language);
    }
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
}

void MainFrame::tell(Conductor::Snapshot snapshot) {
    // CallAfter keeps what it is given; the flag tells that the window is still there.
    auto kept = std::make_shared<Conductor::Snapshot>(std::move(snapshot));
    CallAfter([this, kept, alive = alive_] {
        if (!*alive) {
            return;
        }
        facts_.view = std::move(kept->view);
        facts_.state = std::move(kept->state);
        facts_.waiting_saves = kept->waiting_saves;
        facts_.save_failed = kept->save_failed;
        if (!facts_.view.person) {
            facts_.choices.person_right = false;
        }
        take_notices(kept->notices);
        draw();
    });
}

void MainFrame::take_notices(const std::vector<sitting::Notice>& notices) {
    for (const sitting::Notice& notice : notices) {
        if (std::holds_alternative<sitting::ConfirmHandIn>(notice)) {
            facts_.choices.asked_hand_in = true;
        } else if (std::holds_alternative<sitting::FlushEditors>(notice)) {
            paper_screen_->item_view().run("window.assayPlayer && assayPlayer.flush()");
        } else if (const auto* text = std::get_if<sitting::ShowDeskText>(&notice)) {
            header_->show_notice(
                tongue_.say("terminal.notice.desk"_id, {{"text", text->text.text}}));
        }
    }
}

void MainFrame::open_paper() {
    if (facts_.paper || opening_paper_ || facts_.state.released.empty()) {
        return;
    }
    opening_paper_ = true;
    const std::string tag = text::language_tag(tongue_.language());
    conductor_.post([this, tag, alive = alive_](sitting::Session& session) -> Status {
        auto paper = session.paper_in(tag);
        if (!paper.ok()) {
            CallAfter([this, alive] { opening_paper_ = opening_paper_ && !*alive; });
            return paper.error();
        }
        CallAfter([this, alive, opened = std::move(paper).value()] {
            if (*alive) {
                facts_.paper = opened;
                opening_paper_ = false;
                pages_.set_paper(opened);
                const std::string first =
                    opened->entries.empty() ? "" : opened->entries.front().identifier;
                open_item(opened->find(resumed_item_) == nullptr ? first : resumed_item_);
                draw();
            }
        });
        return Ok{};
    });
}

void MainFrame::open_item(const std::string& item) {
    if (facts_.choices.item != item) {
        paper_screen_->item_view().run("window.assayPlayer && assayPlayer.flush()");
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
    }
}

Screen* MainFrame::screen_for(ScreenName name) { return screens_.at(name); }

void MainFrame::show_screen(ScreenName name) {
    if (shown_ == name) {
        return;
    }
    for (const auto& [each, screen] : screens_) {
        screen->Show(screen == screen_for(name));
    }
    shown_ = name;
    Layout();
    // GTK knows the styles only now: measured once more, before anybody sees much of it.
    CallAfter([this] { draw(); });
    screen_for(name)->focus_first();
}

void MainFrame::draw() {
    open_paper();
    if (!facts_.rules) {
        facts_.rules = session_.rules();
    }
    const Scene scene = make_scene(facts_);
    header_->draw(scene, tongue_);
    screen_for(scene.screen)->draw(scene, tongue_);
    show_screen(scene.screen);
}

}  // namespace assay::terminal_ui
