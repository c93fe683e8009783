#include "terminal/scripted.h"

#include <iostream>
#include <thread>

#include <boost/json.hpp>

#include "crypto/record/json_reader.h"
#include "terminal/sitting/page_message.h"
#include "terminal/typist.h"

namespace assay::terminal {
namespace {

using sitting::Phase;
using std::chrono::milliseconds;

constexpr milliseconds kLook{200};
constexpr std::string_view kFilePrefix = "file:";
constexpr const char* kCheckInEntry = "@check-in";
constexpr const char* kTypeEntry = "@type";

Error bad_script() { return fail(Code::kInvalid, "terminal.script.invalid"_id); }

/// One line a step on standard output, for whoever watches the demo.
void tell(const std::string& what) { std::cout << what << '\n' << std::flush; }

class ScriptedCandidate {
  public:
    ScriptedCandidate(World& world, const Arguments& arguments, sitting::Session& session,
                      terminal_ui::Conductor& conductor, const Script& script)
        : world_(world),
          arguments_(arguments),
          session_(session),
          conductor_(conductor),
          script_(script) {
        if (const auto types = script.find(kTypeEntry); types != script.end()) {
            typist_.emplace(session, conductor, types->second);
        }
    }

    void heard(const sitting::State& state) {
        if (typist_) {
            typist_->heard(state);
        }
    }

    /// True when everything is done.
    Result<bool> look() {
        const sitting::View view = session_.view();
        if (view.phase != phase_) {
            phase_ = view.phase;
            world_.log.info("terminal.log.phase"_id,
                            {{"phase", std::to_string(static_cast<int>(view.phase))}});
        }
        switch (view.phase) {
            case Phase::kCheckIn:
                return check_in(view);
            case Phase::kRunning:
                return typist_ ? type() : answer_next();
            case Phase::kReviewing:
                hand_in();
                return false;
            case Phase::kHandedIn:
            case Phase::kTerminated:
            case Phase::kSealed:
                return finished(view);
            default:
                return false;
        }
    }

  private:
    /// By the seat, or as the exception by number and seat code; a wrong one ends the program, as
    /// nobody is here to type it again.
    Result<bool> check_in(const sitting::View& view) {
        if (!view.room_known || view.confirmed) {
            return false;
        }
        const auto typed = script_.find(kCheckInEntry);
        if (!view.person && typed == script_.end()) {
            session_.check_in(std::nullopt, std::nullopt);
        } else if (!view.person && !asked_) {
            asked_ = true;
            session_.check_in(first_line(typed->second, "number"),
                              first_line(typed->second, "seatCode"));
        } else if (!view.person && view.trouble && view.trouble->code != Code::kUnavailable) {
            return *view.trouble;
        } else if (view.person) {
            (void)session_.confirm_person("name", true);
            tell("confirmed seat " + view.person->row.seat);
        }
        return false;
    }

    /// As long as the time runs.
    Result<bool> type() {
        while (session_.view().phase == Phase::kRunning) {
            ASSAY_TRY_STATUS(typist_->type_next());
            pause();
        }
        return false;
    }

    static std::optional<std::string> first_line(
        const std::map<std::string, std::vector<std::string>>& entry, const char* name) {
        const auto found = entry.find(name);
        return found == entry.end() || found->second.empty()
                   ? std::nullopt
                   : std::optional<std::string>(found->second.front());
    }

    Result<bool> answer_next() {
        if (!paper_) {
            ASSAY_TRY(paper_, session_.open_paper());
        }
        const sitting::State state = session_.state();
        while (next_ < paper_->entries.size()) {
            const std::string& item = paper_->entries[next_].identifier;
            ++next_;
            const auto answers = script_.find(item);
            const auto known = state.items.find(item);
            const bool done = known != state.items.end() && known->second.answered();
            if (answers != script_.end() && !done) {
                ASSAY_TRY_STATUS(answer(item, answers->second));
                return false;
            }
        }
        if (!arguments_.wait_end) {
            conductor_.post([](sitting::Session& session) { return session.enter_review(); });
        }
        return false;
    }

    Status answer(const std::string& item,
                  const std::map<std::string, std::vector<std::string>>& answers) {
        conductor_.post([item](sitting::Session& session) { return session.open_item(item); });
        for (const auto& [response, lines] : answers) {
            pause();
            if (response.starts_with(kFilePrefix)) {
                std::string text;
                for (const std::string& line : lines) {
                    text += line + "\n";
                }
                conductor_.save_file(item, response.substr(kFilePrefix.size()), text);
            } else {
                ASSAY_TRY(auto change, sitting::captured(*paper_, item, response, lines));
                conductor_.save(std::move(change));
            }
        }
        tell("answered " + item);
        return Ok{};
    }

    void hand_in() {
        conductor_.post([](sitting::Session& session) -> Status {
            ASSAY_TRY_STATUS(session.ask_hand_in());
            return session.confirm_hand_in();
        });
        std::this_thread::sleep_for(milliseconds(1000));
    }

    bool finished(const sitting::View& view) {
        if (!view.countersigned || !session_.uploads().empty()) {
            return false;
        }
        tell("handed in " + view.short_code);
        return true;
    }

    void pause() {
        const auto most = static_cast<std::uint64_t>(arguments_.pause_ms) + 1;
        std::array<std::uint8_t, 8> bytes{};
        world_.random.fill(bytes);
        std::uint64_t drawn = 0;
        for (const std::uint8_t byte : bytes) {
            drawn = (drawn << 8U) | byte;
        }
        std::this_thread::sleep_for(milliseconds(drawn % most));
    }

    World& world_;
    const Arguments& arguments_;
    sitting::Session& session_;
    terminal_ui::Conductor& conductor_;
    const Script& script_;
    std::shared_ptr<const sitting::Paper> paper_;
    std::size_t next_ = 0;
    bool asked_ = false;
    std::optional<Phase> phase_;
    std::optional<Typist> typist_;
};

}  // namespace

Result<Script> read_script(ByteView json) {
    if (json.size() > kScriptBytesMax) {
        return bad_script();
    }
    ASSAY_TRY(const boost::json::value root, record::parse_json(json));
    if (!root.is_object()) {
        return bad_script();
    }
    Script out;
    for (const auto& item : root.get_object()) {
        if (!item.value().is_object()) {
            return bad_script();
        }
        for (const auto& response : item.value().get_object()) {
            if (!response.value().is_array()) {
                return bad_script();
            }
            std::vector<std::string>& lines =
                out[std::string(item.key())][std::string(response.key())];
            for (const auto& line : response.value().get_array()) {
                if (!line.is_string()) {
                    return bad_script();
                }
                lines.emplace_back(line.get_string());
            }
        }
    }
    return out;
}

Status sit_by_script(World& world, const Arguments& arguments, Seat& seat, const Script& script) {
    // The conductor's threads end after this function does.
    const auto candidate = std::make_shared<ScriptedCandidate>(world, arguments, seat.session(),
                                                               seat.conductor(), script);
    seat.conductor().start([candidate](const terminal_ui::Conductor::Snapshot& snapshot) {
        candidate->heard(snapshot.state);
    });
    while (true) {
        ASSAY_TRY(const bool done, candidate->look());
        if (done) {
            return Ok{};
        }
        std::this_thread::sleep_for(kLook);
    }
}

}  // namespace assay::terminal
