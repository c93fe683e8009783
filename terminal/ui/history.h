#pragma once

#include <string>
#include <vector>

#include "terminal/sitting/paper.h"
#include "terminal/sitting/store.h"

namespace assay::terminal_ui {

/// An earlier text of an answer, as the panel shows it.
struct HistoryEntry {
    std::string item;
    std::string response;
    std::uint64_t record = 0;  ///< what a restore names
    WallTime wall;
    std::string text;
    std::size_t letters = 0;
    friend bool operator==(const HistoryEntry&, const HistoryEntry&) = default;
};

inline constexpr std::int64_t kPauseSeconds = 10;         ///< see history_entries()
inline constexpr std::size_t kHistoryLettersMax = 2'000;  ///< of a text on the panel

/// The responses of an item that are texts which a person types: only these have a panel. What was
/// chosen is seen on the page at once.
std::vector<std::string> typed_responses(const sitting::Paper::Entry& entry);

/// The versions worth showing, oldest first: those after which nothing was typed for
/// kPauseSeconds, those that a restore followed, and the newest.
std::vector<HistoryEntry> history_entries(const std::string& item, const std::string& response,
                                          const std::vector<sitting::AnswerVersion>& versions);

/// The beginning of a text, whole letters, with dots where more follows.
std::string shown_text(const std::string& text);

}  // namespace assay::terminal_ui
