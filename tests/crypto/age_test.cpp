#include "crypto/age.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "crypto/armor.h"
#include "crypto/base/fake_disk.h"
#include "crypto/hash.h"

namespace assay::crypto {

namespace {

constexpr std::size_t kChunk = 65536;
constexpr std::size_t kSealedChunk = kChunk + 16;

Bytes sample(std::size_t size) {
    Bytes out(size);
    FakeRandom random(size);
    random.fill(out);
    return out;
}

Pin pin_of(std::string_view typed) { return Pin(SecretBytes::copy_of(as_bytes(typed))); }

class AgeFile : public testing::Test {
  protected:
    Bytes sealed(std::size_t size) { return age_encrypt(random_, sample(size), key_.recipient()); }
    /// Where the payload's first chunk begins.
    static std::size_t payload(const Bytes& file) { return age_head(file)->bytes; }
    std::string why(const Bytes& file) const {
        const Result<Bytes> plain = age_decrypt(file, key_);
        return plain.ok() ? "ok" : std::string(plain.error().what.id.text());
    }

    FakeRandom random_{7};
    AgeIdentity key_ = AgeIdentity::generate(random_);
    AgeIdentity other_ = AgeIdentity::generate(random_);
};

}  // namespace

TEST_F(AgeFile, GivesBackEverySizeAroundAChunk) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kChunk - 1, kChunk, kChunk + 1,
                                   2 * kChunk, 2 * kChunk + 1, 5 * kChunk - 7}) {
        const Bytes file = sealed(size);
        EXPECT_EQ(age_decrypt(file, key_).value(), sample(size)) << size;
        EXPECT_EQ(file.size() - payload(file), age_payload_bytes(size)) << size;
    }
}

TEST_F(AgeFile, OpensForEachRecipientAndForNobodyElse) {
    const std::vector<AgeRecipient> both = {key_.recipient(), other_.recipient()};
    const Bytes file = age_encrypt(random_, sample(10), both);
    EXPECT_EQ(age_decrypt(file, key_).value(), sample(10));
    EXPECT_EQ(age_decrypt(file, other_).value(), sample(10));
    EXPECT_EQ(age_decrypt(file, AgeIdentity::generate(random_)).error().code, Code::kDenied);
}

TEST_F(AgeFile, RefusesEveryFlippedBit) {
    const Bytes file = sealed(40);
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
        Bytes changed = file;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        EXPECT_FALSE(age_decrypt(changed, key_).ok()) << bit;
    }
}

TEST_F(AgeFile, RefusesEveryCut) {
    const Bytes file = sealed(40);
    for (std::size_t size = 0; size < file.size(); ++size) {
        EXPECT_FALSE(age_decrypt(ByteView(file).first(size), key_).ok()) << size;
    }
}

TEST_F(AgeFile, RefusesCutsAroundChunkBorders) {
    const Bytes file = sealed(3 * kChunk + 100);
    for (std::size_t chunk = 0; chunk <= 3; ++chunk) {
        for (const std::size_t off : {0U, 1U, 15U, 16U, 17U}) {
            const std::size_t border = payload(file) + chunk * kSealedChunk;
            for (const std::size_t size : {border + off, border - off}) {
                const Bytes cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
                EXPECT_THAT(why(cut), testing::AnyOf("crypto.age.payload", "crypto.age.header"));
            }
        }
    }
}

TEST_F(AgeFile, RefusesAppendedBytesAndChunks) {
    for (const std::size_t size : {std::size_t{5}, kChunk}) {
        Bytes file = sealed(size);
        Bytes doubled = file;
        append(doubled, ByteView(file).subspan(payload(file)));
        EXPECT_EQ(why(doubled), "crypto.age.payload");
        file.push_back(0);
        EXPECT_EQ(why(file), "crypto.age.payload");
    }
}

TEST_F(AgeFile, RefusesSwappedChunks) {
    Bytes file = sealed(3 * kChunk);
    const auto first = file.begin() + static_cast<std::ptrdiff_t>(payload(file));
    std::swap_ranges(first, first + kSealedChunk, first + kSealedChunk);
    EXPECT_EQ(why(file), "crypto.age.payload");
}

TEST_F(AgeFile, RefusesThePayloadOfAnotherFile) {
    const Bytes one = sealed(40);
    const Bytes two = sealed(40);
    Bytes mixed(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(payload(one)));
    append(mixed, ByteView(two).subspan(payload(two)));
    EXPECT_EQ(why(mixed), "crypto.age.payload");
}

