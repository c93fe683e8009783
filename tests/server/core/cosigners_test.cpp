#include "server/core/cosigners.h"

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/tlog/add_checkpoint.h"
#include "crypto/tlog/proof.h"
#include "server/core/witness.h"

namespace assay::server_core {
namespace {

/// A log and three witnesses, of which two must cosign.
class CosignersTest : public testing::Test {
  protected:
    struct Seat {
        explicit Seat(CosignersTest& test, const std::string& called)
            : key(crypto::SigningKey::generate(test.random_)),
              name(tlog::NoteKey::make(called, tlog::NoteAlgorithm::kCosignature, key.verify_key())
                       .value()) {}
        crypto::SigningKey key;
        tlog::NoteKey name;
        std::unique_ptr<Witness> witness;
        bool away = false;
        FakeClock clock;
    };

    void SetUp() override {
        log_ = open("/log");
        for (const char* name : {"example.org/a", "example.org/b", "example.org/c"}) {
            seats_.push_back(std::make_unique<Seat>(*this, name));
            start(*seats_.back());
        }
    }
    std::unique_ptr<CentralLog> open(const Path& folder, const Path& head = {}) {
        return head.empty()
                   ? CentralLog::open(folder, "assay-log/test", copy(key_), disk_).value()
                   : CentralLog::open({folder, {}, head}, "assay-log/test", key_, disk_).value();
    }
    static crypto::SigningKey copy(const crypto::SigningKey& key) {
        return crypto::SigningKey::from_seed(key.seed()).value();
    }
    void start(Seat& seat) {
        const Path folder = "/witness-" + seat.name.name().substr(seat.name.name().size() - 1);
        ASSERT_TRUE(disk_.make_folders(folder).ok());
        seat.witness = std::make_unique<Witness>(
            folder, seat.name, copy(seat.key),
            std::vector{tlog::NoteKey::from_text(log_->verifier_key()).value()}, disk_, seat.clock);
    }
    std::string policy_text() const {
        std::string out = "log " + log_->verifier_key() + "\n";
        for (const auto& seat : seats_) {
            const std::string& name = seat->name.name();
            out += "witness " + name + " " + seat->name.text() + " https://" + name.back() +
                   std::string(".example:8443/w/\n");
        }
        return out + "group g 2 example.org/a example.org/b example.org/c\nquorum g\n";
    }
    std::unique_ptr<Cosigners> cosigners(CentralLog& log) {
        auto policy = WitnessPolicy::from_text(policy_text());
        EXPECT_TRUE(policy.ok()) << to_string(policy.error());
        return Cosigners::make(
                   log, std::move(*policy), clock_,
                   [this](const WitnessUrl& url) {
                       Seat& seat = *seats_[static_cast<std::size_t>(url.host.front() - 'a')];
                       return Result<std::unique_ptr<Link>>(std::make_unique<FakeLink>(
                           [&seat](const LinkRequest& request) { return answer(seat, request); }));
                   })
            .value();
    }
    static LinkReply answer(Seat& seat, const LinkRequest& request) {
        EXPECT_EQ(request.path, "/w/add-checkpoint");
        if (seat.away) {
            return {503, {}, {}};
        }
        const auto said = seat.witness->add_checkpoint(as_text(request.body)).value();
        return {said.status, {{"content-type", said.type}}, to_bytes(said.body)};
    }
    void add(CentralLog& log, int count) {
        std::vector<std::string> texts;
        for (int i = 0; i < count; ++i) {
            texts.push_back("leaf " + std::to_string(leaves_++));
        }
        std::vector<ByteView> leaves;
        for (const std::string& text : texts) {
            leaves.push_back(as_bytes(text));
        }
        ASSERT_TRUE(log.append(leaves).ok());
    }
    std::size_t witnesses_of(const std::string& receipt, int leaf) const {
        const auto policy = tlog::Policy::parse(policy_text()).value();
        const auto logged =
            tlog::verify_receipt(receipt, as_bytes("leaf " + std::to_string(leaf)), policy);
        return logged.ok() ? logged->witnesses.size() : 0;
    }

    FakeDisk disk_;
    FakeClock clock_;
    FakeRandom random_{7};
    crypto::SigningKey key_ = crypto::SigningKey::generate(random_);
    std::unique_ptr<CentralLog> log_;
    std::vector<std::unique_ptr<Seat>> seats_;
    int leaves_ = 0;
};

TEST_F(CosignersTest, GiveReceiptsTheLinesOfTheQuorum) {
    const auto cosigners = this->cosigners(*log_);
    add(*log_, 3);
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(1).value()), 1), 0U);
    ASSERT_TRUE(cosigners->round().ok());
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(1).value()), 1), 3U);
    EXPECT_TRUE(cosigners->checkpoint());
    add(*log_, 700);  // tiles fill, the receipt stays at the head that was seen
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(1).value()), 1), 3U);
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(600).value()), 600), 0U);
    EXPECT_FALSE(cosigners->checkpoint());
    ASSERT_TRUE(cosigners->round().ok());
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(600).value()), 600), 3U);
}

