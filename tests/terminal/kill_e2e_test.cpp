// SIGKILL of the real assay-terminal under a candidate who never stops typing, at a real desk over
// TLS: at a random moment after its start or while it types. What it said was saved is there when
// it runs again and in the package, and nothing is there that was not typed. ASSAY_COUNT kills
// (default 12) from ASSAY_SEED; scripts/soak kill runs many.
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/record/text_edit.h"
#include "terminal/typed_text.h"
#include "tests/support/campaign.h"
#include "tests/support/paths.h"
#include "tests/terminal/sample_room_fixture.h"

namespace assay::test {
namespace {

using namespace std::chrono_literals;
using terminal::number_of;
using terminal::typed_text;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kKillsOfOneSitting = 100;
constexpr auto kLineWait = 60s;
constexpr const char* kTypes = R"({"@type": {"Q12": ["RESPONSE"], "Q11": ["AOV", "BEST"]}})";

/// What one life of the program said.
struct Life {
    std::optional<std::uint64_t> found;
    std::uint64_t typing = 0;
    std::uint64_t saved = 0;
    std::uint64_t saves = 0;
};

/// The program in a process of its own, read line by line.
class Terminal {
  public:
    Terminal(const Path& folder, const std::string& address, const std::string& script) {
        std::ofstream(folder / "script") << script;
        std::array<int, 2> ends{};
        EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
        // Without its keeper, which would wait longer after each quick crash.
        std::vector<std::string> words{program("assay-terminal").string(),
                                       "--kept",
                                       "--no-window",
                                       "--folder",
                                       (folder / "terminal").string(),
                                       "--desk",
                                       address,
                                       "--room-code-file",
                                       (folder / "room/room-code").string(),
                                       "--seat",
                                       "01",
                                       "--camera",
                                       "none",
                                       "--pause",
                                       "3",
                                       "--script",
                                       (folder / "script").string()};
        const std::string log = (folder / "terminal.log").string();
        std::vector<char*> argv;
        for (std::string& word : words) {
            argv.push_back(word.data());
        }
        argv.push_back(nullptr);
        pid_ = ::fork();
        if (pid_ == 0) {
            const int to_log = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(ends[1], STDOUT_FILENO);
            ::dup2(to_log, STDERR_FILENO);
            ::close_range(STDERR_FILENO + 1, ~0U, 0);  // not the desk's: 4 would be a keeper
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        from_ = ends[0];
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    ~Terminal() {
        if (pid_ > 0) {
            kill();
        }
        ::close(from_);
    }

    /// A line, or nothing: it ended, or said none in this time.
    std::optional<std::string> line(Clock::duration most) {
        const auto until = Clock::now() + most;
        while (read_.find('\n') == std::string::npos) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::max(until - Clock::now(), Clock::duration::zero()));
            pollfd ready{from_, POLLIN, 0};
            if (::poll(&ready, 1, static_cast<int>(left.count()) + 1) <= 0) {
                return std::nullopt;
            }
            std::array<char, 4096> more{};
            const ssize_t got = ::read(from_, more.data(), more.size());
            if (got <= 0) {
                return std::nullopt;
            }
            read_.append(more.data(), static_cast<std::size_t>(got));
        }
        const std::size_t end = read_.find('\n');
        std::string out = read_.substr(0, end);
        read_.erase(0, end + 1);
        return out;
    }
    void kill() {
        ::kill(pid_, SIGKILL);
        wait();
    }
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

  private:
    pid_t pid_ = -1;
    int from_ = -1;
    std::string read_;
};

void hear(Life& life, const std::string& line) {
    const std::uint64_t number = number_of(line);
    if (line.starts_with("found ")) {
        life.found = number;
    } else if (line.starts_with("typing ")) {
        life.typing = number;
    } else if (line.starts_with("saved ") && line != "saved ") {
        life.saved = number;
        ++life.saves;
    }
}

/// One sitting of at most kKillsOfOneSitting lives, then hand-in.
class KilledSitting {
  public:
    explicit KilledSitting(FakeRandom& random) : random_(random), room_(folder_.path() / "room") {
        room_.room_code_file();
    }

    std::uint64_t acknowledged() const { return acknowledged_; }

    /// The first life begins the sitting.
    void begin() {
        Terminal terminal(folder_.path(), room_.address(), kTypes);
        Life life;
        for (int i = 0; i < 3000 && room_.candidate(0).state == "absent"; ++i) {
            std::this_thread::sleep_for(20ms);
        }
        ASSERT_TRUE(room_.release().ok());
        ASSERT_TRUE(room_.order(record::OrderKind::kStart).ok());
        listen(terminal, life, 3);
        ASSERT_GE(life.saves, 3U) << log();
        die(terminal, life);
    }

