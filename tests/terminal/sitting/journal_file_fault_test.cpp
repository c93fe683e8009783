#include "terminal/sitting/journal_file.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/record/fake_sealer.h"
#include "tests/terminal/sitting/seeds.h"

namespace assay::sitting {
namespace {

using record::Event;
using record::EventKind;
using record::JournalId;

constexpr std::size_t kSmallReserve = 4096;
const JournalPlace kPlace{"/s/journal-01.records", "/s/reserve", kSmallReserve};

JournalId some_id() {
    JournalId id;
    id.bytes.fill(7);
    return id;
}

Event answer(std::uint64_t number, FakeRandom& random) {
    Event out;
    out.kind = EventKind::kAnswer;
    out.at_ms = static_cast<std::int64_t>(number);
    out.item = "Q1";
    out.response = "RESPONSE";
    out.values = {std::to_string(number)};
    if (random.below(3) == 0) {
        out.text = std::string(random.below(3000), 'x');
    }
    return out;
}

class Journal : public testing::Test {
  protected:
    Result<JournalWriter> create() { return JournalWriter::create(disk_, kPlace, sealer_, id_); }
    Result<JournalWriter::Opened> open() {
        return JournalWriter::open(disk_, kPlace, sealer_, id_);
    }
    std::vector<Event> batch(FakeRandom& random) {
        std::vector<Event> out;
        for (std::uint64_t i = 0; i <= random.below(3); ++i) {
            out.push_back(answer(++number_, random));
        }
        return out;
    }
    void expect_prefix_of_typed(const std::vector<Event>& found, const std::string& where) {
        ASSERT_GE(found.size(), acknowledged_.size()) << where;
        ASSERT_LE(found.size(), typed_.size()) << where;
        EXPECT_TRUE(std::equal(found.begin(), found.end(), typed_.begin())) << where;
    }

