// A room of 60 terminals and two desks over a network that loses, delays, repeats and reorders,
// with partitions, kills and a second desk that takes charge while the first does not know of it.
// Deterministic: a seed gives the same run. Records are sealed by the fake sealer.
#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/record/fake_sealer.h"
#include "tests/terminal/sitting/seat.h"
#include "tests/terminal/sitting/seeds.h"

namespace assay::sitting {
namespace {

using record::OrderKind;

constexpr int kTerminals = 60;
constexpr int kSeconds = 60;       ///< of trouble; then the network heals
constexpr int kHealSeconds = 130;  ///< until everything has to be delivered
constexpr int kReleaseAt = 8;
constexpr int kStartAt = 10;

/// How bad the network of one run is, in thousandths of the requests.
struct Weather {
    explicit Weather(FakeRandom& random)
        : lost(random.below(250)),
          reply_lost(random.below(250)),
          repeated(random.below(150)),
          late(random.below(150)) {}
    std::uint64_t lost, reply_lost, repeated, late;
};

/// One terminal, its two possible desks, and the network between.
class Sitter {
  public:
    Sitter(std::uint64_t seed, FakeClock& clock, FakeRandom& random, const Weather& weather)
        : clock_(clock),
          random_(random),
          weather_(weather),
          world_(short_world(seed)),
          first_(std::make_unique<test::FakeDesk>(world_, clock)),
          link_([this](const LinkRequest& request) { return carry(request); }) {}

    void run() {
        session.reset();
        auto opened =
            Session::open({disk_, clock_, world_.random, link_, store_},
                          {.folder = "/sittings",
                           .banks = "/banks",
                           .boot = boot_,
                           .terminal = world_.terminal,
                           .signing = world_.terminal_key,
                           .age = world_.terminal_age,
                           .keys = world_.keys(),
                           .sealers = [](const crypto::JournalKey&, const record::JournalId& id) {
                               return std::make_unique<record::FakeSealer>(id);
                           }});
        ASSERT_TRUE(opened.ok()) << to_string(opened.error());
        session = std::move(opened).value();
    }

    /// A second of this terminal's life.
    void live(bool trouble) {
        deliver_late(trouble);
        if (trouble && random_.below(400) == 0) {
            restart();
        }
        session->tick();
        act();
        (void)session->pump();
        watch();
    }

    void start() { first_->order(OrderKind::kStart); }
    /// Each of the two believes that it is in charge.
    void both_speak() {
        first_->order(OrderKind::kMessage, 0, std::nullopt, kFirst);
        second_->order(OrderKind::kMessage, 0, std::nullopt, kSecond);
    }
    void release() { first_->release(); }
    void split() { second_ = first_->spare(); }
    void first_learns() { first_->stand_down(); }
    void reach(bool second, bool cut) {
        reaches_second_ = second;
        cut_ = cut;
    }
    bool has_second() const { return second_ != nullptr; }

    std::int64_t remaining_ms() const { return session->view().remaining_ms; }
    /// It did not run all the time: only the desk can say what is right.
    bool stopped() const { return restarted_ || session->state().time.dark_ms > 0; }

    /// After the network healed: what is wrong, or nothing.
    std::string fault() const {
        const View view = session->view();
        if (!view.countersigned) {
            return "not countersigned: " + (view.trouble ? to_string(*view.trouble) : "");
        }
        std::set<std::string> packages(first_->packages_signed().begin(),
                                       first_->packages_signed().end());
        if (second_) {
            packages.insert(second_->packages_signed().begin(), second_->packages_signed().end());
        }
        if (packages.size() != 1) {
            return "packages countersigned: " + std::to_string(packages.size());
        }
        if (second_ && forked()) {
            return "two desks acknowledged two different records";
        }
        return noticed_ + lost();
    }

  private:
    static test::World short_world(std::uint64_t seed) {
        test::World out(seed);
        out.rules.duration_minutes = 1;
        out.rules.camera = record::CameraPolicy::kNone;
        return out;
    }

    test::FakeDesk& desk() { return reaches_second_ && second_ ? *second_ : *first_; }

