#include <algorithm>

#include "terminal/ui/main_frame.h"

// What the candidate presses, and what follows.
namespace assay::terminal_ui {
namespace {

using widgets::Theme;

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

void MainFrame::make_actions() {
    actions_.set_language = [this](text::Language language) { set_language(language); };
    actions_.set_look = [this](const widgets::Look& look) { set_look(look); };
    actions_.show_panel = [this](Panel panel) { show_panel(panel); };
    actions_.raise_hand = [this](bool up) {
        facts_.choices.hand_up = up;
        session_.raise_hand(up);
        draw();
    };
    actions_.finish = [this] {
        conductor_.post([](sitting::Session& session) { return session.finish(); });
    };
    make_check_in_actions();
    make_paper_actions();
}

void MainFrame::make_check_in_actions() {
    actions_.begin = [this](text::Language language) {
        facts_.choices.begun = true;
        set_language(language);
        session_.check_in(std::nullopt, std::nullopt);
    };
    actions_.check_in = [this](std::optional<std::string> number, std::optional<std::string> code) {
        session_.check_in(std::move(number), std::move(code));
    };
    actions_.by_number = [this](bool on) {
        facts_.choices.by_number = on;
        draw();
    };
    actions_.person_yes = [this] {
        facts_.choices.person_right = true;
        take_accommodations();
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
}

void MainFrame::make_paper_actions() {
    actions_.open_item = [this](const std::string& item) { open_item(item); };
    actions_.flag = [this](const std::string& item, bool flagged) {
        conductor_.post(
            [item, flagged](sitting::Session& session) { return session.flag(item, flagged); });
    };
    actions_.history = [this] { show_history(); };
    actions_.show_version = [this](std::size_t version) {
        facts_.choices.version = version;
        draw();
    };
    actions_.restore = [this] { restore_version(); };
    actions_.review = [this] {
        paper_screen_->item_view().flush();
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
}

void MainFrame::show_panel(Panel panel) {
    paper_screen_->item_view().flush();
    facts_.choices.panel = panel;
    if (panel == Panel::kMessages) {
        facts_.choices.messages_read = facts_.view.desk_texts.size();
    }
    draw();
}

// Read beside the window's own thread, as everything that may touch the disk.
void MainFrame::show_history() {
    const sitting::Paper::Entry* const entry =
        facts_.paper ? facts_.paper->find(facts_.choices.item) : nullptr;
    if (entry == nullptr) {
        return;
    }
    paper_screen_->item_view().flush();
    const std::string item = entry->identifier;
    conductor_.post([this, item, responses = typed_responses(*entry),
                     alive = alive_](sitting::Session& session) -> Status {
        std::vector<HistoryEntry> found;
        for (const std::string& response : responses) {
            ASSAY_TRY(const auto versions, session.history(item, response));
            std::ranges::move(history_entries(item, response, versions), std::back_inserter(found));
        }
        std::ranges::sort(found, {}, &HistoryEntry::record);
        CallAfter([this, alive, found = std::move(found)] {
            if (*alive) {
                facts_.choices.history = found;
                facts_.choices.version = found.empty() ? 0 : found.size() - 1;
                show_panel(Panel::kHistory);
            }
        });
        return Ok{};
    });
}

void MainFrame::restore_version() {
    if (facts_.choices.version >= facts_.choices.history.size()) {
        return;
    }
    const HistoryEntry& wanted = facts_.choices.history[facts_.choices.version];
    conductor_.post([this, item = wanted.item, response = wanted.response, record = wanted.record,
                     alive = alive_](sitting::Session& session) -> Status {
        ASSAY_TRY_STATUS(session.restore(item, response, record));
        CallAfter([this, alive] {
            if (*alive) {
                show_panel(Panel::kNone);
                reload_soon();
            }
        });
        return Ok{};
    });
}

void MainFrame::set_look(const widgets::Look& look) {
    const bool other_colours = look.theme != facts_.choices.look.theme;
    facts_.choices.look = look;
    widgets::apply_look(look);
    show_look();
    if (other_colours && facts_.paper) {
        reload_soon();
    }
    if (options_.keep_look) {
        options_.keep_look(look);
    }
    measure_soon();
    draw();
}

void MainFrame::take_accommodations() {
    if (accommodated_ || !facts_.view.person) {
        return;
    }
    accommodated_ = true;
    const record::Accommodations& wanted = facts_.view.person->row.accommodations;
    const record::Accommodations usual;
    widgets::Look look = facts_.choices.look;
    if (wanted.theme != usual.theme) {
        look.theme = widgets::theme_from(wanted.theme);
    }
    if (wanted.text_percent != usual.text_percent) {
        look.scale =
            std::clamp(wanted.text_percent / 100.0, widgets::kScaleMin, widgets::kScaleMax);
    }
    if (look != facts_.choices.look) {
        set_look(look);
    }
}

void MainFrame::show_look() {
    pages_.set_look(tongue_.language(), page_theme(facts_.choices.look.theme));
}

// Page by page, and region by region: quicker than Tab through everything between.
bool MainFrame::take_key(const wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if (key == WXK_ESCAPE && facts_.choices.panel != Panel::kNone) {
        show_panel(Panel::kNone);
        return true;
    }
    if (key == WXK_ESCAPE && facts_.choices.asked_hand_in) {
        actions_.cancel_hand_in();
        return true;
    }
    if (shown_ != ScreenName::kPaper) {
        return false;
    }
    if (key == WXK_F6) {
        if (event.ShiftDown() || !paper_screen_->focus_next_region()) {
            header_->focus_first();
        }
        return true;
    }
    const bool turns = event.ControlDown() && (key == WXK_PAGEUP || key == WXK_PAGEDOWN);
    if (turns) {
        paper_screen_->turn(key == WXK_PAGEUP ? -1 : 1);
    }
    return turns;
}

}  // namespace assay::terminal_ui
