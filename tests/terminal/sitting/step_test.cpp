#include "terminal/sitting/step.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "tests/terminal/sitting/seeds.h"

namespace assay::sitting {
namespace {

using record::Event;
using record::EventKind;
using record::OrderKind;

constexpr std::int64_t kMinute = 60'000;

template <typename Id>
Id filled(std::uint8_t byte) {
    Id out;
    out.bytes.fill(byte);
    return out;
}

Terms some_terms() {
    Terms out;
    out.manifest = filled<Digest>(1);
    out.attempt = filled<AttemptId>(2);
    out.rules.duration_minutes = 60;
    out.rules.earliest_hand_in_minutes = 20;
    return out;
}

/// A sitting whose journal is a list in memory.
class Sitting {
  public:
    explicit Sitting(Terms terms = some_terms()) : initial_(sitting::initial(std::move(terms))) {
        state_ = initial_;
    }

    Step give(decltype(Input::what) what) {
        Step out = step(state_, {at_ms_, WallTime{1000}, std::move(what)});
        for (const Effect& effect : out.effects) {
            if (const auto* write = std::get_if<WriteEvents>(&effect)) {
                journal_.insert(journal_.end(), write->events.begin(), write->events.end());
            }
        }
        state_ = out.state;
        return out;
    }
    template <typename E>
    bool has(const Step& step) const {
        return std::ranges::any_of(step.effects,
                                   [](const Effect& e) { return std::holds_alternative<E>(e); });
    }
    void admit() {
        give(PersonConfirmed{"name", true});
        record::Start start;
        start.manifest = initial_.terms.manifest;
        start.room = filled<RoomId>(3);
        start.attempt = initial_.terms.attempt;
        start.desk_time = desk_time_;
        give(Admitted{start, "boot", SteadyTime(5000)});
    }
    Step release() {
        record::Release release;
        release.manifest = initial_.terms.manifest;
        release.room = filled<RoomId>(3);
        release.part = filled<PartId>(4);
        release.batch = filled<Digest>(5);
        return give(Released{record::make(std::move(release))});
    }
    Step order(OrderKind kind, std::int64_t seconds = 0) {
        record::DeskOrder order;
        order.manifest = initial_.terms.manifest;
        order.room = filled<RoomId>(3);
        order.number = ++orders_;
        order.kind = kind;
        order.seconds = seconds;
        order.text = "text";
        order.time = desk_time_ + std::chrono::seconds(at_ms_ / 1000);
        return give(Ordered{record::make(std::move(order))});
    }
    void start() {
        admit();
        release();
        order(OrderKind::kStart);
    }
    Step answer(const std::string& item, const std::string& value) {
        return give(AnswerChanged{item, "RESPONSE", std::vector{value}, std::nullopt});
    }
    void pass(std::int64_t ms) { at_ms_ += ms; }
    std::int64_t remaining() const { return state_.remaining_ms(at_ms_); }

    /// The state of the journal's first `count` events.
    State folded(std::size_t count) const {
        if (!state_.start) {
            return state_;
        }
        State out = begin_journal(initial_, *state_.start);
        for (std::size_t i = 0; i < count; ++i) {
            out = fold(std::move(out), journal_[i]);
        }
        return out;
    }