TEST_F(AgeFile, NamesAnAddedRecipientAsAChangedHeader) {
    const Bytes file = sealed(4);
    const std::string text = to_string(file);
    const std::string changed =
        text.substr(0, text.find("---")) + "-> grease x\n\n" + text.substr(text.find("---"));
    EXPECT_EQ(why(to_bytes(changed)), "crypto.age.mac");
}

TEST_F(AgeFile, LimitsItsHeader) {
    std::string text = "age-encryption.org/v1\n";
    while (text.size() <= kAgeHeaderBytesMax) {
        text += "-> grease " + std::string(1000, 'a') + "\n\n";
    }
    EXPECT_EQ(why(to_bytes(text)), "crypto.age.header-limit");
}

TEST_F(AgeFile, HeadIsTheDigestOfHeaderAndNonce) {
    const Bytes file = sealed(100);
    FakeDisk disk;
    auto stored = disk.create("/bank").value();
    ASSERT_TRUE(stored->append(file).ok());
    const AgeHead head = age_head(file).value();
    EXPECT_EQ(head.digest, sha256(ByteView(file).first(head.bytes)));
    EXPECT_EQ(head.bytes, file.size() - 100 - 16);
    EXPECT_EQ(age_head(*stored).value(), head);
    EXPECT_EQ(AgeReader::open(*stored, key_)->head(), head);
}

TEST_F(AgeFile, StreamsInAnyPieces) {
    const Bytes plain = sample(2 * kChunk + 5);
    for (const std::size_t piece : {std::size_t{1000}, kChunk, kChunk + 1, plain.size()}) {
        Bytes file;
        const std::vector<AgeRecipient> to = {key_.recipient()};
        AgeWriter writer = AgeWriter::begin(random_, to, [&](ByteView bytes) -> Status {
                               append(file, bytes);
                               return Ok{};
                           }).value();
        for (std::size_t at = 0; at < plain.size(); at += piece) {
            const std::size_t size = std::min(piece, plain.size() - at);
            ASSERT_TRUE(writer.write(ByteView(plain).subspan(at, size)).ok());
        }
        ASSERT_TRUE(writer.finish().ok());
        EXPECT_EQ(age_decrypt(file, key_).value(), plain);
    }
}

TEST_F(AgeFile, StopsAtTheErrorOfItsSink) {
    const std::vector<AgeRecipient> to = {key_.recipient()};
    const Result<AgeWriter> writer = AgeWriter::begin(
        random_, to, [](ByteView) -> Status { return fail(Code::kFull, "base.disk.full"_id); });
    EXPECT_EQ(writer.error().code, Code::kFull);
}

TEST_F(AgeFile, ReadsAnyRange) {
    const Bytes plain = sample(3 * kChunk + 9);
    FakeDisk disk;
    auto stored = disk.create("/bank").value();
    ASSERT_TRUE(stored->append(age_encrypt(random_, plain, key_.recipient())).ok());
    AgeReader reader = AgeReader::open(*stored, key_).value();
    ASSERT_EQ(reader.size(), plain.size());
    for (int i = 0; i < 200; ++i) {
        const std::size_t from = random_.below(plain.size() + 10);
        Bytes out(random_.below(2 * kChunk));
        const std::size_t count = reader.read_at(from, out).value();
        const std::size_t there = from >= plain.size() ? 0 : plain.size() - from;
        ASSERT_EQ(count, std::min(out.size(), there));
        ASSERT_TRUE(std::equal(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count),
                               plain.begin() + static_cast<std::ptrdiff_t>(count == 0 ? 0 : from)));
    }
}

TEST_F(AgeFile, ReaderFindsACutWhenItOpensAndAChangeWhenItReads) {
    const Bytes file = sealed(3 * kChunk);
    FakeDisk disk;
    auto stored = disk.create("/bank").value();
    ASSERT_TRUE(stored->append(ByteView(file).first(file.size() - kSealedChunk)).ok());
    EXPECT_EQ(AgeReader::open(*stored, key_).error().code, Code::kCorrupt);

    ASSERT_TRUE(stored->write_at(0, file).ok());
    const std::uint8_t flipped[] = {
        static_cast<std::uint8_t>(file[payload(file) + kSealedChunk] ^ 1U)};
    ASSERT_TRUE(stored->write_at(payload(file) + kSealedChunk, flipped).ok());
    AgeReader reader = AgeReader::open(*stored, key_).value();
    Bytes out(kChunk);
    EXPECT_TRUE(reader.read_at(0, out).ok());
    EXPECT_EQ(reader.read_at(kChunk, out).error().code, Code::kCorrupt);
    EXPECT_TRUE(reader.read_at(2 * kChunk, out).ok());
}

