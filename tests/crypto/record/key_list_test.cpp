#include "crypto/record/key_list.h"

#include <gtest/gtest.h>

#include "tests/crypto/record/random_object.h"

namespace assay::test {
namespace {

using record::KeyList;
using record::KeyRow;
using record::KeyRows;
using record::Role;
using record::SigningPublic;
using record::TrustedKeys;

/// An organisation whose root officers issue key lists.
class TrustedKeysTest : public ::testing::Test {
  protected:
    TrustedKeysTest() {
        for (int i = 0; i < 3; ++i) {
            roots_.push_back(crypto::SigningKey::generate(random_));
            officers_.push_back(crypto::SigningKey::generate(random_));
            KeyRow row;
            row.role = Role::kExamOfficer;
            row.id = random_.id<MachineId>();
            row.signing = record::public_of(officers_.back());
            rows_.rows.push_back(row);
        }
        rows_.organisation = random_.id<OrganisationId>();
    }

    static std::vector<SigningPublic> publics(const std::vector<crypto::SigningKey>& keys) {
        std::vector<SigningPublic> out;
        for (const auto& key : keys) {
            out.push_back(record::public_of(key));
        }
        return out;
    }
    Bytes rows() const { return record::write_document(rows_); }

    KeyList list(std::uint64_t number = 1) const {
        KeyList out;
        out.organisation = rows_.organisation;
        out.number = number;
        out.roots = publics(roots_);
        out.rows = crypto::sha256(rows());
        out.time = WallTime{static_cast<std::int64_t>(number)};
        return out;
    }
    record::Signed<KeyList> signed_list(const KeyList& list, std::size_t signers = 2) const {
        auto out = record::make(list);
        for (std::size_t i = 0; i < signers; ++i) {
            out.envelope.add_signature(roots_[i]);
        }
        return out;
    }
    Result<TrustedKeys> trust(const record::Signed<KeyList>& list,
                              const TrustedKeys* known = nullptr) const {
        return TrustedKeys::from(list, rows(), publics(roots_), 2, known);
    }
    static std::string refusal(const Result<TrustedKeys>& result) {
        return result.ok() ? "" : std::string(result.error().what.id.text());
    }

