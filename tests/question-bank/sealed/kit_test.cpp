#include "question-bank/sealed/kit.h"

#include <gtest/gtest.h>

#include "crypto/kdf.h"
#include "question-bank/sealed/capsule.h"
#include "tests/question-bank/sealed/sealed_part.h"

namespace assay::test {
namespace {

using crypto::SecretBytes;

class KitTest : public ::testing::Test {
  protected:
    KitTest() : made(it.seal()), site(it.random.id<SiteId>()) {}

    sealed::MadeKit kit(bool dictation = false) {
        auto out = sealed::make_kit(it.random, made.bank_statement.object, made.part_key,
                                    {site, {2, 3}, dictation, kNotBefore})
                       .value();
        it.approve(out.kit);
        return out;
    }
    static std::vector<SecretBytes> shares(const sealed::MadeKit& kit, bool organisation,
                                           std::initializer_list<std::size_t> invigilators) {
        std::vector<SecretBytes> out;
        for (const std::size_t i : invigilators) {
            out.push_back(kit.invigilator_shares[i].copy());
        }
        if (organisation) {
            out.push_back(kit.organisation_share.copy());
        }
        return out;
    }
    static std::string refusal(const sealed::MadeKit& kit, const std::vector<SecretBytes>& typed) {
        const auto opened = sealed::open_kit(kit.kit.object, typed);
        return opened.ok() ? "" : std::string(opened.error().what.id.text());
    }

    SealedPartFixture it;
    sealed::SealedPart made;
    SiteId site;
};

TEST_F(KitTest, OpensForTheOrganisationAndEnoughInvigilators) {
    for (const bool dictation : {false, true}) {
        const auto kit = this->kit(dictation);
        ASSERT_TRUE(sealed::check_kit(kit.kit, it.keys, made.bank_statement, site).ok());
        const auto opened = sealed::open_kit(kit.kit.object, shares(kit, true, {2, 0}));
        ASSERT_TRUE(opened.ok()) << to_string(opened.error());
        EXPECT_TRUE(opened->part_key.bytes().equals(made.part_key.bytes()));
        EXPECT_EQ(opened->shares.size(), 3U);
        EXPECT_TRUE(std::is_sorted(opened->shares.begin(), opened->shares.end()));
        EXPECT_TRUE(sealed::open_kit(kit.kit.object, shares(kit, true, {0, 1, 2})).ok())
            << "more than needed";
        EXPECT_TRUE(sealed::open_kit(kit.kit.object, shares(kit, true, {0, 0, 1})).ok());
    }
}

TEST_F(KitTest, StaysClosedWithoutEitherSide) {
    const auto kit = this->kit();
    EXPECT_EQ(refusal(kit, shares(kit, false, {0, 1, 2})), "sealed.kit.few");
    EXPECT_EQ(refusal(kit, shares(kit, true, {})), "sealed.kit.few");
    EXPECT_EQ(refusal(kit, shares(kit, true, {1})), "sealed.kit.few");
    EXPECT_EQ(refusal(kit, shares(kit, true, {1, 1})), "sealed.kit.few") << "one share twice";
}

TEST_F(KitTest, NamesAWrongShareByItsDigest) {
    const auto kit = this->kit();
    const auto other = this->kit();
    auto typed = shares(kit, true, {0});
    typed.push_back(other.invigilator_shares[1].copy());
    const auto opened = sealed::open_kit(kit.kit.object, typed);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().what.id.text(), "sealed.kit.share");
    EXPECT_EQ(opened.error().what.args[0].second, other.kit.object.shares[2].digest.hex());
}

TEST_F(KitTest, KnowsAShareHoweverItIsTyped) {
    const auto kit = this->kit(true);
    const SecretBytes& words = kit.invigilator_shares[1];
    const auto numbers = crypto::slip39_numbers(words);
    ASSERT_TRUE(numbers.ok());
    std::string shouted;
    for (const char c : as_text(words.view())) {
        shouted +=
            c == ' ' ? std::string("\n ") : std::string(1, static_cast<char>(std::toupper(c)));
    }
    for (const ByteView typed : {words.view(), as_bytes(shouted), numbers->view()}) {
        const auto known = sealed::find_share(kit.kit.object, typed);
        ASSERT_TRUE(known.ok()) << to_string(known.error());
        EXPECT_EQ(known->share.holder, sealed::ShareHolder::kInvigilator);
        EXPECT_EQ(known->share.number, 2U);
    }
    EXPECT_FALSE(sealed::find_share(kit.kit.object, as_bytes("no such words")).ok());
    EXPECT_FALSE(sealed::find_share(kit.kit.object, {}).ok());
}

TEST_F(KitTest, HasSharesOfTwentyWordsForDictation) {
    const auto words = [](const SecretBytes& share) {
        return 1 + std::count(share.view().begin(), share.view().end(), ' ');
    };
    EXPECT_EQ(words(kit(true).organisation_share), 20);
    EXPECT_EQ(words(kit(false).organisation_share), 33);
    EXPECT_EQ(kit(true).kit.object.secret_bits, 128U);
}

TEST_F(KitTest, StretchesAShortSecretAsTheFormatSays) {
    const auto kit = this->kit(true);
    const auto master = crypto::slip39_combine(shares(kit, true, {0, 1}));
    ASSERT_TRUE(master.ok());
    const auto key = crypto::AgeIdentity::from_bytes(
        crypto::hkdf_sha256(master->view(), {}, "assay/v1/slip39-128"));
    EXPECT_TRUE(sealed::open_capsule(kit.kit.object.key, *key, kit.kit.object.recipient).ok());
}

TEST_F(KitTest, IsForOneSiteAndPart) {
    auto kit = this->kit();
    const auto check = [&](const SiteId& at) {
        const auto status = sealed::check_kit(kit.kit, it.keys, made.bank_statement, at);
        return status.ok() ? "" : std::string(status.error().what.id.text());
    };
    EXPECT_EQ(check(site), "");
    EXPECT_EQ(check(it.random.id<SiteId>()), "sealed.kit.other");
    made = it.seal();
    EXPECT_EQ(check(site), "sealed.kit.other") << "another sealing of the part";
    kit.kit.envelope.signatures.resize(1);
    EXPECT_EQ(check(site), "record.signature.too-few");
}

TEST_F(KitTest, RefusesAnotherPartsKey) {
    const auto other = it.seal();
    EXPECT_EQ(sealed::make_kit(it.random, made.bank_statement.object, other.part_key,
                               {site, {2, 3}, false, kNotBefore})
                  .error()
                  .what.id.text(),
              "sealed.part-key.other");
}

TEST_F(KitTest, SharesNoKeyWithTheKitOfAnotherSite) {
    const auto one = this->kit();
    const auto two = this->kit();
    EXPECT_NE(refusal(one, shares(two, true, {0, 1})), "");
}

}  // namespace
}  // namespace assay::test
