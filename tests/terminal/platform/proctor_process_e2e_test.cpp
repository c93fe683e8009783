// The real assay-proctor under the real ProctorProcess: a drawn film, deaths, stalls, and a look at
// what reached the disk.
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>

#include "crypto/age.h"
#include "crypto/random.h"
#include "crypto/record/segment.h"
#include "terminal/platform/proctor_process.h"
#include "terminal/proctor/jpeg.h"
#include "tests/support/local_listener.h"
#include "tests/support/paths.h"
#include "tests/terminal/proctor/drawn_person.h"

namespace assay::platform {
namespace {

using namespace std::chrono_literals;
using record::GapCause;
using record::Phase;
using record::ProctorMessage;

/// Twelve seconds of a drawn person at 10 pictures a second, one of them absent from 6 s to 12 s.
Path draw_film(const Path& folder, bool leaves) {
    const Path path = folder / "film.mjpeg";
    std::ofstream out(path, std::ios::binary);
    FakeRandom random(1);
    for (int i = 0; i < 120; ++i) {
        auto image = proctor::Image::make(640, 480, 3);
        test::draw_room(image);
        if (!leaves || i < 60) {
            test::draw_person(image, test::pose_at(i / 10.0));
        }
        test::add_noise(image, random, 3);
        const Bytes jpeg = proctor::encode_jpeg(image, 80);
        out.write(reinterpret_cast<const char*>(jpeg.data()),
                  static_cast<std::streamsize>(jpeg.size()));
    }
    return path;
}

/// Takes a processor away from a process: it may run only where nothing else wants to, on a
/// processor that is kept busy. The threads end with it.
class Starvation {
  public:
    explicit Starvation(int pid) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(0, &one);
        const sched_param none{};
        held_ = ::sched_setaffinity(pid, sizeof one, &one) == 0 &&
                ::sched_setscheduler(pid, SCHED_IDLE, &none) == 0;
        for (int i = 0; held_ && i < kBusyThreads; ++i) {
            busy_.emplace_back([this, one] {
                ::sched_setaffinity(0, sizeof one, &one);
                while (!over_) {
                }
            });
        }
    }
    Starvation(const Starvation&) = delete;
    Starvation& operator=(const Starvation&) = delete;
    ~Starvation() {
        over_ = true;
        for (std::thread& thread : busy_) {
            thread.join();
        }
    }
    /// False where the system does not let us.
    bool held() const { return held_; }

  private:
    static constexpr int kBusyThreads = 6;
    bool held_ = false;
    std::atomic<bool> over_ = false;
    std::vector<std::thread> busy_;
};

/// A service manager as small as one can be: starts the program for each connection, with the
/// connection as descriptor 3 and a watchdog's address.
class Manager {
  public:
    Manager(const Path& at, const Path& notify)
        : listener_(at, SOCK_STREAM),
          watchdog_(notify, SOCK_DGRAM),
          environment_("NOTIFY_SOCKET=" + notify.string()),
          thread_([this] { serve(); }) {}
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;
    ~Manager() {
        over_ = true;
        thread_.join();
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            ::waitpid(pid_, nullptr, 0);
        }
    }
    int pid() const { return pid_; }
    int started() const { return started_; }
    std::string heard() const { return watchdog_.datagram(); }

  private:
    void serve() {
        while (!over_) {
            const int connection = listener_.accept(50);
            if (connection >= 0) {
                start(connection);
            }
        }
    }
    void start(int connection) {
        if (pid_ > 0) {
            ::waitpid(pid_, nullptr, 0);  // the one before is gone, or this waits for it
        }
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, connection, 3);
        std::string name = test::program("assay-proctor").string();
        std::array<char*, 2> arguments{name.data(), nullptr};
        std::array<char*, 2> environment{environment_.data(), nullptr};
        int pid = 0;
        EXPECT_EQ(::posix_spawn(&pid, name.c_str(), &actions, nullptr, arguments.data(),
                                environment.data()),
                  0);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(connection);
        pid_ = pid;
        ++started_;
    }

    test::LocalListener listener_;
    test::LocalListener watchdog_;
    std::string environment_;
    std::atomic<bool> over_ = false;
    std::atomic<int> pid_ = 0;
    std::atomic<int> started_ = 0;
    std::thread thread_;
};

