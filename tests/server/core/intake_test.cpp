#include "server/core/intake.h"

#include "crypto/base32.h"
#include "crypto/tlog/proof.h"
#include "tests/server/core/organisation.h"

namespace assay::server_core {
namespace {

using test::give;

class IntakeTest : public testing::Test {
  protected:
    void SetUp() override { house_.set_up_sitting(); }

    test::Organisation::Packed packed(std::size_t index = 0, Epoch epoch = Epoch{1}) {
        return house_.pack(house_.attempt(index), {give("Q01", "A")}, epoch);
    }
    std::size_t refusals() { return house_.store->refusals({}).value().size(); }
    static std::string reason(const Result<protocol::PackageReply>& reply) {
        return reply.ok() ? "accepted" : std::string(reply.error().what.id.text());
    }

    test::Organisation house_;
};

TEST_F(IntakeTest, GivesTheSamePackageTheSameReceipt) {
    const auto package = packed();
    const auto first = house_.intake->take(package.digest(), package.upload);
    ASSERT_TRUE(first.ok()) << to_string(first.error());
    const auto second = house_.intake->take(package.digest(), package.upload);
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(first->statement, second->statement);
    const auto proof = tlog::LogProof::parse(*second->receipt);
    ASSERT_TRUE(proof.ok());
    EXPECT_EQ(refusals(), 0U);
    EXPECT_EQ(house_.intake->accepted(house_.attempt(0).attempt)->digest, package.digest());
}

TEST_F(IntakeTest, FindsAReceiptByTheShortCodeHoweverItIsTyped) {
    const auto package = packed();
    ASSERT_TRUE(house_.intake->take(package.digest(), package.upload).ok());
    std::string code = crypto::short_code_grouped(crypto::short_of(package.digest()));
    std::ranges::transform(code, code.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto receipt = house_.intake->by_short_code(code);
    ASSERT_TRUE(receipt.ok()) << to_string(receipt.error());
    EXPECT_EQ(receipt->statement, package.digest());
    const auto other = house_.intake->by_short_code(crypto::short_code(Digest{}));
    EXPECT_EQ(other.error().code, Code::kNotFound);
}

TEST_F(IntakeTest, RefusesASecondPackageOfAnEpochAndKeepsIt) {
    const auto first = packed();
    ASSERT_TRUE(house_.intake->take(first.digest(), first.upload).ok());
    const auto second = house_.pack(house_.attempt(0), {give("Q01", "B")});
    EXPECT_EQ(reason(house_.intake->take(second.digest(), second.upload)), "server.package.second");
    EXPECT_EQ(refusals(), 1U);
    EXPECT_EQ(house_.store->body(second.statement.object.package).value().size(),
              second.statement.object.bytes);
    EXPECT_EQ(house_.intake->accepted(house_.attempt(0).attempt)->digest, first.digest());
}

TEST_F(IntakeTest, LetsTheHigherEpochWinAndKeepsTheOlderOne) {
    const auto old = packed(0, Epoch{1});
    const auto newer = packed(0, Epoch{2});
    ASSERT_TRUE(house_.intake->take(newer.digest(), newer.upload).ok());
    EXPECT_EQ(reason(house_.intake->take(old.digest(), old.upload)), "server.package.older-epoch");
    EXPECT_EQ(refusals(), 1U);
    const auto newest = packed(0, Epoch{3});
    ASSERT_TRUE(house_.intake->take(newest.digest(), newest.upload).ok());
    EXPECT_EQ(house_.intake->accepted(house_.attempt(0).attempt)->digest, newest.digest());
}

TEST_F(IntakeTest, RefusesATerminalThatNobodyEnrolled) {
    const auto key = crypto::SigningKey::generate(house_.random);
    const auto foreign =
        house_.pack_for(house_.attempt(0), {}, Epoch{1}, key, house_.random.id<MachineId>());
    EXPECT_EQ(reason(house_.intake->take(foreign.digest(), foreign.upload)),
              "server.terminal.unknown");
    const auto forged = house_.pack_for(house_.attempt(0), {}, Epoch{1}, key, house_.terminal_id);
    EXPECT_EQ(house_.intake->take(forged.digest(), forged.upload).error().code, Code::kDenied);
}

TEST_F(IntakeTest, RefusesAnotherAddressAndAChangedBody) {
    const auto package = packed();
    EXPECT_EQ(reason(house_.intake->take(Digest{}, package.upload)), "server.package.address");
    auto files = record::read_upload(package.upload).value();
    files.package.back() ^= 1U;
    EXPECT_EQ(reason(house_.intake->take(package.digest(), record::write_upload(files))),
              "server.package.digest");
}

TEST_F(IntakeTest, AnswersTheSamePackageThatArrivesManyTimesAtOnceWithOneReceipt) {
    const auto package = packed();
    constexpr int kCopies = 8;
    std::mutex lock;
    std::condition_variable ready;
    std::vector<Result<protocol::PackageReply>> replies;
    for (int i = 0; i < kCopies; ++i) {
        house_.intake->take(package.digest(), package.upload,
                            [&](Result<protocol::PackageReply> reply) {
                                const std::lock_guard guard(lock);
                                replies.push_back(std::move(reply));
                                ready.notify_one();
                            });
    }
    std::unique_lock guard(lock);
    ready.wait(guard, [&] { return replies.size() == kCopies; });
    for (const auto& reply : replies) {
        EXPECT_TRUE(reply.ok()) << to_string(reply.error());
    }
    EXPECT_EQ(refusals(), 0U);
}

}  // namespace
}  // namespace assay::server_core
