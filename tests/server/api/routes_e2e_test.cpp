#include "crypto/base32.h"
#include "crypto/tlog/proof.h"
#include "server/client/curl_link.h"
#include "server/client/tus_upload.h"
#include "server/core/witness.h"
#include "server/http/server.h"
#include "server/protocol/exchange.h"
#include "tests/server/api/house_core.h"

namespace assay::server_api {
namespace {

using test::give;
using test::identity;

/// The server over real TLS on the loopback, and a desk that asks it.
class RoutesE2e : public testing::Test {
  protected:
    void SetUp() override {
        house_.set_up_sitting();
        http::ServerConfig pinned;
        pinned.io_threads = 1;
        pinned.peers = desk_pin(*house_.trust);
        desks_ = http::Server::start(pinned, identity(house_.server_tls), desk_routes(served_.core))
                     .value();
        http::ServerConfig open;
        open.io_threads = 1;
        public_ =
            http::Server::start(open, identity(house_.server_tls), public_routes(served_.core))
                .value();
    }
    std::unique_ptr<client::CurlLink> link(std::uint16_t port, const crypto::SigningKey* own) {
        client::LinkConfig config;
        config.host = "127.0.0.1";
        config.port = port;
        config.server = crypto::pin_to(identity(house_.server_tls).key());
        if (own != nullptr) {
            config.identity = identity(*own);
        }
        return client::CurlLink::make(std::move(config)).value();
    }
    std::unique_ptr<client::CurlLink> desk() { return link(desks_->port(), &house_.desk_tls); }
    std::unique_ptr<client::CurlLink> stranger() { return link(public_->port(), nullptr); }