TEST_F(AgeFile, OpensWithThePinOnly) {
    const Pin pin = pin_of("135790");
    const Pin wrong = pin_of("135791");
    const Bytes file = age_encrypt_passphrase(random_, as_bytes("key"), pin, 4).value();
    EXPECT_TRUE(age_wants_passphrase(file));
    EXPECT_FALSE(age_wants_passphrase(sealed(3)));
    EXPECT_EQ(as_text(age_decrypt_passphrase(file, pin, 4)->view()), "key");
    EXPECT_EQ(age_decrypt_passphrase(file, wrong, 4).error().what.id, "crypto.age.passphrase"_id);
    EXPECT_EQ(age_decrypt_passphrase(file, pin, 3).error().code, Code::kLimit);
    EXPECT_EQ(age_decrypt(file, key_).error().what.id, "crypto.age.no-match"_id);
    EXPECT_EQ(age_decrypt_passphrase(sealed(3), pin, 4).error().what.id, "crypto.age.no-match"_id);
}

/// Tries to seal in a process that may not have the 1 GiB that 2^20 asks for.
[[noreturn]] void seal_without_memory() {
    FakeRandom random(1);
    const rlimit little{std::size_t{512} << 20U, std::size_t{512} << 20U};
    ::setrlimit(RLIMIT_AS, &little);
    const auto file = age_encrypt_passphrase(random, as_bytes("key"), pin_of("135790"), 20);
    const bool said = !file.ok() && file.error().code == Code::kUnavailable &&
                      file.error().what.id == "crypto.age.memory"_id;
    std::_Exit(said ? 0 : 1);
}

TEST_F(AgeFile, IsNotMadeWhereScryptGetsNoMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory is beyond any limit";
#endif
    EXPECT_EXIT(seal_without_memory(), testing::ExitedWithCode(0), "");
}

TEST_F(AgeFile, SurvivesArmor) {
    for (std::size_t size = 0; size < 200; ++size) {
        const Bytes bytes = sample(size);
        if (size > 0) {
            EXPECT_EQ(age_dearmor(age_armor(bytes)).value(), bytes) << size;
        }
    }
    const std::string armor = age_armor(sealed(10));
    EXPECT_TRUE(is_age_armor(as_bytes(armor)));
    EXPECT_FALSE(is_age_armor(sealed(10)));
}

TEST(AgeKey, ReadsWhatItWrites) {
    FakeRandom random(3);
    const AgeIdentity key = AgeIdentity::generate(random);
    const SecretBytes text = key.text();
    EXPECT_THAT(std::string(as_text(text.view())), testing::StartsWith("AGE-SECRET-KEY-1"));
    EXPECT_EQ(AgeIdentity::from_text(as_text(text.view()))->recipient(), key.recipient());
    EXPECT_EQ(AgeRecipient::from_text(key.recipient().text()).value(), key.recipient());
    const std::string file =
        "# created: 2026-03-01\r\n# public key: x\r\n\r\n" + to_string(text.view()) + "\r\n";
    EXPECT_EQ(AgeIdentity::from_file_text(as_bytes(file))->recipient(), key.recipient());
}

TEST(AgeKey, RefusesMistypedTexts) {
    FakeRandom random(3);
    const std::string good = AgeIdentity::generate(random).recipient().text();
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = bad[i] == 'q' ? 'p' : 'q';
        EXPECT_FALSE(AgeRecipient::from_text(bad).ok()) << bad;
    }
    EXPECT_FALSE(AgeRecipient::from_text(good + "q").ok());
    EXPECT_FALSE(AgeRecipient::from_text("").ok());
    EXPECT_FALSE(AgeIdentity::from_text("AGE-SECRET-KEY-1").ok());
    EXPECT_FALSE(AgeIdentity::from_file_text(as_bytes("# nothing\n")).ok());
}

TEST(AgeKey, RefusesPointsOfSmallOrder) {
    Bytes zero(32);
    EXPECT_FALSE(AgeRecipient::from_bytes(zero).ok());
    zero[0] = 1;
    EXPECT_FALSE(AgeRecipient::from_bytes(zero).ok());
}

}  // namespace assay::crypto