class ProctorProcessE2e : public ::testing::Test {
  protected:
    ProctorSettings settings(const Path& film) {
        ProctorSettings out;
        out.program = test::program("assay-proctor");
        out.policy.camera = record::CameraPolicy::kRequired;
        out.policy.source = "mjpeg:" + film.string() + "?fps=10&loop=1";
        out.policy.recipient = identity_.recipient().text();
        if (const auto data = test::conformance_data()) {
            out.policy.models = (*data / "vision/models").string();
        }
        return out;
    }
    /// Drains until `done` says so of all that came, or for `most`.
    template <typename Done>
    bool drain_until(ProctorProcess& process, std::chrono::seconds most, Done done) {
        const SteadyTime end = clock_.steady() + most;
        while (clock_.steady() < end) {
            for (ProctorMessage& message : process.drain()) {
                all_.push_back(std::move(message));
            }
            if (done()) {
                return true;
            }
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    template <typename T>
    std::vector<T> of() const {
        std::vector<T> out;
        for (const ProctorMessage& message : all_) {
            if (const auto* found = std::get_if<T>(&message)) {
                out.push_back(*found);
            }
        }
        return out;
    }
    std::size_t gaps(GapCause cause, Phase phase) const {
        const auto all = of<record::ProctorGap>();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& gap) {
            return gap.cause == cause && gap.phase == phase;
        }));
    }
    bool healthy() const {
        const auto all = of<record::ProctorHealth>();
        return !all.empty() && all.back().covered_seconds > 0;
    }

    test::TempFolder folder_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    crypto::AgeIdentity identity_ = crypto::AgeIdentity::generate(random_);
    std::vector<ProctorMessage> all_;
};

TEST_F(ProctorProcessE2e, FindsAnAbsenceAndSealsSegmentsThatOnlyTheAttemptOpens) {
    ProctorProcess process(settings(draw_film(folder_.path(), true)), clock_);
    const bool model = test::conformance_data().has_value();
    const auto clip_there = [&] {
        const auto segments = of<record::ProctorSegment>();
        return std::any_of(segments.begin(), segments.end(), [](const auto& segment) {
            return segment.kind == record::SegmentKind::kClip;
        });
    };
    if (model) {
        ASSERT_TRUE(drain_until(process, 40s, clip_there));
        const auto findings = of<record::ProctorFinding>();
        ASSERT_FALSE(findings.empty());
        EXPECT_EQ(findings.front().code, record::FindingCode::kFaceAbsent);
        EXPECT_EQ(findings.front().number, 1U);
        const auto health = of<record::ProctorHealth>().back();
        RecordProperty("cpu_permille", static_cast<int>(health.cpu_permille));
        RecordProperty("resident_kib", static_cast<int>(health.resident_kib));
    } else {
        ASSERT_TRUE(drain_until(process, 20s, [&] { return healthy(); }));
    }
    process.stop();
    EXPECT_TRUE(drain_until(process, 5s, [&] { return process.ended(); }));
    drain_until(process, 0s, [] { return true; });

    std::uint64_t number = 0;
    ASSERT_FALSE(of<record::ProctorSegment>().empty());
    for (const auto& segment : of<record::ProctorSegment>()) {
        EXPECT_EQ(segment.number, ++number);
        const auto plain = crypto::age_decrypt(segment.sealed, identity_);
        ASSERT_TRUE(plain.ok());
        const auto content = record::read_segment(*plain);
        ASSERT_TRUE(content.ok()) << to_string(content.error());
        EXPECT_EQ(content->index.number, segment.number);
        EXPECT_LE(segment.to.steady - segment.from.steady, record::kSegmentLengthMax);
        for (const Bytes& jpeg : content->jpegs) {
            EXPECT_TRUE(proctor::decode_jpeg(jpeg, 640, 3).ok());
        }
    }
}

TEST_F(ProctorProcessE2e, RecordsAGapAndStartsAgainWhenTheProcessIsKilled) {
    ProctorProcess process(settings(draw_film(folder_.path(), false)), clock_);
    ASSERT_TRUE(drain_until(process, 20s, [&] { return healthy(); }));
    const int first = process.pid();
    ASSERT_EQ(::kill(first, SIGKILL), 0);
    const SteadyTime killed = clock_.steady();
    ASSERT_TRUE(drain_until(process, 5s,
                            [&] { return gaps(GapCause::kProcessEnded, Phase::kBegin) == 1; }));
    EXPECT_LT(clock_.steady() - killed, SteadyTime(5000));
    ASSERT_TRUE(
        drain_until(process, 20s, [&] { return gaps(GapCause::kProcessEnded, Phase::kEnd) == 1; }));
    EXPECT_NE(process.pid(), first);
    // Segments go on where they were.
    std::uint64_t last = 0;
    for (const auto& segment : of<record::ProctorSegment>()) {
        EXPECT_GT(segment.number, last);
        last = segment.number;
    }
}