    test::Organisation house_;
    test::HouseCore served_{house_};
    std::unique_ptr<http::Server> desks_;
    std::unique_ptr<http::Server> public_;
};

TEST_F(RoutesE2e, ServeADeskFromSittingToReceipt) {
    ASSERT_TRUE(house_.releases->add_batch(house_.approved(house_.batch())).ok());
    const auto link = desk();
    const auto sitting = protocol::call<protocol::SittingReply>(
        *link, "GET", "/v1/sittings/" + house_.manifest.object.sitting.hex());
    ASSERT_TRUE(sitting.ok()) << to_string(sitting.error());
    const auto bank =
        protocol::send(*link, "GET", "/v1/banks/" + house_.bank->bank_statement.object.bank.hex());
    ASSERT_TRUE(bank.ok()) << to_string(bank.error());
    EXPECT_EQ(*bank, house_.bank->bank);
    const auto release = protocol::call<protocol::ReleaseReply>(*link, "POST", "/v1/releases",
                                                                house_.release_request());
    ASSERT_TRUE(release.ok()) << to_string(release.error());
    const auto package = house_.pack(house_.attempt(0), {give("Q01", "A")});
    const auto taken =
        protocol::send(*link, "PUT", "/v1/packages/" + package.digest().hex(), package.upload);
    ASSERT_TRUE(taken.ok()) << to_string(taken.error());
    EXPECT_TRUE(record::read_document<protocol::PackageReply>(*taken)->receipt.has_value());
    const auto receipt = protocol::call<protocol::ReceiptReply>(
        *stranger(), "GET", "/v1/receipts/" + crypto::short_code(package.digest()));
    ASSERT_TRUE(receipt.ok()) << to_string(receipt.error());
    EXPECT_EQ(receipt->statement, package.digest());
}

TEST_F(RoutesE2e, GiveACosignedReceiptOnceTheWitnessSawTheLeaf) {
    const auto key = crypto::SigningKey::generate(house_.random);
    const auto name =
        tlog::NoteKey::make("example.org/w", tlog::NoteAlgorithm::kCosignature, key.verify_key())
            .value();
    ASSERT_TRUE(house_.disk.make_folders(house_.folder.path() / "witness").ok());
    server_core::Witness witness(house_.folder.path() / "witness", name,
                                 crypto::SigningKey::from_seed(key.seed()).value(),
                                 {tlog::NoteKey::from_text(house_.central->verifier_key()).value()},
                                 house_.disk, house_.clock);
    const std::string policy_text = "log " + house_.central->verifier_key() + "\nwitness w " +
                                    name.text() + " https://w.example/\nquorum w\n";
    const auto peer = [&witness](const LinkRequest& request) {
        const auto said = witness.add_checkpoint(as_text(request.body)).value();
        return LinkReply{said.status, {{"content-type", said.type}}, to_bytes(said.body)};
    };
    const auto cosigners =
        server_core::Cosigners::make(
            *house_.central, server_core::WitnessPolicy::from_text(policy_text).value(),
            house_.clock,
            [&peer](const server_core::WitnessUrl&) {
                return Result<std::unique_ptr<Link>>(std::make_unique<FakeLink>(peer));
            })
            .value();
    served_.core.cosigners = cosigners.get();
    const auto package = house_.pack(house_.attempt(0), {give("Q01", "A")});
    ASSERT_TRUE(house_.intake->take(package.digest(), package.upload).ok());
    const auto policy = tlog::Policy::parse(policy_text).value();
    const auto witnesses = [&] {
        const auto receipt = protocol::call<protocol::ReceiptReply>(
            *stranger(), "GET", "/v1/receipts/" + crypto::short_code(package.digest()));
        const auto logged = tlog::verify_receipt(receipt.ok() ? receipt->proof : "",
                                                 package.statement.envelope.payload, policy);
        return logged.ok() ? logged->witnesses.size() : 0;
    };
    EXPECT_EQ(witnesses(), 0U);
    ASSERT_TRUE(cosigners->round().ok());
    EXPECT_EQ(witnesses(), 1U);
    const auto head = protocol::send(*stranger(), "GET", "/v1/log/checkpoint");
    ASSERT_TRUE(head.ok());
    EXPECT_TRUE(policy.verify(as_text(*head)).ok());
}

TEST_F(RoutesE2e, TellTheDeskWhatWasOpened) {
    const auto package = house_.pack(house_.attempt(0), {give("Q01", "A")});
    ASSERT_TRUE(house_.intake->take(package.digest(), package.upload).ok());
    const std::string path = "/v1/opened/" + package.digest().hex();
    EXPECT_FALSE(protocol::send(*desk(), "GET", path).ok());
    auto scoring = house_.scoring();
    ASSERT_TRUE(scoring.score(house_.manifest.object.sitting, house_.scoring_key).ok());
    const auto opened = protocol::send(*desk(), "GET", path);
    ASSERT_TRUE(opened.ok()) << to_string(opened.error());
    EXPECT_TRUE(record::read_signed<record::Opened>(*opened)->object.commitment_right);
}

TEST_F(RoutesE2e, HandOutNothingButBanksUnderABanksAddress) {
    const auto link = desk();
    for (const Digest& digest :
         {house_.bank->scoring_statement.object.scoring, house_.manifest.object.attempts}) {
        EXPECT_FALSE(protocol::send(*link, "GET", "/v1/banks/" + digest.hex()).ok());
        EXPECT_FALSE(protocol::send(*link, "GET", "/v1/photos/" + digest.hex()).ok());
    }
}

TEST_F(RoutesE2e, AreClosedToAnyoneWhomTheKeyListDoesNotName) {
    const auto other = crypto::SigningKey::generate(house_.random);
    EXPECT_FALSE(protocol::send(*link(desks_->port(), &other), "GET", "/v1/key-list").ok());
    const auto open = stranger();
    EXPECT_TRUE(protocol::send(*open, "GET", "/v1/key-list").ok());
    EXPECT_TRUE(protocol::send(*open, "GET", "/v1/log/checkpoint").ok());
    EXPECT_TRUE(protocol::send(*open, "GET", "/livez").ok());
    EXPECT_FALSE(
        protocol::send(*open, "GET", "/v1/sittings/" + house_.manifest.object.sitting.hex()).ok());
}

TEST_F(RoutesE2e, TakeEvidenceByTusAndRefuseOtherBytesThanAnnounced) {
    const Bytes segment(300'000, 0x5A);
    const auto send_as = [&](const Digest& digest) {
        client::TusConfig config;
        config.prefix = "/v1/uploads";
        config.backoff = {};
        config.metadata = {{"kind", to_bytes("segment")},
                           {"attempt", to_bytes(house_.attempt(0).attempt.hex())},
                           {"name", to_bytes("clip")},
                           {"digest", to_bytes(digest.hex())}};
        const auto file = sealed::memory_file(segment);
        return client::tus_upload(*desk(), *file, config);
    };
    const auto sent = send_as(crypto::sha256(segment));
    ASSERT_TRUE(sent.ok()) << to_string(sent.error());
    EXPECT_EQ(house_.store->body(crypto::sha256(segment)).value(), segment);
    EXPECT_FALSE(send_as(Digest{}).ok());
}

}  // namespace
}  // namespace assay::server_api
