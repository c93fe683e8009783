// The real window on a display of its own, under the hands of scripts/demo.d/robot: real mouse and
// keyboard events in, and what the score package holds out.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "tests/support/paths.h"
#include "tests/terminal/sample_room_fixture.h"

namespace assay::test {
namespace {

using namespace std::chrono_literals;
using Answers = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

/// What the robot means to enter, as a package writes it.
Answers meant() {
    SystemDisk disk;
    const Bytes text = read_file(disk, repository() / "scripts/demo.d/answers.json", 65536).value();
    const boost::json::value root = boost::json::parse(as_text(text));
    Answers out;
    for (const auto& [item, responses] : root.as_object()) {
        for (const auto& [response, lines] : responses.as_object()) {
            std::vector<std::string>& values = out[std::string(item)][std::string(response)];
            for (const auto& line : lines.as_array()) {
                values.emplace_back(line.as_string());
            }
            if (response.starts_with("file:")) {
                std::string whole;
                for (const std::string& line : values) {
                    whole += line + '\n';
                }
                values = {crypto::sha256(as_bytes(whole)).hex()};
            }
        }
    }
    return out;
}

/// As sets: the order in which choices were pressed means nothing but where it is the answer.
Answers without_order(Answers answers) {
    for (auto& [item, responses] : answers) {
        for (auto& [response, values] : responses) {
            if (item != "Q07") {
                std::ranges::sort(values);
            }
        }
    }
    return answers;
}

class Window : public testing::Test {
  protected:
    Window() : room_(folder_.path() / "room") { room_.room_code_file(); }
    ~Window() override {
        done_ = true;
        if (desk_.joinable()) {
            desk_.join();
        }
    }

    /// Releases and starts as soon as somebody is admitted, as an invigilator would.
    void watch_the_room() {
        desk_ = std::thread([this] {
            while (!done_ && room_.candidate(0).state == "absent") {
                std::this_thread::sleep_for(200ms);
            }
            if (!done_) {
                EXPECT_TRUE(room_.release().ok());
                EXPECT_TRUE(room_.order(record::OrderKind::kStart).ok());
            }
        });
    }

    /// The terminal on a display, and `then`, a line of bash, beside it.
    int run(const std::string& then) {
        const Path script = folder_.path() / "run.sh";
        std::ofstream(script) << program("assay-terminal").string() << " --folder "
                              << (folder_.path() / "terminal").string() << " --desk "
                              << room_.address() << " --room-code-file "
                              << (folder_.path() / "room/room-code").string()
                              << " --seat 01 --camera none & keeper=$!\n"
                              << "trap 'kill $keeper' EXIT\n"
                              << "robot=" << (repository() / "scripts/demo.d/robot").string()
                              << "\nscreens=" << screens().string() << "\n"
                              << then;
        const std::string line = (repository() / "scripts/demo.d/with-display").string() +
                                 " 1366x768 bash " + script.string();
        return std::system(line.c_str());  // NOLINT(concurrency-mt-unsafe): no other thread does
    }
    Path screens() const {
        const char* const wanted =
            std::getenv("ASSAY_SCREENS");  // NOLINT(concurrency-mt-unsafe): read only
        return wanted == nullptr ? folder_.path() / "screens" : Path(wanted);
    }

    TempFolder folder_;
    SampleRoom room_;
    std::thread desk_;
    std::atomic<bool> done_ = false;
};

TEST_F(Window, PutsIntoThePackageWhatTheCandidateEntered) {
    watch_the_room();
    ASSERT_EQ(run("$robot --screens $screens\n"), 0);
    const auto answers = room_.answers(0);
    ASSERT_TRUE(answers.ok()) << to_string(answers.error());
    EXPECT_EQ(without_order(*answers), without_order(meant()));
}

TEST_F(Window, GoesOnWithEverySavedAnswerAfterAKill) {
    watch_the_room();
    ASSERT_EQ(run("$robot --stop-after Q05 --screens $screens || exit 1\n"
                  "worker=$(cat /proc/$keeper/task/$keeper/children)\n"
                  "kill -KILL $worker\n"
                  "$robot --begin Q06 --screens $screens/after\n"),
              0);
    const auto answers = room_.answers(0);
    ASSERT_TRUE(answers.ok()) << to_string(answers.error());
    EXPECT_EQ(without_order(*answers), without_order(meant()));
}

}  // namespace
}  // namespace assay::test