TEST_F(ProctorProcessE2e, RecordsAGapWithinFiveSecondsWhenTheProcessIsStopped) {
    ProctorProcess process(settings(draw_film(folder_.path(), false)), clock_);
    ASSERT_TRUE(drain_until(process, 20s, [&] { return healthy(); }));
    const int first = process.pid();
    ASSERT_EQ(::kill(first, SIGSTOP), 0);
    const SteadyTime stopped = clock_.steady();
    ASSERT_TRUE(drain_until(process, 6s,
                            [&] { return gaps(GapCause::kProcessStalled, Phase::kBegin) == 1; }));
    EXPECT_LE(clock_.steady() - stopped, SteadyTime(5000));
    ASSERT_TRUE(drain_until(process, 30s,
                            [&] { return gaps(GapCause::kProcessStalled, Phase::kEnd) == 1; }));
    EXPECT_NE(process.pid(), first);
}

TEST_F(ProctorProcessE2e, RecordsAGapWithinFiveSecondsWhenTheProcessIsStarvedAndGoesOn) {
    ProctorProcess process(settings(draw_film(folder_.path(), false)), clock_);
    ASSERT_TRUE(drain_until(process, 20s, [&] { return healthy(); }));
    const auto any_gap = [&](Phase phase) {
        return gaps(GapCause::kStarved, phase) + gaps(GapCause::kProcessStalled, phase);
    };
    const std::size_t before = any_gap(Phase::kBegin);
    {
        const Starvation starvation(process.pid());
        if (!starvation.held()) {
            GTEST_SKIP() << "this system does not let a process be starved";
        }
        const SteadyTime begun = clock_.steady();
        ASSERT_TRUE(drain_until(process, 8s, [&] { return any_gap(Phase::kBegin) > before; }));
        EXPECT_LE(clock_.steady() - begun, SteadyTime(6000)) << "its last sign of life and 5 s";
    }
    // Its own processor again, or another process: the same to whoever reads the record.
    ASSERT_TRUE(
        drain_until(process, 40s, [&] { return any_gap(Phase::kEnd) == any_gap(Phase::kBegin); }));
    const std::size_t signs = of<record::ProctorHealth>().size();
    EXPECT_TRUE(
        drain_until(process, 20s, [&] { return of<record::ProctorHealth>().size() > signs + 1; }));
}

TEST_F(ProctorProcessE2e, IsServedByAProgramOfAnotherUserWhereTheKiosksSocketIs) {
    ProctorSettings kiosk = settings(draw_film(folder_.path(), false));
    kiosk.program = folder_.path() / "no-such-program";
    kiosk.socket = folder_.path() / "s";
    Manager manager(kiosk.socket, folder_.path() / "n");
    ProctorProcess process(kiosk, clock_);
    ASSERT_TRUE(drain_until(process, 20s, [&] { return healthy(); }));
    EXPECT_EQ(process.pid(), 0);
    EXPECT_EQ(manager.heard(), "WATCHDOG=1");
    ASSERT_EQ(::kill(manager.pid(), SIGKILL), 0);
    ASSERT_TRUE(
        drain_until(process, 20s, [&] { return gaps(GapCause::kProcessEnded, Phase::kEnd) == 1; }));
    EXPECT_EQ(manager.started(), 2);
    process.stop();
    EXPECT_TRUE(drain_until(process, 5s, [&] { return process.ended(); }));
}

TEST_F(ProctorProcessE2e, NeverFallsBackToItsOwnUserWhereTheSocketDoesNotAnswer) {
    ProctorSettings kiosk = settings(draw_film(folder_.path(), false));
    kiosk.socket = folder_.path() / "s";
    {
        const test::LocalListener gone(kiosk.socket, SOCK_STREAM);
    }
    ProctorProcess process(kiosk, clock_);
    EXPECT_TRUE(drain_until(process, 5s,
                            [&] { return gaps(GapCause::kProcessEnded, Phase::kBegin) == 1; }));
    EXPECT_EQ(process.pid(), 0);
    EXPECT_TRUE(of<record::ProctorHello>().empty());
}

TEST_F(ProctorProcessE2e, SaysSoWhereTheProgramCannotBeStarted) {
    ProctorSettings broken = settings(draw_film(folder_.path(), false));
    broken.program = folder_.path() / "no-such-program";
    ProctorProcess process(broken, clock_);
    EXPECT_TRUE(drain_until(process, 5s,
                            [&] { return gaps(GapCause::kProcessEnded, Phase::kBegin) == 1; }));
}

TEST_F(ProctorProcessE2e, LeavesNoPictureOnTheDisk) {
    const Path film = draw_film(folder_.path(), false);
    const Path work = folder_.path() / "work";
    std::filesystem::create_directory(work);
    const Path before = std::filesystem::current_path();
    std::filesystem::current_path(work);
    {
        ProctorProcess process(settings(film), clock_);
        EXPECT_TRUE(
            drain_until(process, 20s, [&] { return !of<record::ProctorSegment>().empty(); }));
    }
    std::filesystem::current_path(before);
    EXPECT_TRUE(std::filesystem::is_empty(work));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
        EXPECT_TRUE(entry.path() == film || entry.is_directory()) << entry.path();
    }
}

}  // namespace
}  // namespace assay::platform
