// Two people for what one must never do alone, whatever threshold a key list names.
#include <gtest/gtest.h>

#include "tests/crypto/record/one_sitting.h"

namespace assay::test {
namespace {

using namespace record;

class Office : public ::testing::Test {
  protected:
    Office() {
        KeyList list = it_.plain_key_list();
        list.officer_threshold = 1;
        auto made = record::sign(list, it_.roots[0].key);
        made.envelope.add_signature(it_.roots[1].key);
        keys_.emplace(TrustedKeys::from(made, it_.rows_bytes(), it_.root_keys(), 2).value());
        package_ = record::make(it_.package);
    }
    /// One officer is refused as too few, two are enough.
    template <typename T, typename Check>
    void needs_two(T object, const Check& check) {
        auto made = record::sign(std::move(object), it_.officers[0].key);
        const Status alone = check(made);
        ASSERT_FALSE(alone.ok()) << T::kName;
        EXPECT_EQ(alone.error().what.id, "record.signature.too-few"_id) << to_string(alone.error());
        made.envelope.add_signature(it_.officers[1].key);
        const Status both = check(made);
        EXPECT_TRUE(both.ok()) << to_string(both.error());
    }

    OneSitting it_;
    std::optional<TrustedKeys> keys_;
    Signed<Package> package_;
};

TEST_F(Office, LetsNobodyOpenAnAttemptAlone) {
    Opening opening = it_.filled<Opening>();
    opening.package = package_.digest;
    opening.attempt = it_.package.attempt;
    opening.attempt_key = it_.attempts.attempts[0].recipient;
    needs_two(opening, [&](const Signed<Opening>& o) {
        return check_access(o, package_, it_.attempts.attempts[0], *keys_);
    });
    Disclosure disclosure = it_.filled<Disclosure>();
    disclosure.manifest = it_.manifest.digest;
    disclosure.sitting = it_.plain_manifest.sitting;
    needs_two(disclosure, [&](const Signed<Disclosure>& o) {
        return check_disclosure(o, it_.manifest, *keys_);
    });
}

TEST_F(Office, LetsNobodyChangeAResultAlone) {
    Correction correction = it_.filled<Correction>();
    correction.sitting = it_.plain_manifest.sitting;
    correction.replaced = {it_.random.id<Digest>()};
    needs_two(correction, [&](const Signed<Correction>& o) {
        return check_correction(o, it_.plain_manifest.sitting, *keys_);
    });
    Decision decision = it_.filled<Decision>();
    decision.sitting = it_.plain_manifest.sitting;
    decision.candidates = {it_.random.id<Digest>()};
    decision.chosen = decision.candidates[0];
    needs_two(decision, [&](const Signed<Decision>& o) {
        return check_decision(o, it_.plain_manifest.sitting, *keys_);
    });
    Publication publication = it_.filled<Publication>();
    publication.sitting = it_.plain_manifest.sitting;
    publication.results = {it_.random.id<Digest>()};
    needs_two(publication, [&](const Signed<Publication>& o) {
        return check_publication(o, it_.plain_manifest.sitting, *keys_);
    });
}

TEST_F(Office, LetsNobodyMakeOrEraseAPackageAlone) {
    it_.package.kind = PackageKind::kRecovered;
    package_ = record::make(it_.package);
    Recovery recovery = it_.filled<Recovery>();
    recovery.package = package_.digest;
    recovery.attempt = it_.package.attempt;
    recovery.epoch = it_.package.epoch;
    needs_two(recovery,
              [&](const Signed<Recovery>& o) { return check_recovery(o, package_, *keys_); });
    Erasure erasure = it_.filled<Erasure>();
    erasure.manifest = it_.manifest.digest;
    erasure.sitting = it_.plain_manifest.sitting;
    erasure.attempts = {it_.package.attempt};
    needs_two(erasure, [&](const Signed<Erasure>& o) {
        return check_erasure(o, it_.manifest, it_.attempts, *keys_);
    });
}

}  // namespace
}  // namespace assay::test
