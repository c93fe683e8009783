#include "crypto/record/package.h"

#include <gtest/gtest.h>

#include "crypto/record/tar.h"
#include "tests/crypto/record/packed.h"

namespace assay::test {
namespace {

using record::check_contents;
using record::read_contents;
using record::write_contents;

class PackageContents : public ::testing::Test {
  protected:
    /// The package must be refused, and for this part.
    void expect_disagreement(std::string_view part) const {
        const auto status = check_contents(it.package, it.contents);
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error(), fail(Code::kCorrupt, "record.package.disagrees"_id,
                                       {{"part", std::string(part)}}));
    }
    PackedAttempt it;
};

TEST_F(PackageContents, AgreesAsItWasBuiltAndAfterATrip) {
    const auto status = check_contents(it.package, it.contents);
    ASSERT_TRUE(status.ok()) << to_string(status.error());
    const Bytes tar = write_contents(it.contents);
    const auto read = read_contents(tar);
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    EXPECT_TRUE(check_contents(it.package, *read).ok());
    EXPECT_EQ(write_contents(*read), tar);
    const auto answers = record::read_document<record::Answers>(read->answers);
    ASSERT_TRUE(answers.ok());
    EXPECT_EQ(answers->items[1].responses[0].values->front(), "定稿");
}

TEST_F(PackageContents, ReadsNoOtherOrderOrSetOfMembers) {
    const auto entries = record::read_tar(write_contents(it.contents)).value();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto missing = entries;
        missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
        const bool optional = entries[i].name.find("ack") != std::string::npos ||
                              entries[i].name.starts_with("move-");
        EXPECT_EQ(read_contents(record::write_tar(missing)).ok(), optional) << entries[i].name;
    }
    auto swapped = entries;
    std::swap(swapped[0], swapped[1]);
    EXPECT_FALSE(read_contents(record::write_tar(swapped)).ok());
    auto more = entries;
    more.push_back({"extra", {}});
    EXPECT_FALSE(read_contents(record::write_tar(more)).ok());
}

TEST_F(PackageContents, RefusesTornRecordsAndShortKeys) {
    auto entries = record::read_tar(write_contents(it.contents)).value();
    for (auto& entry : entries) {
        if (entry.name.ends_with(".records") || entry.name.ends_with(".key") ||
            entry.name == "salt") {
            const std::uint8_t last = entry.bytes.back();
            entry.bytes.pop_back();
            EXPECT_FALSE(read_contents(record::write_tar(entries)).ok()) << entry.name;
            entry.bytes.push_back(last);
        }
    }
    EXPECT_TRUE(read_contents(record::write_tar(entries)).ok());
}

TEST_F(PackageContents, NamesAnotherSalt) {
    it.contents.salt.bytes[0] ^= 1U;
    expect_disagreement("commitment");
}

TEST_F(PackageContents, NamesAFlippedBitInARecord) {
    it.contents.journals[1].records[0][30] ^= 1U;
    const auto status = check_contents(it.package, it.contents);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().what.id.text(), "record.journal.record");
}

TEST_F(PackageContents, NamesARecordThatIsMissingAtTheEnd) {
    it.contents.journals[1].records.pop_back();
    expect_disagreement("journal-head");
}

TEST_F(PackageContents, NamesChangedAnswers) {
    it.contents.answers = record::write_document(record::Answers{it.package.attempt, {}});
    expect_disagreement("commitment");
    it.commit();
    expect_disagreement("answers");
}

TEST_F(PackageContents, NamesAnswersOfAnotherSpelling) {
    it.contents.answers.push_back('\n');
    it.commit();
    expect_disagreement("answers");
}

TEST_F(PackageContents, NamesAnotherJournalKey) {
    FakeRandom random(99);
    it.contents.journals[0].key = crypto::JournalKey::random(random);
    expect_disagreement("journal-key");
}

