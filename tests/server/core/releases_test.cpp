#include "server/core/releases.h"

#include "server/store/uploads.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

class ReleasesTest : public testing::Test {
  protected:
    void SetUp() override { house_.set_up_sitting(); }
    std::string reason() {
        const auto reply = house_.releases->release(house_.release_request(), house_.desk_id);
        return reply.ok() ? "released" : std::string(reply.error().what.id.text());
    }
    test::Organisation house_;
};

TEST_F(ReleasesTest, HandOutTheCapsuleWithTheSameReleaseEachTime) {
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(house_.batch())).ok());
    const auto first = house_.releases->release(house_.release_request(), house_.desk_id);
    ASSERT_TRUE(first.ok()) << to_string(first.error());
    const auto again = house_.releases->release(house_.release_request(), house_.desk_id);
    EXPECT_EQ(first->release, again->release);
    const auto key = sealed::open_capsule(first->key, house_.desk_age,
                                          house_.bank->bank_statement.object.recipient);
    EXPECT_TRUE(key.ok());
    const auto release = record::read_signed<record::Release>(first->release).value();
    EXPECT_TRUE(record::require_key(release, record::public_of(house_.release_key)).ok());
}

TEST_F(ReleasesTest, WaitForTheBatchAndItsTime) {
    EXPECT_EQ(reason(), "server.release.no-batch");
    auto batch = house_.batch();
    batch.not_before = house_.clock.wall() + std::chrono::minutes(10);
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(batch)).ok());
    EXPECT_EQ(reason(), "record.release.too-early");
    house_.clock.advance(std::chrono::minutes(10));
    EXPECT_EQ(reason(), "released");
}

TEST_F(ReleasesTest, NeedTwoOfficersForABatch) {
    EXPECT_EQ(house_.releases->add_batch(house_.approved(house_.batch(), 1)).error().code,
              Code::kDenied);
    EXPECT_EQ(reason(), "server.release.no-batch");
}

TEST_F(ReleasesTest, AreForTheDeskInChargeOnly) {
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(house_.batch())).ok());
    const auto other =
        house_.releases->release(house_.release_request(), house_.random.id<MachineId>());
    EXPECT_EQ(other.error().code, Code::kDenied);
}

TEST_F(ReleasesTest, OfAnotherSiteAreNotTaken) {
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(house_.batch())).ok());
    const auto reply = house_.releases->release(house_.release_request(), house_.desk_id).value();
    auto release = record::read_signed<record::Release>(reply.release).value().object;
    release.site = house_.random.id<SiteId>();
    const auto forged = record::sign(release, house_.release_key);
    EXPECT_FALSE(house_.statements->take({"release", to_bytes(forged.json())}).ok());
}

TEST(Banks, ThatWereChangedAreRefused) {
    test::Organisation house;
    house.seal_bank();
    auto changed = house.delivery();
    changed.bank.back() ^= 1U;
    EXPECT_EQ(house.sittings->add_bank(changed).error().code, Code::kCorrupt);
    EXPECT_TRUE(house.sittings->add_bank(house.delivery()).ok());
    EXPECT_TRUE(house.sittings->add_bank(house.delivery()).ok());
}

TEST(Banks, ThatAreLargeAreInTheStoreBefore) {
    test::Organisation house;
    house.seal_bank();
    auto large = house.delivery();
    large.bank.clear();
    EXPECT_EQ(house.sittings->add_bank(large).error().code, Code::kCorrupt);
    store::Uploads uploads(*house.store, house.disk, house.folder.path() / "store");
    const auto id = house.random.id<store::UploadId>();
    ASSERT_TRUE(uploads.create(id, house.bank->bank.size(), "bank.age", {}).ok());
    ASSERT_TRUE(uploads.append(id, 0, house.bank->bank).ok());
    ASSERT_TRUE(uploads.finish(id).ok());
    EXPECT_TRUE(house.sittings->add_bank(large).ok());
}

TEST(Sittings, AreForDesksOfTheirSiteAndHoldNoFee) {
    test::Organisation house;
    house.set_up_sitting();
    const auto reply = house.sittings->reply(house.manifest.object.sitting, house.desk_id);
    ASSERT_TRUE(reply.ok()) << to_string(reply.error());
    EXPECT_EQ(as_text(reply->roster).find("减免"), std::string_view::npos);
    EXPECT_NE(as_text(reply->roster).find("王思雨"), std::string_view::npos);
    EXPECT_EQ(as_text(reply->attempts).find("王思雨"), std::string_view::npos);
    const auto other =
        house.sittings->reply(house.manifest.object.sitting, house.random.id<MachineId>());
    EXPECT_EQ(other.error().code, Code::kDenied);
}

}  // namespace
}  // namespace assay::server_core
