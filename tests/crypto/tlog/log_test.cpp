#include "crypto/tlog/log.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"

namespace assay::tlog {
namespace {

crypto::SigningKey make_key(std::uint64_t seed = 1) {
    FakeRandom random(seed);
    return crypto::SigningKey::generate(random);
}

class LogTest : public testing::Test {
  protected:
    Result<Log> open() { return Log::open("/log", "log.example", make_key(), disk_); }

    static Bytes payload(std::uint64_t i) { return assay::to_bytes("leaf " + std::to_string(i)); }

    static void grow(Log& log, std::uint64_t size) {
        while (log.head().size + log.pending() < size) {
            ASSERT_TRUE(log.append(payload(log.head().size + log.pending())).ok());
        }
        ASSERT_TRUE(log.commit().ok());
    }

    FakeDisk disk_;
};

TEST_F(LogTest, ProvesEveryLeafAfterReopening) {
    {
        Log log = open().value();
        for (const std::uint64_t size : {1U, 2U, 255U, 256U, 257U, 700U}) {
            grow(log, size);
        }
    }
    Log log = open().value();
    ASSERT_EQ(log.head().size, 700U);
    for (const std::uint64_t i : {0U, 1U, 255U, 256U, 511U, 512U, 699U}) {
        const std::string receipt = log.receipt(i).value().write();
        const auto logged = verify_receipt(receipt, payload(i), log.key());
        ASSERT_TRUE(logged.ok()) << to_string(logged.error());
        EXPECT_EQ(logged->index, i);
        EXPECT_EQ(log.entry(i).value(), payload(i));
    }
    EXPECT_EQ(log.receipt(700).error().code, Code::kNotFound);
    EXPECT_TRUE(log.scrub().ok());
}

TEST_F(LogTest, ShowsThatItOnlyGrew) {
    Log log = open().value();
    std::vector<TreeHead> heads{log.head()};
    for (const std::uint64_t size : {1U, 3U, 256U, 300U, 513U}) {
        grow(log, size);
        heads.push_back(log.head());
    }
    for (std::size_t i = 0; i < heads.size(); ++i) {
        for (std::size_t j = i; j < heads.size(); ++j) {
            const Proof proof = log.consistency(heads[i].size, heads[j].size).value();
            EXPECT_TRUE(verify_consistency(proof, heads[i], heads[j]).ok());
        }
        EXPECT_EQ(log.root_at(heads[i].size).value(), heads[i].root);
    }
    EXPECT_EQ(log.consistency(1, 514).error().code, Code::kNotFound);
}

TEST_F(LogTest, ShowsNothingBeforeTheCommit) {
    Log log = open().value();
    ASSERT_EQ(log.append(payload(0)).value(), 0U);
    EXPECT_EQ(log.receipt(0).error().code, Code::kNotFound);
    log.discard();
    EXPECT_EQ(log.pending(), 0U);
    ASSERT_EQ(log.append(payload(0)).value(), 0U);
    ASSERT_TRUE(log.commit().ok());
    EXPECT_TRUE(log.receipt(0).ok());
}

TEST_F(LogTest, ShowsAndProvesWhatIsOnlySigned) {
    Log log = open().value();
    grow(log, 3);
    Log whole = Log::open("/whole", "log.example", make_key(), disk_).value();
    grow(whole, 700);
    for (const std::uint64_t size : {5U, 255U, 256U, 300U, 700U}) {
        while (log.head().size + log.pending() < size) {
            ASSERT_TRUE(log.append(payload(log.head().size + log.pending())).ok());
        }
        ASSERT_TRUE(log.sign().ok());
        EXPECT_EQ(log.root_at(size).value(), whole.root_at(size).value());
    }
    EXPECT_EQ(log.checkpoint(), whole.checkpoint());
    EXPECT_EQ(open().value().head().size, 3U) << "nothing was written";
    for (const std::uint64_t i : {0U, 2U, 3U, 255U, 256U, 699U}) {
        EXPECT_TRUE(verify_receipt(log.receipt(i).value().write(), payload(i), log.key()).ok());
        EXPECT_EQ(log.entry(i).value(), payload(i));
    }
    const auto expect_files = [&] {
        for (const char* path :
             {"tile/0/000", "tile/0/001", "tile/0/000.p/7", "tile/0/002.p/188", "tile/0/002.p/100",
              "tile/1/000.p/2", "tile/1/000.p/1", "tile/entries/000", "tile/entries/000.p/9",
              "checkpoint", "tile/entries/002.p/188", "tile/entries/002.p/1"}) {
            EXPECT_EQ(log.resource(path).value(), whole.resource(path).value()) << path;
        }
        EXPECT_EQ(parse_bundle(log.resource("tile/entries/000.p/9").value())->size(), 9U);
        EXPECT_EQ(log.resource("tile/0/002.p/190").error().code, Code::kNotFound);
    };
    expect_files();
    const Log::Unwritten files = log.unwritten();
    ASSERT_TRUE(log.append(payload(700)).ok());
    ASSERT_TRUE(log.sign().ok());
    ASSERT_TRUE(log.write(files).ok());
    log.written(files);
    EXPECT_EQ(open().value().head().size, 700U);
    EXPECT_EQ(log.written_checkpoint(), whole.checkpoint());
    grow(whole, 701);
    expect_files();
    ASSERT_TRUE(log.commit().ok());
    EXPECT_EQ(open().value().checkpoint(), whole.checkpoint());
    EXPECT_TRUE(open().value().scrub().ok());
}

TEST_F(LogTest, BecomesTheSameTreeWhenSignedLeavesComeAgain) {
    std::string receipt;
    std::string before;
    {
        Log log = open().value();
        grow(log, 200);
        for (std::uint64_t i = 200; i < 600; ++i) {
            ASSERT_TRUE(log.append(payload(i)).ok());
            ASSERT_TRUE(log.sign().ok());
        }
        receipt = log.receipt(599).value().write();
        before = log.checkpoint();
    }
    Log log = open().value();
    ASSERT_EQ(log.head().size, 200U);
    grow(log, 600);
    EXPECT_EQ(log.checkpoint(), before);
    EXPECT_TRUE(log.meet(LogProof::parse(receipt)->checkpoint).ok());
    EXPECT_TRUE(log.scrub().ok());
}

TEST_F(LogTest, KeepsItsLimits) {
    Log log = open().value();
    EXPECT_EQ(log.append(Bytes(kLeafBytesMax + 1)).error().code, Code::kLimit);
    EXPECT_TRUE(log.append(Bytes(kLeafBytesMax)).ok());
    Code code = Code::kIo;
    for (int i = 0; i < 2000; ++i) {
        if (const auto index = log.append(Bytes(kLeafBytesMax)); !index.ok()) {
            code = index.error().code;
            break;
        }
    }
    EXPECT_EQ(code, Code::kLimit);
    EXPECT_TRUE(log.commit().ok());
    EXPECT_TRUE(log.append(payload(0)).ok());
}

TEST_F(LogTest, ServesOnlyFilesOfTheCommittedTree) {
    Log log = open().value();
    grow(log, 300);
    EXPECT_EQ(as_text(log.resource("checkpoint").value()), log.checkpoint());
    EXPECT_EQ(log.resource("tile/0/000").value().size(), 8192U);
    EXPECT_EQ(log.resource("tile/0/001.p/44").value().size(), 44U * 32);
    EXPECT_EQ(parse_bundle(log.resource("tile/entries/001.p/44").value())->size(), 44U);
    EXPECT_EQ(log.resource("tile/0/001.p/45").error().code, Code::kNotFound);
    EXPECT_EQ(log.resource("tile/0/001").error().code, Code::kNotFound);
    EXPECT_EQ(log.resource("tile/2/000.p/1").error().code, Code::kNotFound);
    EXPECT_EQ(log.resource("../secret").error().code, Code::kInvalid);
}

TEST_F(LogTest, RefusesAnotherKeyAnotherNameAndDamage) {
    {
        Log log = open().value();
        grow(log, 300);
    }
    EXPECT_EQ(Log::open("/log", "log.example", make_key(2), disk_).error().code, Code::kDenied);
    EXPECT_EQ(Log::open("/log", "log2.example", make_key(), disk_).error().code, Code::kDenied);
    EXPECT_EQ(Log::open("/l", "a b", make_key(), disk_).error().code, Code::kInvalid);
    for (const char* name : {"tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"}) {
        const Path path = Path("/log") / name;
        const Bytes good = read_file(disk_, path, kBundleBytesMax).value();
        Bytes bad = good;
        bad[bad.size() / 2] ^= 4U;
        ASSERT_TRUE(write_file(disk_, path, bad).ok());
        EXPECT_EQ(open().error().code, Code::kCorrupt) << name;
        ASSERT_TRUE(write_file(disk_, path, good).ok());
    }
    ASSERT_TRUE(disk_.remove("/log/checkpoint").ok());
    EXPECT_EQ(open().error().code, Code::kCorrupt);
}

TEST_F(LogTest, ScrubFindsDamageInOldTiles) {
    Log log = open().value();
    grow(log, 600);
    for (const char* name : {"tile/0/000", "tile/0/001", "tile/entries/001", "tile/entries/000"}) {
        const Path path = Path("/log") / name;
        const Bytes good = read_file(disk_, path, kBundleBytesMax).value();
        Bytes bad = good;
        bad[3] ^= 1U;
        ASSERT_TRUE(write_file(disk_, path, bad).ok());
        EXPECT_EQ(log.scrub().error().code, Code::kCorrupt) << name;
        ASSERT_TRUE(write_file(disk_, path, good).ok());
    }
    EXPECT_TRUE(log.scrub().ok());
}

TEST_F(LogTest, AnOldCopySignsNothingMore) {
    std::string newest;
    {
        Log log = open().value();
        grow(log, 5);
        newest = log.checkpoint();
    }
    FakeDisk backup;
    Log old = Log::open("/log", "log.example", make_key(), backup).value();
    grow(old, 4);
    EXPECT_EQ(old.meet(newest).error().code, Code::kRefused);
    EXPECT_TRUE(old.read_only());
    EXPECT_EQ(old.append(payload(4)).error().code, Code::kRefused);
    EXPECT_EQ(old.commit().error().code, Code::kRefused);

    Log forked = Log::open("/log", "log.example", make_key(), backup).value();
    ASSERT_TRUE(forked.append(assay::to_bytes("another")).ok());
    ASSERT_TRUE(forked.commit().ok());
    EXPECT_EQ(forked.meet(newest).error().what.id, "tlog.log.forked"_id);

    Log good = open().value();
    EXPECT_TRUE(good.meet(newest).ok());
    EXPECT_FALSE(good.read_only());
}

}  // namespace
}  // namespace assay::tlog