TEST_F(PackageContents, NamesAStartOfAnotherAttemptManifestTerminalOrRoom) {
    const auto restart = [&](auto change) {
        PackedAttempt other;
        record::Start start = other.contents.journals.back().start.object;
        change(start);
        other.contents.journals.back().start = record::make(start);
        std::swap(it, other);
        expect_disagreement("start");
        std::swap(it, other);
    };
    restart([](record::Start& start) { start.attempt.bytes[0] ^= 1U; });
    restart([](record::Start& start) { start.manifest.bytes[0] ^= 1U; });
    restart([](record::Start& start) { start.terminal.bytes[0] ^= 1U; });
    restart([](record::Start& start) { start.room.bytes[0] ^= 1U; });
    restart([](record::Start& start) { start.epoch.value = 3; });
}

TEST_F(PackageContents, NamesEpochsThatDoNotRise) {
    record::Start start = it.contents.journals[0].start.object;
    start.epoch = Epoch{2};
    it.contents.journals[0].start = record::make(start);
    expect_disagreement("epoch");
}

TEST_F(PackageContents, NamesAMissingJournal) {
    it.contents.journals.pop_back();
    expect_disagreement("journals");
    it.package.journals.pop_back();
    expect_disagreement("start");
}

TEST_F(PackageContents, NamesAJournalThatContinuesAnother) {
    it.package.journals[0].count += 1;
    expect_disagreement("journal-continued");
}

TEST_F(PackageContents, NamesMovesThatAreNotTheSigned) {
    it.contents.moves.clear();
    expect_disagreement("moves");
}

TEST_F(PackageContents, NamesAMoveOfAnotherAttemptManifestOrJournal) {
    const auto moved = [&](auto change) {
        PackedAttempt other;
        record::Move move = other.contents.moves[0].object;
        change(move);
        other.contents.moves[0] = record::make(move);
        other.package.moves[0] = other.contents.moves[0].digest;
        std::swap(it, other);
        expect_disagreement("moves");
        std::swap(it, other);
    };
    moved([](record::Move& move) { move.attempt.bytes[0] ^= 1U; });
    moved([](record::Move& move) { move.manifest.bytes[0] ^= 1U; });
    moved([](record::Move& move) { move.continued.journal.bytes[0] ^= 1U; });
}

TEST_F(PackageContents, NamesAnAcknowledgementOfAnotherBranch) {
    auto& ack = it.contents.journals[1].acknowledgement;
    record::Acknowledgement other = ack->object;
    other.head.bytes[0] ^= 1U;
    ack = record::make(other);
    expect_disagreement("acknowledgement");
    other = ack->object;
    other.index = 100;
    ack = record::make(other);
    expect_disagreement("acknowledgement");
}

TEST_F(PackageContents, NamesFilesThatDiffer) {
    it.contents.index.files[0].digest.bytes[0] ^= 1U;
    expect_disagreement("files");
}

TEST_F(PackageContents, NamesEvidenceThatTheJournalDoesNotKnow) {
    it.contents.index.segments[0].digest.bytes[0] ^= 1U;
    expect_disagreement("evidence");
    it.contents.index.segments.clear();
    it.package.evidence.segments = 0;
    expect_disagreement("evidence");
}

TEST_F(PackageContents, NamesGapsThatWereDropped) {
    it.contents.index.gaps.clear();
    expect_disagreement("evidence");
}

TEST(PackageUpload, HoldsExactlyTwoFiles) {
    const record::PackageUpload upload{to_bytes("statement"), to_bytes("package")};
    const Bytes tar = record::write_upload(upload);
    const auto read = record::read_upload(tar);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->statement, upload.statement);
    EXPECT_EQ(read->package, upload.package);
    EXPECT_FALSE(
        record::read_upload(record::write_tar({{"package.age", {}}, {"package.dsse.json", {}}}))
            .ok());
    EXPECT_FALSE(
        record::read_upload(
            record::write_tar({{"package.dsse.json", {}}, {"package.age", {}}, {"more", {}}}))
            .ok());
    const auto large =
        record::read_upload(record::write_upload({{}, Bytes(record::kPackageBytesMax + 1)}));
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.error().code, Code::kLimit);
}

}  // namespace
}  // namespace assay::test