TEST_F(CosignersTest, HoldWithoutOneWitnessAndNotWithoutTwo) {
    const auto cosigners = this->cosigners(*log_);
    add(*log_, 1);
    seats_[0]->away = true;
    ASSERT_TRUE(cosigners->round().ok());
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(0).value()), 0), 2U);
    seats_[1]->away = true;
    add(*log_, 1);
    EXPECT_EQ(cosigners->round().error().what.id, "server.witness.answer"_id);
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(1).value()), 1), 0U);
    seats_[0]->away = false;
    ASSERT_TRUE(cosigners->round().ok()) << "it learns how far the others are";
    EXPECT_EQ(witnesses_of(cosigners->cosigned(log_->proof(1).value()), 1), 2U);
}

TEST_F(CosignersTest, GoOnAfterARestartOfEitherSide) {
    add(*log_, 5);
    ASSERT_TRUE(cosigners(*log_)->round().ok());
    add(*log_, 5);
    start(*seats_[0]);
    ASSERT_TRUE(cosigners(*log_)->round().ok());
}

TEST_F(CosignersTest, CountNoOldCosignature) {
    const auto cosigners = this->cosigners(*log_);
    add(*log_, 1);
    clock_.set_wall(clock_.wall() + std::chrono::hours(1));
    EXPECT_EQ(cosigners->round().error().what.id, "server.witness.answer"_id);
}

TEST_F(CosignersTest, ProveTheHeadOfALogThatNobodyElseKnows) {
    add(*log_, 2);
    ASSERT_TRUE(cosigners(*log_)->round().ok());
    const auto again = open("/log", "/no-head-here");
    ASSERT_TRUE(again->doubt());
    ASSERT_TRUE(cosigners(*again)->round().ok());
    EXPECT_TRUE(again->writable());
}

TEST_F(CosignersTest, NeverCosignALogThatLostLeavesOrForked) {
    add(*log_, 2);
    ASSERT_TRUE(cosigners(*log_)->round().ok());
    const auto lost = open("/lost", "/lost-head");
    ASSERT_TRUE(lost->append({as_bytes(std::string_view("leaf 0"))}).ok());
    EXPECT_EQ(cosigners(*lost)->round().error().what.id, "server.witness.ahead"_id);
    ASSERT_TRUE(lost->append({as_bytes(std::string_view("another"))}).ok());
    EXPECT_EQ(cosigners(*lost)->round().error().what.id, "server.witness.ahead"_id)
        << "the same size and another root";
    ASSERT_TRUE(lost->append({as_bytes(std::string_view("and more"))}).ok());
    EXPECT_EQ(cosigners(*lost)->round().error().what.id, "server.witness.answer"_id)
        << "no proof leads from one tree to the other";
}

TEST_F(CosignersTest, AnswerAsTheStandardSays) {
    add(*log_, 1);
    Witness& witness = *seats_[0]->witness;
    const auto status = [&](const tlog::AddCheckpoint& asked) {
        return witness.add_checkpoint(asked.write()).value().status;
    };
    EXPECT_EQ(witness.add_checkpoint("old 1").value().status, 400);
    EXPECT_EQ(status({2, {}, log_->checkpoint()}), 400) << "smaller than the old size";
    const auto stranger = CentralLog::open("/x", "assay-log/x", copy(key_), disk_).value();
    EXPECT_EQ(status({0, {}, stranger->checkpoint()}), 404);
    const auto forger = crypto::SigningKey::generate(random_);
    const auto forged = CentralLog::open("/forged", "assay-log/test", copy(forger), disk_).value();
    EXPECT_EQ(status({0, {}, forged->checkpoint()}), 403);
    EXPECT_EQ(status({1, {}, log_->checkpoint()}), 409);
    EXPECT_EQ(status({0, {Digest{}}, log_->checkpoint()}), 422);
    EXPECT_EQ(status({0, {}, log_->checkpoint()}), 200);
    const auto again =
        witness.add_checkpoint(tlog::AddCheckpoint{0, {}, log_->checkpoint()}.write());
    EXPECT_EQ(again->status, 409);
    EXPECT_EQ(again->body, "1\n");
    EXPECT_EQ(again->type, "text/x.tlog.size");
}

TEST(WitnessUrlTest, ReadsWhatTheStandardMeans) {
    const auto url = WitnessUrl::from_text("https://[::1]:8443/a/b/").value();
    EXPECT_EQ(url.host, "::1");
    EXPECT_EQ(url.port, 8443);
    EXPECT_EQ(url.prefix, "/a/b");
    EXPECT_EQ(WitnessUrl::from_text("http://w.example").value().port, 80);
    for (const char* bad : {"", "w.example", "ftp://w", "https://", "https://w:0/", "https://w:x",
                            "https://u@w/", "https://w/#f", "https://[::1/"}) {
        EXPECT_FALSE(WitnessUrl::from_text(bad).ok()) << bad;
    }
}

}  // namespace
}  // namespace assay::server_core
