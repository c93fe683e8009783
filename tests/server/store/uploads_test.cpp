#include "server/store/uploads.h"

#include "tests/server/store/fixture.h"

namespace assay::store {
namespace {

class UploadsTest : public testing::Test {
  protected:
    void SetUp() override { reopen(); }
    void reopen() {
        uploads_.reset();
        store_.reset();
        store_ =
            EmbeddedStore::open(folder(), test_keys(), {disk_, random_, clock_, nullptr}).value();
        uploads_ = std::make_unique<Uploads>(*store_, disk_, folder());
    }
    Path folder() const { return folder_.path() / "s"; }

    static Bytes make_bytes(std::size_t size) {
        Bytes out(size);
        FakeRandom(8).fill(out);
        return out;
    }

    test::TempFolder folder_;
    SystemDisk disk_;
    FakeRandom random_{1};
    FakeClock clock_;
    std::unique_ptr<EmbeddedStore> store_;
    std::unique_ptr<Uploads> uploads_;
    const UploadId id_ = make_id<UploadId>(1);
};

TEST_F(UploadsTest, GoOnWhereTheyWereCut) {
    const Bytes bytes = make_bytes(100'000);
    ASSERT_TRUE(uploads_->create(id_, bytes.size(), "filename dGVzdA==", {}).ok());
    EXPECT_EQ(uploads_->create(id_, 1, "", {}).error().code, Code::kConflict);
    EXPECT_EQ(uploads_->append(id_, 0, ByteView(bytes).first(40'000)).value(), 40'000U);
    EXPECT_EQ(uploads_->append(id_, 0, ByteView(bytes).first(10)).error().code, Code::kConflict);
    EXPECT_EQ(uploads_->finish(id_).error().code, Code::kConflict);
    // A piece that was written but not acknowledged lies behind the durable offset.
    ASSERT_TRUE(
        disk_.open(folder() / "uploads" / id_.hex()).value()->append(as_bytes("junk")).ok());
    reopen();
    const Upload upload = uploads_->find(id_).value();
    EXPECT_EQ(upload.offset, 40'000U);
    EXPECT_EQ(upload.metadata, "filename dGVzdA==");
    EXPECT_EQ(uploads_->append(id_, 40'000, ByteView(bytes).subspan(40'000)).value(), 100'000U);
    EXPECT_EQ(uploads_->append(id_, 100'000, as_bytes("x")).error().code, Code::kLimit);
    Batch also;
    also.objects = {make_object("goes with it", false)};
    const Digest digest = uploads_->finish(id_, also).value();
    EXPECT_EQ(digest, crypto::sha256(bytes));
    EXPECT_EQ(uploads_->finish(id_).value(), digest);
    EXPECT_EQ(store_->body(digest).value(), bytes);
    EXPECT_TRUE(store_->object(digest_of("goes with it")).ok());
    EXPECT_FALSE(disk_.exists(folder() / "uploads" / id_.hex()));
    EXPECT_TRUE(uploads_->find(id_).value().finished);
    EXPECT_EQ(uploads_->append(id_, 100'000, {}).error().code, Code::kConflict);
}

TEST_F(UploadsTest, ALargeOneBecomesAFileOfItsOwn) {
    const Bytes bytes = make_bytes(kBodyBytesMax + 5);
    ASSERT_TRUE(uploads_->create(id_, bytes.size(), "", {}).ok());
    ASSERT_TRUE(uploads_->append(id_, 0, bytes).ok());
    const Digest digest = uploads_->finish(id_).value();
    reopen();
    EXPECT_EQ(store_->body_size(digest).value(), bytes.size());
    EXPECT_EQ(store_->body_range(digest, kBodyBytesMax, 100).value(),
              Bytes(bytes.end() - 5, bytes.end()));
    EXPECT_EQ(store_->body(digest).error().code, Code::kLimit);
    EXPECT_TRUE(store_->scrub().ok());
    auto file = disk_.open(body_file(folder(), digest)).value();
    ASSERT_TRUE(file->write_at(1000, as_bytes("!")).ok());
    EXPECT_EQ(store_->scrub().error().code, Code::kCorrupt);
}

TEST_F(UploadsTest, AMoveThatWasCutIsFinished) {
    const Bytes bytes = make_bytes(kBodyBytesMax + 5);
    ASSERT_TRUE(uploads_->create(id_, bytes.size(), "", {}).ok());
    ASSERT_TRUE(uploads_->append(id_, 0, bytes).ok());
    // The crash came after the digest was durable and the file had moved.
    Row row = store_->row(kUploadTable, to_bytes(id_.view())).value();
    const Digest digest = crypto::sha256(bytes);
    std::copy_n(digest.bytes.begin(), 32, row.value.begin() + 16);
    row.state = kUploadMoving;
    Batch batch;
    batch.rows = {row};
    ASSERT_TRUE(store_->put(batch).ok());
    const Path target = body_file(folder(), digest);
    ASSERT_TRUE(disk_.make_folders(target.parent_path()).ok());
    ASSERT_TRUE(disk_.rename(folder() / "uploads" / id_.hex(), target).ok());
    reopen();
    EXPECT_EQ(uploads_->finish(id_).value(), digest);
    EXPECT_EQ(store_->body_size(digest).value(), bytes.size());
}

TEST_F(UploadsTest, AreDroppedWithTheirBytes) {
    ASSERT_TRUE(uploads_->create(id_, 10, "", {}).ok());
    ASSERT_TRUE(uploads_->append(id_, 0, as_bytes("12345")).ok());
    ASSERT_TRUE(uploads_->drop(id_).ok());
    EXPECT_EQ(uploads_->find(id_).error().code, Code::kNotFound);
    EXPECT_FALSE(disk_.exists(folder() / "uploads" / id_.hex()));
    EXPECT_EQ(uploads_->create(id_, kUploadBytesMax + 1, "", {}).error().code, Code::kLimit);
}

TEST_F(UploadsTest, GoBackToWhatWasProven) {
    const Bytes bytes = make_bytes(1'000);
    ASSERT_TRUE(uploads_->create(id_, bytes.size(), "", {}).ok());
    ASSERT_TRUE(uploads_->append(id_, 0, ByteView(bytes).first(400)).ok());
    ASSERT_TRUE(uploads_->append(id_, 400, Bytes(300, 1)).ok());
    ASSERT_TRUE(uploads_->rewind(id_, 400).ok());
    ASSERT_TRUE(uploads_->rewind(id_, 900).ok()) << "never forward";
    reopen();
    EXPECT_EQ(uploads_->find(id_).value().offset, 400U);
    ASSERT_TRUE(uploads_->append(id_, 400, ByteView(bytes).subspan(400)).ok());
    EXPECT_EQ(uploads_->unfinished({}).value().size(), 1U);
    EXPECT_EQ(uploads_->finish(id_).value(), crypto::sha256(bytes));
    EXPECT_TRUE(uploads_->unfinished({}).value().empty());
    EXPECT_EQ(uploads_->rewind(id_, 0).error().code, Code::kConflict);
}

}  // namespace
}  // namespace assay::store
