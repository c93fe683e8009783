#include "terminal/desk/upload_folder.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/record/document.h"
#include "server/protocol/upload_note.h"

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

TEST_F(DeskUploads, KnowsWhatItHoldsOfAnAttemptAlsoAfterARestart) {
    const AttemptId attempt = random.id<AttemptId>();
    const auto bring = [&](const char* kind, const std::string& text) {
        auto about = metadata(crypto::sha256(as_bytes(text)));
        about["attempt"] = to_bytes(attempt.hex());
        about["kind"] = to_bytes(kind);
        const std::string id = uploads.create({}, about, text.size()).value();
        EXPECT_TRUE(uploads.append(id, 0, as_bytes(text)).ok() && uploads.sync(id).ok());
        EXPECT_TRUE(uploads.finish(id).ok());
        return crypto::sha256(as_bytes(text));
    };
    EXPECT_EQ(uploads.held(attempt).segments, 0U);
    const Digest one = bring("segment", "one");
    bring("segment", "two");
    bring("segment", "two");  // sent again after a reply that got lost
    const Digest file = bring("file", "three");
    EXPECT_EQ(uploads.waiting(), 3U);
    ASSERT_TRUE(uploads.passed_on(one).ok());
    ASSERT_TRUE(uploads.refused(file).ok());
    EXPECT_EQ(uploads.waiting(), 1U);
    for (int run = 0; run < 2; ++run) {
        UploadFolder again(disk, "/uploads", random);
        const auto held = run == 0 ? uploads.held(attempt) : again.held(attempt);
        EXPECT_EQ(held.segments, 2U);
        EXPECT_EQ(run == 0 ? uploads.waiting() : again.waiting(), 1U);
        EXPECT_EQ(held.files, (std::set<Digest>{file}));
    }
    EXPECT_EQ(uploads.held(random.id<AttemptId>()).segments, 0U);
}

TEST_F(DeskUploads, LeavesOnAStickWithWhatItIs) {
    const std::string id = create(whole);
    ASSERT_TRUE(uploads.append(id, 0, whole).ok() && uploads.sync(id).ok());
    ASSERT_TRUE(uploads.finish(id).ok());
    const std::string stem = "/stick/" + crypto::sha256(whole).hex();
    ASSERT_TRUE(disk.make_folders("/stick").ok());
    ASSERT_TRUE(write_file(disk, stem + ".age.part", as_bytes("pulled out half way")).ok());
    EXPECT_EQ(uploads.export_waiting("/stick").value(), 1U);
    EXPECT_EQ(uploads.export_waiting("/stick").value(), 1U);
    EXPECT_EQ(read_file(disk, stem + ".age", 100).value(), whole);
    const auto note = record::read_document<protocol::UploadNote>(
        read_file(disk, stem + ".upload.json", 1000).value());
    ASSERT_TRUE(note.ok());
    EXPECT_EQ(note->kind, "segment");
    EXPECT_EQ(note->digest, crypto::sha256(whole));
    EXPECT_EQ(note->bytes, whole.size());
    EXPECT_EQ(uploads.finished().size(), 1U);  // only the server's answer ends the waiting
    ASSERT_TRUE(uploads.refused(note->digest).ok());
    EXPECT_EQ(uploads.export_waiting("/other").value(), 1U);
    ASSERT_TRUE(uploads.retry_refused().ok() && uploads.passed_on(note->digest).ok());
    EXPECT_EQ(uploads.export_waiting("/third").value(), 0U);
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
