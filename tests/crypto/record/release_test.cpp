#include "crypto/record/release.h"

#include <gtest/gtest.h>

#include "tests/crypto/record/random_object.h"

namespace assay::test {
namespace {

record::Release bare() {
    record::Release out = RandomObject(1).make<record::Release>();
    out.batch.reset();
    out.nonce.reset();
    out.kit.reset();
    out.shares.reset();
    return out;
}

TEST(Release, IsEitherOnlineOrOffline) {
    for (unsigned members = 0; members < 16; ++members) {
        record::Release release = bare();
        if ((members & 1U) != 0) {
            release.batch.emplace();
        }
        if ((members & 2U) != 0) {
            release.nonce.emplace();
        }
        if ((members & 4U) != 0) {
            release.kit.emplace();
        }
        if ((members & 8U) != 0) {
            release.shares.emplace();
        }
        EXPECT_EQ(record::check_release_kind(release).ok(), members == 3 || members == 12)
            << members;
    }
}

TEST(ShareDigest, IsTheSameForEverySpellingOfTheWords) {
    const Digest digest = record::share_digest("academic acid");
    EXPECT_EQ(record::share_digest("  ACADEMIC\n acid \t"), digest);
    EXPECT_NE(record::share_digest("academicacid"), digest);
    // printf 'assay/v1/share\0academic acid' | sha256sum
    EXPECT_EQ(digest.hex(), "1bd249a91d03fb8382b3d9484641c43e86de88c4d41002c8451ba04b7f70a8c6");
}

TEST(Batch, IsAboutEachOfItsParts) {
    record::Batch batch = RandomObject(1).make<record::Batch>();
    batch.parts.resize(2);
    batch.parts[1].bank.bytes[0] = 9;
    ASSERT_EQ(batch.subjects().size(), 2U);
    EXPECT_EQ(batch.subjects()[1].digest, batch.parts[1].bank);
}

}  // namespace
}  // namespace assay::test