    FakeDisk disk_;
    JournalId id_ = some_id();
    record::FakeSealer sealer_{id_};
    std::uint64_t number_ = 0;
    std::vector<Event> acknowledged_;
    std::vector<Event> typed_;
};

/// A sitting of random batches with one power cut; the number of acknowledged events that are lost
/// or changed afterwards.
std::size_t lost_after_power_cut(std::uint64_t seed, test::Sync sync) {
    FakeDisk disk;
    FakeRandom random(seed);
    const JournalId id = some_id();
    record::FakeSealer sealer(id);
    test::spoil(disk, sync);
    auto writer = JournalWriter::create(disk, kPlace, sealer, id);
    std::vector<Event> acknowledged;
    std::vector<Event> typed;
    for (std::uint64_t i = 0, end = 1 + random.below(12); i < end && writer.ok(); ++i) {
        const std::vector<Event> batch(1 + random.below(3), answer(i, random));
        typed.insert(typed.end(), batch.begin(), batch.end());
        // The last batch may be interrupted in its middle: between the write and the sync.
        if (i + 1 == end && random.below(2) == 0) {
            disk.fail_after(1);
        }
        if (writer->append(batch).ok()) {
            acknowledged = typed;
        }
    }
    disk.cut_power(random);
    const auto opened = JournalWriter::open(disk, kPlace, sealer, id);
    if (!opened.ok()) {
        return acknowledged.size() + 1;
    }
    const std::vector<Event>& found = opened->events;
    const bool invented =
        found.size() > typed.size() || !std::equal(found.begin(), found.end(), typed.begin());
    if (invented) {
        return typed.size() + 1;
    }
    return acknowledged.size() - std::min(found.size(), acknowledged.size());
}

TEST_F(Journal, KeepsEveryAcknowledgedEventAfterPowerCut) {
    const auto seeds = test::seeds(3000);
    for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
        ASSERT_EQ(lost_after_power_cut(seed, test::Sync::kTrue), 0U) << "seed " << seed;
    }
}

TEST_F(Journal, APowerCutTestFindsAMissingAndASwappedSync) {
    for (const auto sync : {test::Sync::kNone, test::Sync::kSwapped}) {
        std::uint64_t image = 0;
        while (image < 100 && lost_after_power_cut(image, sync) == 0) {
            ++image;
        }
        EXPECT_LT(image, 100U);
    }
}

TEST_F(Journal, SurvivesARoundOfPowerCutsAndGoesOn) {
    FakeRandom random(11);
    ASSERT_TRUE(create().ok());
    for (int round = 0; round < 200; ++round) {
        auto opened = open();
        ASSERT_TRUE(opened.ok()) << to_string(opened.error());
        expect_prefix_of_typed(opened->events, "round " + std::to_string(round));
        typed_ = acknowledged_ = opened->events;
        for (int i = 0; i < 3; ++i) {
            const auto events = batch(random);
            typed_.insert(typed_.end(), events.begin(), events.end());
            if (i == 2) {
                disk_.fail_after(1);  // written, and the power goes before the sync
            }
            if (opened->writer.append(events).ok()) {
                acknowledged_ = typed_;
            }
        }
        disk_.cut_power(random);
    }
}

TEST_F(Journal, LosesNothingWhereverTheDiskFails) {
    for (std::uint64_t step = 0; step < 60; ++step) {
        disk_ = FakeDisk();
        number_ = 0;
        acknowledged_.clear();
        typed_.clear();
        FakeRandom random(step);
        disk_.fail_after(step);
        auto writer = create();
        for (int i = 0; i < 12 && writer.ok(); ++i) {
            const auto events = batch(random);
            const Status done = writer->append(events);
            if (done.ok()) {
                typed_.insert(typed_.end(), events.begin(), events.end());
                acknowledged_ = typed_;
            } else if (writer->broken()) {
                EXPECT_EQ(writer->append(events).error(), done.error()) << "no second try";
                typed_.insert(typed_.end(), events.begin(), events.end());
                auto opened = open();
                ASSERT_TRUE(opened.ok()) << to_string(opened.error());
                expect_prefix_of_typed(opened->events, "step " + std::to_string(step));
                typed_ = acknowledged_ = opened->events;
                writer = std::move(opened->writer);
            }
        }
        disk_.fail_after(UINT32_MAX);  // where the failure has not come yet
        disk_.cut_power(random);
        if (writer.ok()) {
            auto opened = open();
            ASSERT_TRUE(opened.ok()) << step;
            EXPECT_EQ(opened->events, acknowledged_) << step;
        }
    }
}

TEST_F(Journal, UsesItsReserveWhenTheDiskIsFullAndStaysConsistentAfter) {
    for (std::uint64_t room = 0; room < 3000; room += 37) {
        disk_ = FakeDisk();
        acknowledged_.clear();
        FakeRandom random(room);
        auto writer = create();
        ASSERT_TRUE(writer.ok());
        disk_.set_free_bytes(room);
        std::optional<Error> full;
        for (int i = 0; i < 40 && !full; ++i) {
            const Event event = answer(static_cast<std::uint64_t>(i), random);
            const Status done = writer->append(event);
            if (done.ok()) {
                acknowledged_.push_back(event);
            } else {
                full = done.error();
            }
        }
        ASSERT_TRUE(full && full->code == Code::kFull);
        EXPECT_TRUE(writer->reserve_used());
        EXPECT_FALSE(disk_.exists(kPlace.reserve));
        EXPECT_FALSE(writer->broken());
        disk_.set_free_bytes(std::nullopt);  // somebody made space
        const Event event = answer(99, random);
        ASSERT_TRUE(writer->append(event).ok());
        acknowledged_.push_back(event);
        writer->renew_reserve();
        EXPECT_FALSE(writer->reserve_used());
        disk_.cut_power(random);
        EXPECT_EQ(open()->events, acknowledged_);
    }
}

TEST_F(Journal, IsNotCutShortWhereARecordFurtherBackWasChanged) {
    FakeRandom random(3);
    auto writer = create();
    ASSERT_TRUE(writer.ok());
    for (std::uint64_t i = 0; i < 40; ++i) {
        ASSERT_TRUE(writer->append(answer(i, random)).ok());
    }
    auto file = disk_.open(kPlace.records).value();
    const std::uint64_t size = file->size().value();
    ASSERT_TRUE(file->write_at(100, as_bytes("!")).ok());
    EXPECT_EQ(open().error().code, Code::kCorrupt);
    EXPECT_EQ(file->size().value(), size);
}

TEST_F(Journal, TakesBackRecordsOnlyAtTheirPlace) {
    FakeRandom random(5);
    auto writer = create();
    ASSERT_TRUE(writer.ok());
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < 40; ++i) {
        events.push_back(answer(i, random));
        ASSERT_TRUE(writer->append(events.back()).ok());
    }
    const auto records = writer->records(0, 100, 1U << 20U).value();
    ASSERT_EQ(records.size(), 40U);
    const record::JournalHead head = writer->head();

    disk_ = FakeDisk();
    auto fresh = create();
    ASSERT_TRUE(fresh.ok());
    EXPECT_FALSE(fresh->append_records({records[1]}).ok());
    EXPECT_EQ(fresh->append_records(records).value(), events);
    EXPECT_EQ(fresh->head(), head);
}

TEST_F(Journal, RefusesAnEventLongerThanARecordAndStaysUsable) {
    auto writer = create();
    ASSERT_TRUE(writer.ok());
    Event event;
    event.kind = EventKind::kNote;
    event.text = std::string(record::kRecordBodyBytesMax, 'n');
    EXPECT_EQ(writer->append(event).error().code, Code::kLimit);
    event.text = "short";
    EXPECT_TRUE(writer->append(event).ok());
    EXPECT_EQ(create().error().code, Code::kConflict);
}

}  // namespace
}  // namespace assay::sitting