    FakeRandom random_{7};
    std::vector<crypto::SigningKey> roots_;
    std::vector<crypto::SigningKey> officers_;
    KeyRows rows_;
};

TEST_F(TrustedKeysTest, AreMadeOfRowsWithAKeyForEachHolderAndPurpose) {
    ASSERT_TRUE(record::each_key_once(rows_.rows).ok());
    KeyRow second = rows_.rows.front();
    second.id = random_.id<MachineId>();
    rows_.rows.push_back(second);
    EXPECT_EQ(record::each_key_once(rows_.rows).error().code, Code::kConflict);
    rows_.rows.back().signing.reset();
    ASSERT_TRUE(record::each_key_once(rows_.rows).ok());
    rows_.rows.back().tls = record::TlsPublic::from_bytes(rows_.rows[1].signing->view()).value();
    EXPECT_EQ(record::each_key_once(rows_.rows).error().code, Code::kConflict);
}

TEST_F(TrustedKeysTest, AnswersWhoseKeyItIs) {
    KeyRow desk;
    desk.role = Role::kDesk;
    desk.id = random_.id<MachineId>();
    desk.tls.emplace();
    random_.fill(desk.tls->bytes);
    rows_.rows.push_back(desk);
    const auto keys = trust(signed_list(list()));
    ASSERT_TRUE(keys.ok()) << to_string(keys.error());
    EXPECT_EQ(keys->officers(), publics(officers_));
    EXPECT_EQ(keys->find_tls(*desk.tls)->id, desk.id);
    EXPECT_EQ(keys->find(Role::kDesk, desk.id)->id, desk.id);
    EXPECT_EQ(keys->find(Role::kServer, desk.id), nullptr);
}

TEST_F(TrustedKeysTest, NeedsTheThresholdOfRootOfficers) {
    EXPECT_EQ(refusal(trust(signed_list(list(), 1))), "record.signature.too-few");
    auto by_officers = record::make(list());
    for (const auto& key : officers_) {
        by_officers.envelope.add_signature(key);
    }
    EXPECT_EQ(refusal(trust(by_officers)), "record.signature.too-few");
}

TEST_F(TrustedKeysTest, RefusesOtherRows) {
    const auto list_of_old_rows = signed_list(list());
    rows_.rows[0].label = "changed";
    EXPECT_EQ(refusal(trust(list_of_old_rows)), "record.key-list.rows-digest");
}

TEST_F(TrustedKeysTest, RefusesRowsOfAnotherOrganisation) {
    rows_.organisation = random_.id<OrganisationId>();
    KeyList other = list();
    other.organisation = random_.id<OrganisationId>();
    EXPECT_EQ(refusal(trust(signed_list(other))), "record.key-list.organisation");
}

TEST_F(TrustedKeysTest, RefusesAThresholdOfNobody) {
    KeyList open = list();
    open.officer_threshold = 0;
    EXPECT_EQ(refusal(trust(signed_list(open))), "record.key-list.threshold");
}

TEST_F(TrustedKeysTest, FollowsOnlyItsOwnChain) {
    const auto first = signed_list(list(1));
    const auto known = trust(first);
    ASSERT_TRUE(known.ok());
    KeyList next = list(2);
    next.predecessor = first.digest;
    const auto second = trust(signed_list(next), &*known);
    ASSERT_TRUE(second.ok());
    EXPECT_TRUE(trust(first, &*known).ok()) << "the same list again";
    EXPECT_EQ(refusal(trust(first, &*second)), "record.key-list.older");
    KeyList twin = next;
    twin.time = WallTime{99};
    EXPECT_EQ(refusal(trust(signed_list(twin), &*second)), "record.key-list.two-of-one-number");
    KeyList stranger = next;
    stranger.predecessor = random_.id<Digest>();
    EXPECT_EQ(refusal(trust(signed_list(stranger), &*known)), "record.key-list.predecessor");
}

TEST_F(TrustedKeysTest, RefusesAnotherOrganisationsList) {
    const auto known = trust(signed_list(list(1)));
    ASSERT_TRUE(known.ok());
    rows_.organisation = random_.id<OrganisationId>();
    EXPECT_EQ(refusal(trust(signed_list(list(2)), &*known)), "record.key-list.organisation");
}

TEST_F(TrustedKeysTest, TakesNewRootsOnlyFromOldAndNewOnes) {
    const auto first = signed_list(list(1));
    const auto known = trust(first);
    ASSERT_TRUE(known.ok());
    std::vector<crypto::SigningKey> fresh;
    fresh.push_back(crypto::SigningKey::generate(random_));
    fresh.push_back(crypto::SigningKey::generate(random_));
    KeyList next = list(2);
    next.predecessor = first.digest;
    next.roots = publics(fresh);
    auto handed_over = signed_list(next);
    EXPECT_EQ(refusal(trust(handed_over, &*known)), "record.signature.too-few");
    handed_over.envelope.add_signature(fresh[0]);
    handed_over.envelope.add_signature(fresh[1]);
    EXPECT_TRUE(trust(handed_over, &*known).ok());
    auto seized = record::make(next);
    seized.envelope.add_signature(fresh[0]);
    seized.envelope.add_signature(fresh[1]);
    EXPECT_EQ(refusal(trust(seized, &*known)), "record.signature.too-few");
}

TEST_F(TrustedKeysTest, LeavesRevokedKeysOut) {
    KeyList revoking = list();
    revoking.revoked.push_back({record::public_of(officers_[1]), 5, std::nullopt});
    const auto keys = trust(signed_list(revoking));
    ASSERT_TRUE(keys.ok());
    EXPECT_EQ(keys->officers().size(), 2U);
    EXPECT_TRUE(keys->revoked(record::public_of(officers_[1])));
}

TEST_F(TrustedKeysTest, CountsAKeyOfTwoRowsOnce) {
    rows_.rows[1].signing = rows_.rows[0].signing;
    rows_.rows[2].signing = rows_.rows[0].signing;
    const auto keys = trust(signed_list(list()));
    ASSERT_TRUE(keys.ok());
    const auto object = record::sign(RandomObject(1).make<record::KeyList>(), officers_[0]);
    EXPECT_FALSE(record::require(object, keys->officers(), 2).ok());
}

}  // namespace
}  // namespace assay::test
