#include "server/core/evidence_shelf.h"

#include "crypto/base/fake_disk.h"
#include "server/core/tables.h"
#include "server/protocol/package.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

class EvidenceShelfTest : public testing::Test {
  protected:
    void SetUp() override {
        house_.set_up_sitting();
        uploads_ = std::make_unique<store::Uploads>(*house_.store, house_.disk,
                                                    house_.folder.path() / "store");
        shelf_ = std::make_unique<EvidenceShelf>(*house_.ports, *house_.sittings, *uploads_);
        desk_ = *house_.trust->keys().value()->find(record::Role::kDesk, house_.desk_id);
    }
    UploadNote note(ByteView announced) {
        return {protocol::kUploadKindSegment, house_.attempt(0).attempt, "clip",
                crypto::sha256(announced)};
    }
    Status send(const UploadNote& note, ByteView bytes) {
        ASSAY_TRY(const std::string id, shelf_->create(desk_, note, bytes.size()));
        ASSAY_TRY_STATUS(shelf_->append(id, 0, bytes));
        ASSAY_TRY_STATUS(shelf_->sync(id));
        return shelf_->finish(id);
    }
    bool known(const UploadNote& note) {
        return house_.store->row(kFileTable, to_bytes(note.digest.view())).ok();
    }
    Result<bool> bring(const UploadNote& note, ByteView bytes) {
        FakeDisk stick;
        EXPECT_TRUE(write_file(stick, "/clip.age", bytes).ok());
        const auto file = stick.open_read_only("/clip.age").value();
        return shelf_->bring(note, *file);
    }

    test::Organisation house_;
    std::unique_ptr<store::Uploads> uploads_;
    std::unique_ptr<EvidenceShelf> shelf_;
    record::KeyRow desk_;
    const Bytes good_ = Bytes(3'000, 1);
    const Bytes wrong_ = Bytes(3'000, 2);
};

TEST_F(EvidenceShelfTest, AFileOfAnotherDigestIsNotKnownAfterwards) {
    const UploadNote announced = note(good_);
    EXPECT_EQ(send(announced, wrong_).error().code, Code::kCorrupt);
    EXPECT_FALSE(known(announced));
    EXPECT_EQ(house_.store->body_size(crypto::sha256(wrong_)).error().code, Code::kNotFound);
    EXPECT_FALSE(bring(announced, good_).value()) << "it was not here before";
    EXPECT_TRUE(known(announced));
    EXPECT_EQ(house_.store->body(announced.digest).value(), good_);
}

TEST_F(EvidenceShelfTest, AWrongUploadIsGoneAndTheRightOneIsTaken) {
    const UploadNote announced = note(good_);
    const std::string id = shelf_->create(desk_, announced, wrong_.size()).value();
    ASSERT_TRUE(shelf_->append(id, 0, wrong_).ok());
    ASSERT_EQ(shelf_->sync(id).value(), wrong_.size());
    EXPECT_EQ(shelf_->finish(id).error().code, Code::kCorrupt);
    EXPECT_EQ(shelf_->find(desk_, id).error().code, Code::kNotFound);
    ASSERT_TRUE(send(announced, good_).ok());
    EXPECT_TRUE(bring(announced, good_).value());
    EXPECT_EQ(bring(note(wrong_), good_).error().code, Code::kCorrupt);
}

}  // namespace
}  // namespace assay::server_core
