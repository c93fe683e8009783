#include "crypto/record/manifest.h"

#include <gtest/gtest.h>

#include "tests/crypto/record/random_object.h"

namespace assay::test {
namespace {

TEST(Manifest, TakesOnlyTheAttemptsFileThatItNames) {
    RandomObject random(2);
    auto manifest = random.make<record::SittingManifest>();
    record::AttemptsFile attempts;
    attempts.sitting = manifest.sitting;
    attempts.attempts.push_back(random.make<record::AttemptRow>());
    const Bytes file = record::write_document(attempts);
    manifest.attempts = crypto::sha256(file);
    const auto read = record::read_attempts(manifest, file);
    ASSERT_TRUE(read.ok());
    EXPECT_NE(read->find(attempts.attempts[0].attempt), nullptr);
    EXPECT_EQ(read->find(AttemptId{}), nullptr);

    Bytes changed = file;
    changed[changed.size() / 2] ^= 1U;
    EXPECT_EQ(record::read_attempts(manifest, changed).error().what.id.text(),
              "record.attempts.digest");
    manifest.sitting = SittingId{};
    EXPECT_EQ(record::read_attempts(manifest, file).error().what.id.text(),
              "record.attempts.sitting");
}

TEST(Manifest, FindsRoomsAndParts) {
    RandomObject random(3);
    auto manifest = random.make<record::SittingManifest>();
    manifest.rooms = {random.make<record::ManifestRoom>()};
    manifest.parts = {random.make<record::ManifestPart>()};
    EXPECT_EQ(manifest.find_room(manifest.rooms[0].room), &manifest.rooms[0]);
    EXPECT_EQ(manifest.find_room(RoomId{}), nullptr);
    EXPECT_EQ(manifest.find_part(manifest.parts[0].part), &manifest.parts[0]);
    EXPECT_EQ(manifest.find_part(PartId{}), nullptr);
}

TEST(PersonDigest, HangsOnSaltAndEveryWordOfTheRow) {
    const auto row = RandomObject(4).make<record::RosterRow>();
    auto other = row;
    other.salt.bytes[0] ^= 1U;
    EXPECT_NE(record::person_digest(row), record::person_digest(other));
    other = row;
    other.name += "x";
    EXPECT_NE(record::person_digest(row), record::person_digest(other));
}

}  // namespace
}  // namespace assay::test