    LinkReply answer(test::FakeDesk& desk, const LinkRequest& request) {
        return desk.answer(request, world_.terminal);
    }

    Result<LinkReply> carry_or_lose(const LinkRequest& request) {
        const Error gone = fail(Code::kUnavailable, "base.link.lost"_id);
        if (cut_) {
            return gone;
        }
        const std::uint64_t drawn = trouble_ ? random_.below(1000) : 1000;
        if (drawn < weather_.lost) {
            return gone;
        }
        if (trouble_ && random_.below(1000) < weather_.late) {
            late_.push_back({request, reaches_second_});
            return gone;  // it arrives when nobody waits for it any more
        }
        if (trouble_ && random_.below(1000) < weather_.repeated) {
            late_.push_back({request, reaches_second_});
        }
        LinkReply reply = answer(desk(), request);
        if (trouble_ && random_.below(1000) < weather_.reply_lost) {
            return gone;
        }
        return reply;
    }

    LinkReply carry(const LinkRequest& request) {
        const auto reply = carry_or_lose(request);
        return reply.ok() ? *reply : LinkReply{503, {}, {}};
    }

    // In any order, at any later time.
    void deliver_late(bool trouble) {
        trouble_ = trouble;
        while (!late_.empty() && (!trouble || random_.below(3) == 0)) {
            const std::size_t which = random_.below(late_.size());
            const Late late = late_[which];
            late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(which));
            (void)answer(late.second && second_ ? *second_ : *first_, late.request);
        }
    }

    void restart() {
        restarted_ = true;
        session.reset();
        if (random_.below(2) == 0) {
            disk_.cut_power(random_);
            boot_ += "'";
        }
        run();
    }

    void act() {
        const View view = session->view();
        if (view.phase == Phase::kCheckIn && view.room_known && !view.person) {
            session->check_in(std::nullopt, std::nullopt);
        } else if (view.phase == Phase::kCheckIn && view.person && !view.confirmed) {
            (void)session->confirm_person("name", true);
        } else if (view.phase == Phase::kRunning && typed_ > 5 && random_.below(20) == 0) {
            (void)session->confirm_hand_in();
        } else if (view.phase == Phase::kRunning && random_.below(4) == 0) {
            const std::string item = "Q" + std::to_string(random_.below(5));
            const std::string value = std::to_string(++typed_);
            if (session->answer({item, "RESPONSE", std::vector{value}, std::nullopt}).ok()) {
                saved_[item] = value;
            }
        }
    }

    // Once it follows the second desk, the first one's word counts nothing here.
    void watch() {
        bool second = false;
        for (const DeskText& text : session->state().desk_texts) {
            if (second && text.text == kFirst) {
                noticed_ = "followed the first desk after the second";
            }
            second = second || text.text == kSecond;
        }
    }

    bool forked() const {
        for (const auto& one : first_->journals) {
            for (const auto& two : second_->journals) {
                if (record::journal_id(one.start) == record::journal_id(two.start) &&
                    !std::equal(one.records.begin(),
                                one.records.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                          one.records.size(), two.records.size())),
                                two.records.begin())) {
                    return true;
                }
            }
        }
        return false;
    }

    std::string lost() const {
        const auto& desk = second_ && second_->package ? *second_ : *first_;
        const auto tar = crypto::age_decrypt(desk.package_age, world_.attempt_key);
        const auto contents = tar.ok() ? record::read_contents(*tar) : tar.error();
        if (!contents.ok()) {
            return "the package does not open";
        }
        std::map<std::string, std::string> packed;
        const auto answers = record::read_document<record::Answers>(contents->answers);
        for (const record::AnsweredItem& item : answers->items) {
            packed[item.item] = item.responses.at(0).values->at(0);
        }
        for (const auto& [item, value] : saved_) {
            if (packed[item] != value) {
                return item + " was saved as " + value + " and is packed as " + packed[item];
            }
        }
        return packed.size() == saved_.size() ? "" : "answers that nobody gave";
    }

    struct Late {
        LinkRequest request;
        bool second;
    };

  public:
    static constexpr const char* kFirst = "of the desk that was replaced";
    static constexpr const char* kSecond = "of the desk that took charge";
    std::unique_ptr<Session> session;

  private:
    FakeClock& clock_;
    FakeRandom& random_;
    const Weather& weather_;
    test::World world_;
    std::unique_ptr<test::FakeDesk> first_;
    std::unique_ptr<test::FakeDesk> second_;
    FakeLink link_;
    FakeDisk disk_;
    FakeStore store_;
    std::string boot_ = "boot";
    bool reaches_second_ = false;
    bool cut_ = false;
    bool trouble_ = true;
    bool restarted_ = false;
    int typed_ = 0;
    std::vector<Late> late_;
    std::map<std::string, std::string> saved_;
    std::string noticed_;
};