    State initial_;
    State state_;
    std::vector<Event> journal_;
    std::int64_t at_ms_ = 0;
    std::uint64_t orders_ = 0;
    WallTime desk_time_{5'000'000};
};

TEST(Step, WalksThroughASitting) {
    Sitting s;
    EXPECT_EQ(s.state_.phase(), Phase::kCheckIn);
    s.admit();
    EXPECT_EQ(s.state_.phase(), Phase::kWaiting);
    EXPECT_TRUE(s.has<OpenPart>(s.release()));
    EXPECT_EQ(s.state_.phase(), Phase::kReleased);
    EXPECT_EQ(s.answer("Q1", "A").refused->what.id, "sitting.answer.not-started"_id);
    s.order(OrderKind::kStart);
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    EXPECT_FALSE(s.answer("Q1", "A").refused);
    s.give(ReviewEntered{});
    EXPECT_EQ(s.state_.phase(), Phase::kReviewing);
    s.give(ItemOpened{"Q2"});
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    EXPECT_EQ(s.give(HandInAsked{}).refused->what.id, "sitting.hand-in.too-early"_id);
    s.pass(20 * kMinute);
    EXPECT_TRUE(s.has<ConfirmHandIn>(s.give(HandInAsked{})));
    EXPECT_TRUE(s.has<BuildPackage>(s.give(HandInConfirmed{})));
    EXPECT_EQ(s.state_.phase(), Phase::kHandedIn);
    EXPECT_EQ(s.answer("Q1", "B").refused->what.id, "sitting.answer.handed-in"_id);
    s.give(RoomSealed{});
    EXPECT_EQ(s.state_.phase(), Phase::kSealed);
}

TEST(Step, GivesExtraTimeOfTheRosterAndOfTheDesk) {
    Terms terms = some_terms();
    terms.accommodations.extra_time_percent = 25;
    Sitting s(terms);
    s.start();
    EXPECT_EQ(s.remaining(), 75 * kMinute);
    s.pass(kMinute);
    s.order(OrderKind::kExtraTime, 300);
    EXPECT_EQ(s.remaining(), 79 * kMinute);
    s.order(OrderKind::kTime, 600);
    EXPECT_EQ(s.remaining(), 10 * kMinute);
}

TEST(Step, StandsStillWhileThePauseLasts) {
    Sitting s;
    s.start();
    s.pass(kMinute);
    EXPECT_TRUE(s.has<FlushEditors>(s.order(OrderKind::kPause)));
    s.pass(1000);
    EXPECT_FALSE(s.answer("Q1", "what an editor held").refused);
    s.pass(kMinute);
    EXPECT_EQ(s.answer("Q1", "late").refused->what.id, "sitting.answer.paused"_id);
    EXPECT_EQ(s.remaining(), 59 * kMinute);
    s.order(OrderKind::kResume);
    s.pass(kMinute);
    EXPECT_EQ(s.remaining(), 58 * kMinute);
}

TEST(Step, HandsInByForceAtTheEndAndAfterTheLastAnswers) {
    Sitting s;
    s.start();
    s.pass(60 * kMinute);
    Step ticked = s.give(Ticked{250});
    EXPECT_TRUE(s.has<FlushEditors>(ticked));
    EXPECT_FALSE(s.answer("Q1", "typed in the last second").refused);
    s.pass(kLastAnswersMs);
    ticked = s.give(Ticked{250});
    EXPECT_TRUE(s.has<BuildPackage>(ticked));
    EXPECT_EQ(s.state_.phase(), Phase::kHandedIn);
    EXPECT_EQ(s.state_.hand_in_kind, record::PackageKind::kForced);
    EXPECT_EQ(s.state_.answers().items.at(0).responses.at(0).values->at(0),
              "typed in the last second");
}

TEST(Step, EndsALateStarterWithTheRoom) {
    for (const bool keeps : {true, false}) {
        Terms terms = some_terms();
        terms.rules.late_starter_keeps_end = keeps;
        Sitting s(terms);
        s.admit();
        s.release();
        record::DeskOrder order;
        order.manifest = terms.manifest;
        order.room = filled<RoomId>(3);
        order.number = 1;
        order.kind = OrderKind::kStart;
        order.time = s.desk_time_ + std::chrono::seconds(-600);
        s.give(Ordered{record::make(order)});
        EXPECT_EQ(s.remaining(), (keeps ? 50 : 60) * kMinute);
        EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    }
}

TEST(Step, LetsInAfterTheLatestEntryOnlyByOverride) {
    Sitting s;
    s.admit();
    s.release();
    record::DeskOrder order;
    order.manifest = s.initial_.terms.manifest;
    order.room = filled<RoomId>(3);
    order.number = s.orders_ = 1;
    order.kind = OrderKind::kStart;
    order.time = s.desk_time_ + std::chrono::seconds(-16 * 60);
    s.give(Ordered{record::make(order)});
    EXPECT_EQ(s.state_.phase(), Phase::kReleased);
    s.order(OrderKind::kOverride);
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    EXPECT_EQ(s.remaining(), 44 * kMinute);
}

TEST(Step, MeasuresDarkTimeWithinABootAndNeverInventsItAcrossOne) {
    Sitting s;
    s.start();
    s.pass(kMinute);
    s.answer("Q1", "A");
    s.at_ms_ = s.state_.at_of("boot", SteadyTime(5000 + 3 * kMinute));
    EXPECT_EQ(s.at_ms_, 3 * kMinute);
    Step resumed = s.give(Resumed{"boot", SteadyTime(5000 + 3 * kMinute)});
    EXPECT_TRUE(s.has<ReportDark>(resumed));
    EXPECT_EQ(s.state_.time.dark_ms, 2 * kMinute);
    EXPECT_EQ(s.remaining(), 57 * kMinute);

    s.at_ms_ = s.state_.at_of("another boot", SteadyTime(99));
    EXPECT_EQ(s.at_ms_, 3 * kMinute);
    s.give(Resumed{"another boot", SteadyTime(99)});
    EXPECT_TRUE(s.state_.time.dark_unknown);
    EXPECT_EQ(s.remaining(), 57 * kMinute);
    EXPECT_EQ(s.state_.at_of("another boot", SteadyTime(1099)), 3 * kMinute + 1000);
}

TEST(Step, WaitsForTheDeskBeforeItForcesAHandInAfterDarkTime) {
    Sitting s;
    s.start();
    s.pass(61 * kMinute);
    s.give(Resumed{"boot", SteadyTime(5000 + 61 * kMinute)});
    s.give(Ticked{250});
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    EXPECT_EQ(s.answer("Q1", "A").refused->what.id, "sitting.answer.time-over"_id);
    s.order(OrderKind::kExtraTime, 600);
    EXPECT_FALSE(s.answer("Q1", "A").refused);
    s.pass(10 * kMinute);
    s.give(Ticked{250});
    EXPECT_EQ(s.state_.phase(), Phase::kHandedIn);
}

TEST(Step, GoesOnAtAnotherTerminalWithEveryAnswer) {
    Sitting s;
    s.start();
    s.answer("Q1", "A");
    s.give(FlagSet{"Q2", true});
    s.give(NoteChanged{"Q2", "look again"});
    s.pass(10 * kMinute);
    s.give(Ticked{250});
    record::Start start = *s.state_.start;
    start.epoch = Epoch{2};
    start.continued = record::JournalHead{};
    start.desk_time = s.desk_time_ + std::chrono::seconds(11 * 60);
    s.at_ms_ = 0;
    s.give(Admitted{start, "other boot", SteadyTime(1)});
    EXPECT_EQ(s.state_.phase(), Phase::kReopened);
    EXPECT_EQ(s.state_.time.dark_ms, kMinute + 250 - 250);
    EXPECT_EQ(s.remaining(), 49 * kMinute);
    s.release();
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    EXPECT_TRUE(s.state_.items["Q1"].answered());
    EXPECT_TRUE(s.state_.items["Q2"].flagged);
    EXPECT_EQ(s.state_.items["Q2"].note, "look again");
}

TEST(Step, TakesAnOrderOnceAndOnlyItsOwn) {
    Sitting s;
    s.start();
    s.order(OrderKind::kExtraTime, 60);
    s.orders_ = 1;  // the same number again: a duplicating network
    s.order(OrderKind::kExtraTime, 60);
    EXPECT_EQ(s.remaining(), 61 * kMinute);
    record::DeskOrder order;
    order.manifest = s.initial_.terms.manifest;
    order.room = filled<RoomId>(3);
    order.attempt = filled<AttemptId>(99);
    order.number = 50;
    order.kind = OrderKind::kTerminate;
    s.give(Ordered{record::make(order)});
    EXPECT_EQ(s.state_.phase(), Phase::kRunning);
    order.room = filled<RoomId>(77);
    EXPECT_TRUE(s.give(Ordered{record::make(order)}).refused);
}

// ---- random sequences

struct Invariants {
    std::map<std::string, std::string> acknowledged;
    std::int64_t remaining = 0;
};

decltype(Input::what) random_input(Sitting& s, FakeRandom& random) {
    const std::string item = "Q" + std::to_string(random.below(4));
    switch (random.below(16)) {
        case 0:
            return ItemOpened{item};
        case 1:
            return FlagSet{item, random.below(2) == 0};
        case 2:
            return NoteChanged{item, "n"};
        case 3:
            return FileSaved{item, "result.txt", filled<Digest>(9), 10, filled<Digest>(8), 200};
        case 4:
            return ReviewEntered{};
        case 5:
            return ReviewLeft{};
        case 6:
            return HandInAsked{};
        case 7:
            if (random.below(12) == 0) {
                return HandInConfirmed{};
            }
            return Covered{3};
        case 8:
            return FindingSeen{"FACE_ABSENT", 1, true};
        case 9:
            return GapSeen{{WallTime{1}, WallTime{9}, "camera-lost"}};
        case 10:
            return Resumed{random.below(2) == 0 ? "boot" : "boot 2", SteadyTime(s.at_ms_ + 5000)};
        case 11:
            return SegmentMade{{"snapshot", filled<Digest>(7), 100, WallTime{1}, WallTime{2}}};
        default:
            return Ticked{random.below(20) == 0 ? 9000 : 250};
    }
}

bool is_order_about_time(OrderKind kind) {
    return kind == OrderKind::kExtraTime || kind == OrderKind::kTime;
}

/// A short one, or a long text that grows out of the one before: a difference.
std::string next_answer(const std::string& before, int i, FakeRandom& random) {
    if (random.below(2) == 0) {
        return std::to_string(i);
    }
    std::string out = before.size() < 2000 ? std::string(3000, 'a') + "\u4e2d" : before;
    out.insert(random.below(1000), std::to_string(i));
    return out;
}

void check_random_sitting(std::uint64_t seed) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " (ASSAY_SEED runs it alone)");
    FakeRandom random(seed);
    Sitting s;
    s.start();
    Invariants known{{}, s.remaining()};
    for (int i = 0; i < 120; ++i) {
        s.pass(static_cast<std::int64_t>(random.below(random.below(10) == 0 ? 400'000 : 4000)));
        bool may_grow = false;
        const bool over = s.state_.handed_in;
        if (random.below(3) == 0) {
            const std::string item = "Q" + std::to_string(random.below(4));
            const std::string value = next_answer(known.acknowledged[item], i, random);
            if (!s.answer(item, value).refused) {
                ASSERT_FALSE(over) << "an answer after hand-in";
                known.acknowledged[item] = value;
            }
        } else if (random.below(8) == 0) {
            constexpr std::array kKinds{
                OrderKind::kPause,   OrderKind::kResume, OrderKind::kResume, OrderKind::kExtraTime,
                OrderKind::kMessage, OrderKind::kTime,   OrderKind::kEnd,    OrderKind::kTerminate};
            // Ends are rare, or no sitting would be long.
            const OrderKind kind = kKinds[random.below(random.below(6) == 0 ? 8 : 6)];
            may_grow = is_order_about_time(kind);
            s.order(kind, static_cast<std::int64_t>(random.below(600)));
        } else {
            s.give(random_input(s, random));
        }
        std::erase_if(known.acknowledged, [](const auto& each) { return each.second.empty(); });
        for (const auto& [item, value] : known.acknowledged) {
            ASSERT_EQ(s.state_.items.at(item).responses.at("RESPONSE").values->at(0), value);
        }
        ASSERT_TRUE(may_grow || s.remaining() <= known.remaining) << "time grew without a record";
        known.remaining = s.remaining();
    }
    // The state is the fold of the journal, and so is that of any prefix of it.
    const State all = s.folded(s.journal_.size());
    EXPECT_EQ(all.answers(), s.state_.answers());
    EXPECT_EQ(all.phase(), s.state_.phase());
    EXPECT_EQ(all.time.remaining_ms, s.state_.time.remaining_ms);
    EXPECT_EQ(all.evidence.counts(), s.state_.evidence.counts());
    record::AnswerFold answers(s.initial_.terms.attempt);
    bool handed_in = false;
    for (std::size_t count = 0; count < s.journal_.size(); ++count) {
        const State prefix = s.folded(count);
        ASSERT_EQ(prefix.handed_in, handed_in);
        ASSERT_EQ(prefix.answers(), answers.answers()) << "as a scorer folds it";
        answers.add(s.journal_[count]);
        handed_in = handed_in || s.journal_[count].kind == EventKind::kHandIn;
    }
}

TEST(Step, KeepsItsInvariantsOverRandomSittings) {
    const auto seeds = test::seeds(300);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        check_random_sitting(seed);
        if (testing::Test::HasFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace assay::sitting
