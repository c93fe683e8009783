#include "crypto/record/journal.h"

#include <gtest/gtest.h>

#include "crypto/record/start.h"

namespace assay::test {
namespace {

using record::JournalId;
using record::JournalSealer;

/// A journal of three records under one key.
class Journal : public ::testing::Test {
  protected:
    Journal() : key_(crypto::JournalKey::random(random_)), id_(random_.id<JournalId>()) {
        for (const char* body : {"first", "second", "third"}) {
            add(body);
        }
    }
    void add(std::string_view body) {
        JournalSealer sealer(key_, id_, random_);
        const auto head = record::chain_head(id_, records_);
        records_.push_back(sealer.seal(head.count, head.head, as_bytes(body)));
    }
    Result<record::OpenedJournal> open(const std::vector<Bytes>& records) {
        JournalSealer sealer(key_, id_, random_);
        return record::open_journal(sealer, id_, records);
    }
    static Bytes file_of(const std::vector<Bytes>& records) {
        Bytes out;
        for (const Bytes& each : records) {
            append(out, record::framed_record(each));
        }
        return out;
    }

    FakeRandom random_{3};
    crypto::JournalKey key_;
    JournalId id_;
    std::vector<Bytes> records_;
};

TEST_F(Journal, OpensWhatWasSealedAndKnowsItsHead) {
    const auto opened = open(records_);
    ASSERT_TRUE(opened.ok());
    ASSERT_EQ(opened->bodies.size(), 3U);
    EXPECT_EQ(to_string(opened->bodies[2]), "third");
    EXPECT_EQ(opened->head, record::chain_head(id_, records_));
    EXPECT_EQ(opened->head.count, 3U);
}

TEST_F(Journal, BeginsAtItsId) {
    const auto opened = open({});
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened->head.head, record::first_hash(id_));
    EXPECT_EQ(opened->head.head.hex(), id_.hex());
}

TEST_F(Journal, NeverSealsTheSameBytesTwice) {
    JournalSealer sealer(key_, id_, random_);
    const auto first = record::first_hash(id_);
    EXPECT_NE(sealer.seal(0, first, as_bytes("same")), sealer.seal(0, first, as_bytes("same")));
}

TEST_F(Journal, RefusesSwappedMissingAndRepeatedRecords) {
    EXPECT_FALSE(open({records_[1], records_[0], records_[2]}).ok());
    EXPECT_FALSE(open({records_[0], records_[2]}).ok());
    EXPECT_FALSE(open({records_[1]}).ok());
    EXPECT_FALSE(open({records_[0], records_[0]}).ok());
}

TEST_F(Journal, RefusesEveryFlippedBitOfARecord) {
    for (std::size_t bit = 0; bit < records_[1].size() * 8; ++bit) {
        auto changed = records_;
        changed[1][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto opened = open(changed);
        ASSERT_FALSE(opened.ok()) << "bit " << bit;
        EXPECT_EQ(opened.error().code, Code::kCorrupt);
        EXPECT_EQ(opened.error().what.args[1].second, "1") << "the record is named";
    }
}

TEST_F(Journal, RefusesAnotherKeyIndexPredecessorOrJournal) {
    const auto first = record::first_hash(id_);
    JournalSealer right(key_, id_, random_);
    ASSERT_TRUE(right.open(0, first, records_[0]).ok());
    EXPECT_FALSE(right.open(1, first, records_[0]).ok());
    EXPECT_FALSE(right.open(0, random_.id<Digest>(), records_[0]).ok());
    JournalSealer other_journal(key_, random_.id<JournalId>(), random_);
    EXPECT_FALSE(other_journal.open(0, first, records_[0]).ok());
    JournalSealer other_key(crypto::JournalKey::random(random_), id_, random_);
    EXPECT_FALSE(other_key.open(0, first, records_[0]).ok());
    EXPECT_FALSE(right.open(0, first, {}).ok());
    EXPECT_FALSE(right.open(0, first, ByteView(records_[0]).first(39)).ok());
}

TEST_F(Journal, DropsATornLastRecordWhereverItTears) {
    const Bytes file = file_of(records_);
    const std::size_t two = file_of({records_[0], records_[1]}).size();
    for (std::size_t size = two; size < file.size(); ++size) {
        const auto walk = record::walk_records(ByteView(file).first(size));
        EXPECT_EQ(walk.records.size(), 2U);
        EXPECT_EQ(walk.intact_bytes, two);
        EXPECT_EQ(walk.torn, size != two);
    }
    const auto whole = record::walk_records(file);
    EXPECT_EQ(whole.records, records_);
    EXPECT_FALSE(whole.torn);
}

TEST_F(Journal, StopsAtALengthThatNoRecordHas) {
    for (const std::uint32_t length :
         {std::uint32_t{0}, std::uint32_t{39}, std::uint32_t{0xffffffff}}) {
        Bytes file = file_of({records_[0]});
        const std::size_t intact = file.size();
        append_be32(file, length);
        file.resize(file.size() + 64);
        const auto walk = record::walk_records(file);
        EXPECT_TRUE(walk.torn);
        EXPECT_EQ(walk.intact_bytes, intact);
    }
}

TEST_F(Journal, SealsARecordOfTheLargestSize) {
    const Bytes largest(record::kRecordBodyBytesMax, 'x');
    JournalSealer sealer(key_, id_, random_);
    const Bytes record = sealer.seal(0, record::first_hash(id_), largest);
    EXPECT_EQ(record.size(), record::kRecordBodyBytesMax + record::kRecordOverheadBytes);
    EXPECT_EQ(record::walk_records(record::framed_record(record)).records.size(), 1U);
}

TEST(JournalId, HangsOnEveryByteOfTheStart) {
    const Bytes payload = to_bytes("payload");
    const Bytes other = to_bytes("payloae");
    EXPECT_NE(record::journal_id(payload), record::journal_id(other));
    // printf 'assay/v1/jstart\0payload' | sha256sum
    EXPECT_EQ(record::journal_id(payload).hex(),
              "c18c3739672da5044313478c4db8bacae2846767f8be9c60032f88183170fc8b");
}

}  // namespace
}  // namespace assay::test