/// The room's plan of one run: when partitions come and go, and whether a second desk takes charge.
class Simulation {
  public:
    explicit Simulation(std::uint64_t seed)
        : random_(seed), weather_(random_), takes_over_at_(15 + random_.below(30)) {
        for (std::uint64_t i = 0; i < kTerminals; ++i) {
            sitters_.push_back(
                std::make_unique<Sitter>(seed * 1000 + i, clock_, random_, weather_));
            sitters_.back()->run();
        }
        two_desks_ = random_.below(3) > 0;
    }

    std::string run() {
        for (std::uint64_t second = 0; second < kSeconds + kHealSeconds; ++second) {
            const bool trouble = second < kSeconds;
            plan(second, trouble);
            clock_.advance(std::chrono::seconds(1));
            for (const auto& sitter : sitters_) {
                sitter->live(trouble);
            }
            if (!trouble && std::ranges::all_of(sitters_, [](const auto& each) {
                    return each->session->view().countersigned;
                })) {
                break;
            }
            const std::string apart = clocks_apart();
            if (!apart.empty()) {
                return "second " + std::to_string(second) + ": " + apart;
            }
        }
        for (std::size_t i = 0; i < sitters_.size(); ++i) {
            const std::string fault = sitters_[i]->fault();
            if (!fault.empty()) {
                return "terminal " + std::to_string(i) + ": " + fault;
            }
        }
        return "";
    }

  private:
    void plan(std::uint64_t second, bool trouble) {
        for (const auto& sitter : sitters_) {
            if (second == kReleaseAt) {
                sitter->release();
            } else if (second == kStartAt) {
                sitter->start();
            } else if (two_desks_ && second == takes_over_at_) {
                sitter->split();
            } else if (two_desks_ && second == kSeconds) {
                sitter->first_learns();
            } else if (sitter->has_second() && trouble && second % 7 == 0) {
                sitter->both_speak();
            }
            // Before it takes charge the spare desk is not asked; afterwards some still reach the
            // first, which does not know, until the network heals.
            if (!trouble) {
                sitter->reach(two_desks_, false);
            } else if (random_.below(20) == 0) {
                sitter->reach(sitter->has_second() && random_.below(2) == 0, random_.below(3) == 0);
            }
        }
    }

    // Terminals that started and never stopped show the same time.
    std::string clocks_apart() const {
        std::optional<std::pair<std::int64_t, std::int64_t>> span;
        for (const auto& sitter : sitters_) {
            const State state = sitter->session->state();
            if (!state.started || state.handed_in || state.late || sitter->stopped()) {
                continue;
            }
            const std::int64_t now = sitter->remaining_ms();
            span = span ? std::pair(std::min(span->first, now), std::max(span->second, now))
                        : std::pair(now, now);
        }
        if (span && span->second - span->first > 1000) {
            return "clocks " + std::to_string(span->second - span->first) + " ms apart";
        }
        return "";
    }

    FakeClock clock_;
    FakeRandom random_;
    Weather weather_;
    std::uint64_t takes_over_at_;
    bool two_desks_ = false;
    std::vector<std::unique_ptr<Sitter>> sitters_;
};

TEST(LinkSimulation, LosesNothingAndFollowsOneDeskInARoomOfSixtyTerminals) {
    const auto seeds = test::seeds(1);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        EXPECT_EQ(Simulation(seed).run(), "") << "seed " << seed;
    }
}

}  // namespace
}  // namespace assay::sitting