    void live_and_die() {
        Terminal terminal(folder_.path(), room_.address(), kTypes);
        Life life;
        if (random_.below(3) == 0) {  // while it starts
            std::this_thread::sleep_for(std::chrono::milliseconds(random_.below(400)));
        } else {
            const std::uint64_t saves = random_.below(6);
            listen(terminal, life, saves);
            ASSERT_GE(life.saves, saves) << log();
            std::this_thread::sleep_for(std::chrono::microseconds(random_.below(20'000)));
        }
        die(terminal, life);
    }

    /// A last life hands in; the package holds the journal of all of them.
    void hand_in() {
        Terminal terminal(folder_.path(), room_.address(), "{}");
        while (terminal.line(kLineWait)) {
        }
        ASSERT_EQ(terminal.wait(), 0) << log();
        const auto contents = room_.contents(0);
        ASSERT_TRUE(contents.ok()) << to_string(contents.error());
        check_journal(contents->journals);
        const auto answers = record::read_document<record::Answers>(contents->answers);
        std::uint64_t newest = 0;
        for (const record::AnsweredItem& item : answers->items) {
            for (const auto& response : item.responses) {
                const std::uint64_t number = number_of(response.values->at(0));
                ASSERT_EQ(response.values->at(0), typed_text(number));
                newest = std::max(newest, number);
            }
        }
        EXPECT_EQ(newest, written_);
    }

  private:
    std::string log() const {
        std::ifstream in(folder_.path() / "terminal.log");
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }

    static void listen(Terminal& terminal, Life& life, std::uint64_t saves) {
        while (!life.found || life.saves < saves) {
            const auto line = terminal.line(kLineWait);
            if (!line) {
                return;
            }
            hear(life, *line);
        }
    }

    void die(Terminal& terminal, Life& life) {
        terminal.kill();
        while (const auto line = terminal.line(0s)) {
            hear(life, *line);
        }
        if (life.found) {
            EXPECT_GE(*life.found, last_saved_) << "a saved answer is lost";
            EXPECT_LE(*life.found, std::max(last_typing_, last_saved_)) << "an answer is invented";
            last_typing_ = last_saved_ = *life.found;
        }
        last_saved_ = std::max(last_saved_, life.saved);
        last_typing_ = std::max(last_typing_, life.typing);
        acknowledged_ += life.saves;
    }

    /// Each text once, in the order in which they were typed.
    void check_journal(const std::vector<record::PackagedJournal>& journals) {
        ASSERT_EQ(journals.size(), 1U);
        const record::JournalId id = record::journal_id(journals[0].start);
        crypto::SystemRandom random;
        record::JournalSealer sealer(journals[0].key.copy(), id, random);
        const auto opened = record::open_journal(sealer, id, journals[0].records);
        ASSERT_TRUE(opened.ok());
        std::map<std::string, record::AnsweredResponse> values;
        for (const Bytes& body : opened->bodies) {
            const auto event = record::read_document<record::Event>(body).value();
            if (!event.response) {
                continue;
            }
            auto& value = values[*event.item + *event.response];
            if (event.kind == record::EventKind::kAnswer) {
                value.values = event.values;
            } else {
                ++edits_;
                ASSERT_TRUE(record::fold_edit(value.values, value.typed, event));
            }
            ASSERT_EQ(value.values->at(0), typed_text(++written_));
        }
        EXPECT_GE(written_, last_saved_) << "a saved answer is lost";
        EXPECT_LE(written_, std::max(last_typing_, last_saved_)) << "an answer is invented";
    }

    FakeRandom& random_;
    TempFolder folder_;
    SampleRoom room_;
    std::uint64_t last_saved_ = 0;
    std::uint64_t last_typing_ = 0;
    std::uint64_t acknowledged_ = 0;
    std::uint64_t written_ = 0;
    std::uint64_t edits_ = 0;
};

TEST(KilledTerminal, LosesNoSavedAnswerAndInventsNone) {
    const std::uint64_t seed = number_from("ASSAY_SEED", 1);
    const std::uint64_t count = number_from("ASSAY_COUNT", 12);
    std::uint64_t acknowledged = 0;
    std::uint64_t kills = 0;
    const auto began = Clock::now();
    for (std::uint64_t sitting = 0; kills < count; ++sitting) {
        SCOPED_TRACE("seed " + std::to_string(seed + sitting) + " (ASSAY_SEED begins with it)");
        FakeRandom random(seed + sitting);
        KilledSitting killed(random);
        killed.begin();
        for (++kills; kills < count && kills % kKillsOfOneSitting != 0; ++kills) {
            if (HasFailure()) {
                return;
            }
            killed.live_and_die();
        }
        killed.hand_in();
        acknowledged += killed.acknowledged();
        if (HasFailure()) {
            return;
        }
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    std::cout << R"({"campaign":"kill","kills":)" << kills << R"(,"acknowledged":)" << acknowledged
              << R"(,"milliseconds":)" << took.count() << R"(,"first_seed":)" << seed
              << R"(,"failed":0})" << std::endl;
}

}  // namespace
}  // namespace assay::test
