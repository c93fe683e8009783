#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "terminal/typed_text.h"
#include "terminal/ui/conductor.h"

namespace assay::terminal {

/// A candidate who never stops typing, for campaigns that kill the program: one text after the
/// other into the given responses in turn, each told on standard output as "typing N" before and
/// "saved N" after it is durable, as the screen would say it. After a restart it says "found N",
/// the newest text of the journal, and goes on from there.
class Typist {
  public:
    /// `where`: item -> responses. Both outlive it.
    Typist(sitting::Session& session, terminal_ui::Conductor& conductor,
           const std::map<std::string, std::vector<std::string>>& where);

    /// From the conductor's door.
    void heard(const sitting::State& state);
    /// Types the next text and waits until it is durable. kIo where it does not become so.
    Status type_next();

  private:
    std::uint64_t newest(const sitting::State& state) const;

    sitting::Session& session_;
    terminal_ui::Conductor& conductor_;
    std::vector<std::pair<std::string, std::string>> where_;
    bool began_ = false;
    std::uint64_t typed_ = 0;
    std::mutex lock_;
    std::condition_variable woken_;
    std::uint64_t saved_ = 0;
};

}  // namespace assay::terminal
