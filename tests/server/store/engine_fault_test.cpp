#include "tests/server/store/fixture.h"

namespace assay::store {
namespace {

Batch numbered(std::uint64_t i) {
    Batch batch;
    const std::string text = "object " + std::to_string(i);
    batch.objects = {make_object(text)};
    batch.bodies = {make_body(to_bytes("body of " + text))};
    batch.rows = {make_row("attempt", text, "handed-in", 0)};
    batch.counters = {"packages"};
    return batch;
}

class EngineFault : public testing::Test {
  protected:
    /// SQL in a folder of its own on the real disk, volumes on the fake one.
    struct World {
        test::TempFolder folder;
        FakeDisk disk;
        FakeRandom random{1};
        FakeClock clock;
        FakeLeafLog log;

        Result<std::unique_ptr<Engine>> open() {
            return Engine::open(folder.path(), test_key(1), {disk, random, clock, &log}, 2000);
        }
    };

    /// Groups of three batches; what was acknowledged.
    static std::uint64_t write(Engine& engine, std::uint64_t from, std::uint64_t to) {
        for (std::uint64_t i = from; i < to; i += 3) {
            const std::vector<Batch> group{numbered(i), numbered(i + 1), numbered(i + 2)};
            for (const Result<Committed>& result : engine.commit(group)) {
                if (!result.ok()) {
                    return i;
                }
            }
        }
        return to;
    }

