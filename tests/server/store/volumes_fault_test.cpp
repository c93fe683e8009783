#include "tests/server/store/fixture.h"

namespace assay::store {
namespace {

constexpr std::uint64_t kSmall = 600;  // a volume is closed after a few frames

Bytes content(std::uint64_t i) {
    Bytes out(20 + i * 7 % 90);
    FakeRandom(i + 1).fill(out);
    return out;
}

Result<std::vector<Bytes>> read_back(Volumes& volumes) {
    std::vector<Bytes> out;
    ASSAY_TRY_STATUS(volumes.replay({}, [&](Place, ByteView bytes) -> Status {
        out.push_back(to_bytes(bytes));
        return Ok{};
    }));
    return out;
}

/// How many of the frames were acknowledged.
std::uint64_t write_frames(Disk& disk, std::uint64_t count) {
    FakeRandom random(9);
    auto volumes = Volumes::open("/v", disk, random, kSmall);
    std::uint64_t done = 0;
    while (volumes.ok() && done < count && (*volumes)->next().ok() &&
           (*volumes)->append(content(done)).ok()) {
        ++done;
    }
    return done;
}

void expect_frames(Disk& disk, std::uint64_t acknowledged, const std::string& where) {
    FakeRandom random(10);
    auto volumes = Volumes::open("/v", disk, random, kSmall);
    ASSERT_TRUE(volumes.ok()) << where << to_string(volumes.error());
    const auto frames = read_back(**volumes);
    ASSERT_TRUE(frames.ok()) << where << to_string(frames.error());
    ASSERT_GE(frames->size(), acknowledged) << where;
    ASSERT_LE(frames->size(), acknowledged + 1) << where;
    for (std::uint64_t i = 0; i < frames->size(); ++i) {
        EXPECT_EQ((*frames)[i], content(i)) << where;
    }
    ASSERT_TRUE((*volumes)->next().ok()) << where;
    ASSERT_TRUE((*volumes)->append(as_bytes("more")).ok()) << where;
    EXPECT_EQ(to_string(read_back(**volumes).value().back()), "more") << where;
}

TEST(VolumesFault, APowerCutAtEveryChangeKeepsEveryAcknowledgedFrame) {
    FakeDisk whole;
    ASSERT_EQ(write_frames(whole, 30), 30U);
    for (std::uint64_t at = 0; at < whole.changes(); ++at) {
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            FakeDisk disk;
            FakeRandom random(at * 7 + seed);
            disk.fail_after(at);
            const std::uint64_t done = write_frames(disk, 30);
            disk.cut_power(random);
            expect_frames(disk, done,
                          "change " + std::to_string(at) + " seed " + std::to_string(seed));
        }
    }
}

TEST(VolumesFault, AFullDiskTakesTheFrameBackAndGoesOnLater) {
    FakeDisk disk;
    FakeRandom random(1);
    auto volumes = Volumes::open("/v", disk, random).value();
    ASSERT_TRUE(volumes->next().ok());
    ASSERT_TRUE(volumes->append(content(0)).ok());
    disk.set_free_bytes(10);
    EXPECT_EQ(volumes->append(content(1)).error().code, Code::kFull);
    disk.set_free_bytes(std::nullopt);
    ASSERT_TRUE(volumes->next().ok());
    ASSERT_TRUE(volumes->append(content(1)).ok());
    EXPECT_EQ(read_back(*volumes).value().size(), 2U);
}

TEST(VolumesFault, EveryCutOfTheLastFrameIsRepaired) {
    FakeDisk disk;
    ASSERT_EQ(write_frames(disk, 3), 3U);
    const Bytes whole = read_file(disk, "/v/00000001.vol", 1 << 20).value();
    const std::size_t last = whole.size() - 52 - content(2).size();
    for (std::size_t size = last; size < whole.size(); ++size) {
        FakeDisk cut;
        ASSERT_TRUE(write_file(cut, "/v/00000001.vol", ByteView(whole).first(size)).ok());
        expect_frames(cut, 2, std::to_string(size));
    }
}

TEST(VolumesFault, DamageThatALaterFrameProvesIsNotCutOff) {
    FakeDisk disk;
    ASSERT_EQ(write_frames(disk, 3), 3U);
    const Bytes whole = read_file(disk, "/v/00000001.vol", 1 << 20).value();
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        Bytes bad = whole;
        bad[at] ^= 2U;
        FakeDisk damaged;
        ASSERT_TRUE(write_file(damaged, "/v/00000001.vol", bad).ok());
        FakeRandom random(1);
        const auto volumes = Volumes::open("/v", damaged, random, kSmall);
        const bool in_last = at >= whole.size() - 52 - content(2).size();
        if (in_last) {  // can't be told from a torn write
            ASSERT_TRUE(volumes.ok()) << at;
            EXPECT_EQ(read_back(**volumes).value().size(), 2U);
        } else {
            EXPECT_EQ(volumes.error().code, Code::kCorrupt) << at;
        }
    }
}

TEST(VolumesFault, AFramePlantedInABodyIsNotBelieved) {
    // What an uploader could send: a volume of another store, whose frames have later numbers.
    FakeDisk other;
    FakeRandom others(77);
    auto theirs = Volumes::open("/v", other, others).value();
    for (std::uint64_t i = 0; i < 6; ++i) {
        ASSERT_TRUE(theirs->next().ok());
        ASSERT_TRUE(theirs->append(content(i)).ok());
    }
    const Bytes planted = read_file(other, "/v/00000001.vol", 1 << 20).value();
    FakeDisk disk;
    ASSERT_EQ(write_frames(disk, 2), 2U);
    const std::size_t before = read_file(disk, "/v/00000001.vol", 1 << 20).value().size();
    FakeRandom random(1);
    {
        auto volumes = Volumes::open("/v", disk, random).value();
        ASSERT_TRUE(volumes->next().ok());
        ASSERT_TRUE(volumes->append(planted).ok());
    }
    Bytes torn = read_file(disk, "/v/00000001.vol", 1 << 20).value();
    torn[before + 60] ^= 1U;
    ASSERT_TRUE(write_file(disk, "/v/00000001.vol", torn).ok());
    expect_frames(disk, 2, "planted");
}

TEST(VolumesFault, AMissingVolumeIsNamed) {
    FakeDisk disk;
    ASSERT_EQ(write_frames(disk, 30), 30U);
    FakeRandom random(1);
    Place end;
    {
        const auto volumes = Volumes::open("/v", disk, random, kSmall).value();
        end = volumes->end();
    }
    ASSERT_GT(end.volume, 2U);
    ASSERT_TRUE(disk.remove("/v/0000000" + std::to_string(end.volume) + ".vol").ok());
    const auto volumes = Volumes::open("/v", disk, random, kSmall).value();
    EXPECT_EQ(volumes->replay(end, [](Place, ByteView) { return Status(Ok{}); }).error().code,
              Code::kCorrupt);
}

}  // namespace
}  // namespace assay::store
