// What lies sealed beside a Statement: a score package and a segment of evidence, of several chunks
// each, as an attacker has them. The cipher finds a change, and says what kind it is; the signed
// digest finds every one of them before that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/age.h"
#include "crypto/hash.h"
#include "crypto/record/segment.h"
#include "tests/crypto/record/packed.h"

namespace assay::test {
namespace {

constexpr std::size_t kChunk = std::size_t{64} * 1024;
constexpr std::size_t kSealedChunk = kChunk + 16;
constexpr int kBodyBits = 200;

Bytes package_tar(std::uint64_t seed) {
    PackedAttempt packed(seed);
    FakeRandom random(seed);
    packed.contents.result = Bytes(3 * kChunk, 'x');
    random.fill(packed.contents.result);
    return record::write_contents(packed.contents);
}

Bytes segment_tar(std::uint64_t seed) {
    FakeRandom random(seed);
    record::SegmentContent clip;
    clip.index.number = seed;
    clip.index.kind = record::SegmentKind::kClip;
    for (int i = 0; i < 3; ++i) {
        clip.index.pictures.push_back({"", 1000 + i, WallTime{1772353800}, i == 0});
        clip.jpegs.emplace_back(kChunk);
        random.fill(clip.jpegs.back());
    }
    return record::write_segment(clip);
}

/// A kind of sealed file.
struct Kind {
    const char* name;
    Bytes (*plain)(std::uint64_t seed);
    bool (*reads)(ByteView plain);
};

const Kind kKinds[] = {
    {"Package", package_tar, [](ByteView plain) { return record::read_contents(plain).ok(); }},
    {"Segment", segment_tar, [](ByteView plain) { return record::read_segment(plain).ok(); }},
};

class SealedFile : public ::testing::TestWithParam<Kind> {
  protected:
    SealedFile() {
        file_ = crypto::age_encrypt(random_, GetParam().plain(1), key_.recipient());
        other_ = crypto::age_encrypt(random_, GetParam().plain(2), key_.recipient());
        payload_ = crypto::age_head(file_).value().bytes;
    }
    /// The id of the refusal. Whatever is refused has another digest than the signed one.
    std::string why(const Bytes& file) const {
        EXPECT_NE(crypto::sha256(file), crypto::sha256(file_));
        const auto opened = crypto::age_decrypt(file, key_);
        return opened.ok() ? "accepted" : std::string(opened.error().what.id.text());
    }
    Bytes first(std::size_t size) const {
        return {file_.begin(), file_.begin() + static_cast<std::ptrdiff_t>(size)};
    }

    FakeRandom random_{31};
    crypto::AgeIdentity key_ = crypto::AgeIdentity::generate(random_);
    Bytes file_;
    Bytes other_;  ///< another file of the same attempt
    std::size_t payload_ = 0;
};

TEST_P(SealedFile, OpensForItsOwnAttemptOnly) {
    const auto opened = crypto::age_decrypt(file_, key_);
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(GetParam().reads(*opened));
    const auto other_attempt = crypto::AgeIdentity::generate(random_);
    EXPECT_EQ(crypto::age_decrypt(file_, other_attempt).error().what.id, "crypto.age.no-match"_id);
}

TEST_P(SealedFile, IsRefusedWithAnyBitOfItsHeaderFlipped) {
    for (std::size_t bit = 0; bit < payload_ * 8; ++bit) {
        Bytes changed = file_;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_THAT(why(changed),
                    testing::AnyOf("crypto.age.header", "crypto.age.header-limit", "crypto.age.mac",
                                   "crypto.age.no-match", "crypto.age.payload"))
            << "bit " << bit;
    }
}

TEST_P(SealedFile, IsRefusedWithABitOfItsBodyFlipped) {
    for (int i = 0; i < kBodyBits; ++i) {
        Bytes changed = file_;
        const std::size_t bit = payload_ * 8 + random_.below((file_.size() - payload_) * 8);
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_EQ(why(changed), "crypto.age.payload") << "bit " << bit;
    }
}

TEST_P(SealedFile, IsRefusedWhereItIsCutAtAChunkOrAByteBesideIt) {
    for (std::size_t border = payload_; border < file_.size(); border += kSealedChunk) {
        for (const std::size_t size : {border - 1, border, border + 1}) {
            EXPECT_THAT(why(first(size)), testing::AnyOf("crypto.age.payload", "crypto.age.header"))
                << size;
        }
    }
    EXPECT_EQ(why(first(file_.size() - 1)), "crypto.age.payload");
}

TEST_P(SealedFile, IsRefusedWithBytesOrAChunkAppended) {
    for (const std::size_t more : {std::size_t{1}, std::size_t{16}, kSealedChunk}) {
        Bytes longer = file_;
        longer.resize(file_.size() + more);
        EXPECT_EQ(why(longer), "crypto.age.payload");
    }
    Bytes twice = file_;
    append(twice, ByteView(file_).subspan(payload_));
    EXPECT_EQ(why(twice), "crypto.age.payload");
}

TEST_P(SealedFile, IsRefusedWithTwoChunksSwapped) {
    Bytes swapped = file_;
    const auto one = swapped.begin() + static_cast<std::ptrdiff_t>(payload_);
    const auto two = one + static_cast<std::ptrdiff_t>(kSealedChunk);
    std::swap_ranges(one, two, two);
    EXPECT_EQ(why(swapped), "crypto.age.payload");
}

TEST_P(SealedFile, IsRefusedWherePiecesOfAnotherOfTheAttemptAreSplicedIn) {
    for (std::size_t at = payload_; at + kSealedChunk < file_.size(); at += kSealedChunk) {
        Bytes spliced = first(at);
        append(spliced, ByteView(other_).subspan(at));
        EXPECT_EQ(why(spliced), "crypto.age.payload") << at;
        spliced = file_;
        std::copy_n(other_.begin() + static_cast<std::ptrdiff_t>(at), kSealedChunk,
                    spliced.begin() + static_cast<std::ptrdiff_t>(at));
        EXPECT_EQ(why(spliced), "crypto.age.payload") << at;
    }
}

// Whoever has the key could seal anything: what then stands is the form inside, and the digest.
TEST_P(SealedFile, IsNotReadWhereItsTarIsCutLongerOrMixed) {
    const Bytes plain = GetParam().plain(1);
    for (std::size_t border = 512; border < plain.size(); border += 512 * 16) {
        for (const std::size_t size : {border - 1, border, border + 1}) {
            EXPECT_FALSE(GetParam().reads(ByteView(plain).first(size))) << size;
        }
    }
    Bytes longer = plain;
    longer.resize(plain.size() + 512);
    EXPECT_FALSE(GetParam().reads(longer));
    append(longer, GetParam().plain(2));
    EXPECT_FALSE(GetParam().reads(longer));
}

INSTANTIATE_TEST_SUITE_P(Record, SealedFile, testing::ValuesIn(kKinds),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace assay::test