    static void expect_all(World& world, std::uint64_t acknowledged, const std::string& where) {
        auto engine = world.open();
        ASSERT_TRUE(engine.ok()) << where << to_string(engine.error());
        for (std::uint64_t i = 0; i < acknowledged; ++i) {
            const std::string text = "object " + std::to_string(i);
            const auto object = (*engine)->index().object(digest_of(text));
            ASSERT_TRUE(object.ok()) << where << " " << text;
            EXPECT_EQ(
                to_string((*engine)->volumes().read(object->place, object->payload_size).value()),
                text);
            ASSERT_TRUE(object->object.log_index.has_value()) << where;
            EXPECT_EQ(to_string(world.log.kept.at(*object->object.log_index)), text) << where;
            EXPECT_TRUE((*engine)->index().body(digest_of("body of " + text)).ok());
            EXPECT_EQ((*engine)->index().row("attempt", to_bytes(text)).value().revision, 1U);
        }
        EXPECT_GE((*engine)->index().counter("packages").value(), acknowledged);
        const std::set<Bytes> leaves(world.log.kept.begin(), world.log.kept.end());
        EXPECT_EQ(leaves.size(), world.log.kept.size()) << where << ": a leaf was logged twice";
        const std::uint64_t fresh = 1000 + world.log.kept.size();
        EXPECT_EQ(write(**engine, fresh, fresh + 3), fresh + 3) << where;
    }
};

TEST_F(EngineFault, APowerCutAtEveryChangeLosesNothingAcknowledged) {
    std::uint64_t changes = 0;
    {
        World world;
        ASSERT_EQ(write(*world.open().value(), 0, 30), 30U);
        changes = world.disk.changes();
    }
    for (std::uint64_t at = 0; at < changes; ++at) {
        World world;
        FakeRandom random(at);
        world.disk.fail_after(at);
        std::uint64_t done = 0;
        if (auto engine = world.open(); engine.ok()) {
            done = write(**engine, 0, 15);
            if (done == 15 && (*engine)->follow().ok()) {
                done = write(**engine, 15, 30);
            }
            world.log.settles = at % 2 == 0;
        }
        world.disk.cut_power(random);
        world.log.crash();
        expect_all(world, done, "change " + std::to_string(at));
    }
}

TEST_F(EngineFault, LeavesThatWereOnlySignedComeAgainInTheSameOrder) {
    for (std::uint64_t followed = 0; followed <= 9; followed += 3) {
        World world;
        {
            auto engine = world.open().value();
            ASSERT_EQ(write(*engine, 0, followed), followed);
            ASSERT_TRUE(engine->follow().ok());
            ASSERT_EQ(write(*engine, followed, 15), 15U);
            world.log.settles = false;  // the crash comes before log and SQL follow
        }
        const std::vector<Bytes> signed_before = world.log.kept;
        world.log.crash();
        ASSERT_EQ(world.log.kept.size(), followed);
        {
            ASSERT_TRUE(world.open().ok());
        }
        EXPECT_EQ(world.log.kept, signed_before);
        expect_all(world, 15, "after " + std::to_string(followed));
    }
}

TEST_F(EngineFault, LeavesThatWereOnlySignedComeBeforeAllOthers) {
    World world;
    {
        auto engine = world.open().value();
        ASSERT_EQ(write(*engine, 0, 6), 6U);
        world.log.settles = false;
    }
    const std::vector<Bytes> signed_before = world.log.kept;
    world.log.crash();
    world.log.may_grow = false;
    auto engine = world.open().value();
    EXPECT_EQ(engine->commit(std::vector{numbered(6)}).at(0).error().code, Code::kUnavailable);
    world.log.may_grow = true;  // an operator's word
    ASSERT_EQ(write(*engine, 6, 9), 9U);
    ASSERT_EQ(world.log.kept.size(), 9U);
    EXPECT_TRUE(std::equal(signed_before.begin(), signed_before.end(), world.log.kept.begin()));
    engine.reset();
    expect_all(world, 9, "later");
}

TEST_F(EngineFault, SqlKnowsNoLeafThatTheLogMayLose) {
    World world;
    {
        auto engine = world.open().value();
        ASSERT_EQ(write(*engine, 0, 3), 3U);
        world.log.settles = false;
        EXPECT_EQ(engine->follow().error().code, Code::kIo);
        EXPECT_FALSE(engine->writable());
    }
    world.log.crash();
    expect_all(world, 3, "not settled");
}

TEST_F(EngineFault, AGroupIsFoundBeforeAndAfterSqlHasIt) {
    World world;
    auto engine = world.open().value();
    ASSERT_EQ(write(*engine, 0, 3), 3U);
    EXPECT_FALSE(engine->index().object(digest_of("object 1")).ok());
    EXPECT_EQ(engine->recent().object(digest_of("object 1"))->object.log_index, 1U);
    const auto again = engine->commit(std::vector{numbered(1)});
    EXPECT_EQ(again.at(0).error().code, Code::kConflict) << "the row is there";
    Batch same;
    same.objects = {make_object("object 1")};
    same.counters = {"packages"};
    const auto kept = engine->commit(std::vector{same}).at(0).value();
    EXPECT_TRUE(kept.objects.at(0).was_there);
    EXPECT_EQ(kept.objects.at(0).log_index, 1U);
    EXPECT_EQ(kept.numbers.at(0), 4U);
    ASSERT_TRUE(engine->follow().ok());
    EXPECT_FALSE(engine->recent().object(digest_of("object 1")));
    EXPECT_EQ(engine->index().object(digest_of("object 1"))->object.log_index, 1U);
    EXPECT_EQ(engine->commit(std::vector{numbered(1)}).at(0).error().code, Code::kConflict);
    Batch removal;
    removal.removals = {{"attempt", to_bytes("object 1"), 1}};
    ASSERT_TRUE(engine->commit(std::vector{removal}).at(0).ok());
    const auto gone = engine->recent().row("attempt", to_bytes("object 1"));
    ASSERT_TRUE(gone);
    EXPECT_FALSE(*gone);
}

TEST_F(EngineFault, AnIndexThatIsGoneOrOldIsMadeFromTheVolumes) {
    World world;
    SystemDisk disk;
    const Path file = world.folder.path() / "index.db";
    {
        ASSERT_EQ(write(*world.open().value(), 0, 9), 9U);
    }
    const Bytes old = read_file(disk, file, 1 << 26).value();
    {
        ASSERT_EQ(write(*world.open().value(), 9, 30), 30U);
    }
    ASSERT_TRUE(disk.remove(file).ok());
    expect_all(world, 30, "gone");
    ASSERT_TRUE(write_file(disk, file, old).ok());
    expect_all(world, 30, "old");
}

TEST_F(EngineFault, ALogThatFailedIsMadeUpForAtTheNextStart) {
    World world;
    {
        auto engine = world.open().value();
        ASSERT_EQ(write(*engine, 0, 3), 3U);
        world.log.fails = true;
        EXPECT_EQ(write(*engine, 3, 6), 3U);
        EXPECT_FALSE(engine->writable());
        EXPECT_EQ(engine->commit(std::vector{numbered(7)}).at(0).error().code, Code::kIo);
    }
    world.log.fails = false;
    expect_all(world, 6, "log");  // not acknowledged, but in the volumes
    EXPECT_EQ(world.log.kept.size(), 9U);
}

TEST_F(EngineFault, ALeafThatSqlMissedIsFoundAndNotLoggedAgain) {
    World world;
    SystemDisk disk;
    const Path file = world.folder.path() / "index.db";
    {
        ASSERT_EQ(write(*world.open().value(), 0, 3), 3U);
    }
    const Bytes old = read_file(disk, file, 1 << 26).value();
    {
        ASSERT_EQ(write(*world.open().value(), 3, 9), 9U);
    }
    ASSERT_TRUE(write_file(disk, file, old).ok());
    {
        ASSERT_TRUE(world.open().ok());
    }
    EXPECT_EQ(world.log.kept.size(), 9U);
    expect_all(world, 9, "found");
}

TEST_F(EngineFault, LostVolumesOrALostLogAreNamedNotHidden) {
    World world;
    {
        ASSERT_EQ(write(*world.open().value(), 0, 30), 30U);
    }
    const std::vector<Bytes> leaves = world.log.kept;
    world.log.kept.resize(10);
    EXPECT_EQ(world.open().error().what.id, "store.open.ahead"_id);
    world.log.kept = leaves;
    const auto names = world.disk.list(world.folder.path() / "volumes").value();
    ASSERT_GT(names.size(), 1U);
    ASSERT_TRUE(world.disk.remove(world.folder.path() / "volumes" / names.back()).ok());
    EXPECT_EQ(world.open().error().what.id, "store.open.ahead"_id);
}

TEST_F(EngineFault, AFullDiskRefusesAndLaterGoesOn) {
    World world;
    auto engine = world.open().value();
    ASSERT_EQ(write(*engine, 0, 3), 3U);
    world.disk.set_free_bytes(100);
    const auto refused = engine->commit(std::vector{numbered(3)});
    EXPECT_EQ(refused.at(0).error().code, Code::kFull);
    EXPECT_TRUE(engine->writable());
    world.disk.set_free_bytes(std::nullopt);
    EXPECT_EQ(write(*engine, 3, 6), 6U);
    engine.reset();
    expect_all(world, 6, "full");
}

}  // namespace
}  // namespace assay::store
