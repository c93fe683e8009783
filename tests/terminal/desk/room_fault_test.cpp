#include <set>

#include <gtest/gtest.h>

#include "tests/terminal/desk/room_fixture.h"

namespace assay::desk {
namespace {

class DeskPower : public testing::Test, protected RoomFixture {
  protected:
    void SetUp() override {
        open_desk();
        ASSERT_TRUE(room->adopt_keys(key_list).ok());
        ASSERT_TRUE(room->take_sitting(bundle).ok());
        ASSERT_TRUE(room->open_room(pin()).ok());
        ASSERT_TRUE(enrol(one, "01").ok());
    }
    bool send_last(const Journal& journal) {
        const std::size_t last = journal.records.size() - 1;
        return room->take_records(one.id, journal.id, {last, {journal.records[last]}}).ok();
    }
    std::size_t held(const Journal& journal) {
        return room->held_records(one.id, journal.id, 0).value().records.size();
    }
    Terminal one = new_terminal();
};

TEST_F(DeskPower, LosesNoAcknowledgedRecordWhereverADiskCallFailsAndThePowerGoes) {
    Journal journal = admit(one, 0).value();
    std::size_t acknowledged = 0;
    for (std::uint64_t failing = 0; failing < 4; ++failing) {
        write(journal, "answer");
        disk.fail_after(failing);
        bool taken = send_last(journal);
        disk.fail_after(1U << 30U);
        if (!taken) {  // the terminal tries again
            taken = send_last(journal);
        }
        ASSERT_TRUE(taken) << failing;
        acknowledged = journal.records.size();
        FakeRandom chance(failing + 11);
        disk.cut_power(chance);
        open_desk();
        EXPECT_EQ(held(journal), acknowledged) << failing;
    }
}

TEST_F(DeskPower, GoesOnAfterAFullDisk) {
    Journal journal = admit(one, 0).value();
    write(journal, "first");
    ASSERT_TRUE(send_last(journal));
    write(journal, "second");
    disk.set_free_bytes(3);
    const auto refused = room->take_records(one.id, journal.id, {1, {journal.records[1]}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::kFull);
    EXPECT_FALSE(admit(one, 1).ok());
    disk.set_free_bytes(std::nullopt);
    EXPECT_TRUE(send_last(journal));
    EXPECT_EQ(held(journal), 2U);
    EXPECT_TRUE(admit(one, 1).ok());
}

/// Everything that is on a shelf after a crash reaches log and outbox.
TEST_F(DeskPower, FinishesWhatACrashCutInHalf) {
    for (std::uint64_t failing = 0; failing < 40; ++failing) {
        const Terminal next = new_terminal();
        disk.fail_after(failing);
        const bool enrolled = enrol(next, "02").ok();
        disk.fail_after(1U << 30U);
        FakeRandom chance(failing);
        disk.cut_power(chance);
        open_desk();
        std::set<Digest> queued;
        while (const auto pending = room->next_pending()) {
            queued.insert(pending->statement);
            ASSERT_TRUE(room->answered(pending->statement, "receipt").ok());
        }
        const bool known = room->machine_of(next.tls_key()).has_value();
        EXPECT_TRUE(known || !enrolled) << failing;
        EXPECT_TRUE(!known || !queued.empty()) << failing;
        if (enrolled && failing > 30) {
            break;
        }
    }
}

TEST_F(DeskPower, KeepsACountersignedPackageThroughAPowerCut) {
    Journal journal = admit(one, 0).value();
    write(journal, "answer");
    ASSERT_TRUE(send_last(journal));
    const Bytes file = to_bytes("sealed answers");
    const auto package = make_package(one, 0, {}, {head(journal)}, file);
    const Bytes upload = record::write_upload({to_bytes(package.json()), file});
    for (std::uint64_t failing = 0; failing < 25; ++failing) {
        disk.fail_after(failing);
        const auto reply = room->take_package(package.digest, upload);
        disk.fail_after(1U << 30U);
        FakeRandom chance(failing);
        disk.cut_power(chance);
        open_desk();
        EXPECT_TRUE(room->view().candidates[0].package.has_value() || !reply.ok()) << failing;
        const auto again = room->take_package(package.digest, upload);
        EXPECT_TRUE(again.ok()) << failing << ' ' << (again.ok() ? "" : to_string(again.error()));
    }
}

}  // namespace
}  // namespace assay::desk
