#include "terminal/desk/upload_folder.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/hash.h"
#include "crypto/random.h"

namespace assay::desk {
namespace {

class DeskUploads : public testing::Test {
  protected:
    http::TusMetadata metadata(const Digest& digest) {
        return {{"digest", to_bytes(digest.hex())},
                {"kind", to_bytes("segment")},
                {"attempt", to_bytes(random.id<AttemptId>().hex())},
                {"name", to_bytes("0001")}};
    }
    std::string create(ByteView bytes) {
        return uploads.create({}, metadata(crypto::sha256(bytes)), bytes.size()).value();
    }
    crypto::SystemRandom random;
    FakeDisk disk;
    UploadFolder uploads{disk, "/uploads", random};
    const Bytes whole = to_bytes("an evidence segment");
};

TEST_F(DeskUploads, PassesAWholeOneOnOnce) {
    const std::string id = create(whole);
    ASSERT_TRUE(uploads.append(id, 0, whole).ok());
    ASSERT_TRUE(uploads.sync(id).ok());
    ASSERT_TRUE(uploads.finish(id).ok());
    ASSERT_TRUE(uploads.finish(id).ok());
    const auto done = uploads.finished();
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done[0].kind, "segment");
    EXPECT_EQ(done[0].bytes, whole.size());
    EXPECT_EQ(read_file(disk, done[0].file, 100).value(), whole);
    ASSERT_TRUE(uploads.passed_on(done[0].digest).ok());
    EXPECT_TRUE(uploads.finished().empty());
}

TEST_F(DeskUploads, TellsOnlyWhatOutlivesAPowerCut) {
    const std::string id = create(whole);
    ASSERT_TRUE(uploads.append(id, 0, ByteView(whole).first(7)).ok());
    EXPECT_EQ(uploads.sync(id).value(), 7U);
    FakeRandom chance(3);
    disk.cut_power(chance);
    UploadFolder again(disk, "/uploads", random);
    EXPECT_GE(again.find({}, id).value().offset, 7U);
}

TEST_F(DeskUploads, RefusesBytesWithAnotherDigestAndKeepsThem) {
    const std::string id = create(whole);
    Bytes other = whole;
    other[0] ^= 1;
    ASSERT_TRUE(uploads.append(id, 0, other).ok());
    EXPECT_EQ(uploads.finish(id).error().what.id.text(), "desk.upload.digest");
    EXPECT_TRUE(uploads.finished().empty());
    EXPECT_TRUE(disk.exists("/uploads/" + id + ".wrong"));
}

TEST_F(DeskUploads, RefusesMetadataThatIsNotALine) {
    auto asked = metadata(crypto::sha256(whole));
    asked["name"] = to_bytes("a\nb");
    EXPECT_EQ(uploads.create({}, asked, 1).error().what.id.text(), "desk.upload.metadata");
    asked.erase("name");
    EXPECT_EQ(uploads.create({}, asked, 1).error().what.id.text(), "desk.upload.metadata");
    EXPECT_FALSE(uploads.find({}, "../../etc/passwd").ok());
}

}  // namespace
}  // namespace assay::desk
