// XChaCha20-Poly1305 does not commit to its key: whoever knows two keys can make a record that
// opens under both, and could later show the organisation another answer than the desk. Here is
// one; what refuses it is the digest of the key in the signed start.
#include <optional>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <sodium.h>

#include "crypto/kdf.h"
#include "tests/crypto/record/packed.h"

namespace assay::test {
namespace {

using boost::multiprecision::cpp_int;

constexpr std::size_t kBlock = 16;

cpp_int little(ByteView bytes) {
    cpp_int out;
    import_bits(out, bytes.begin(), bytes.end(), 8, false);
    return out;
}

const cpp_int& prime() {
    static const cpp_int kPrime = (cpp_int(1) << 130U) - 5;
    return kPrime;
}

cpp_int modulo(const cpp_int& a) { return ((a % prime()) + prime()) % prime(); }

cpp_int power(const cpp_int& base, const cpp_int& exponent) {
    return powm(base, exponent, prime());
}

/// Poly1305 as the polynomial that it is: the one-time key of one cipher key and nonce.
class Authenticator {
  public:
    Authenticator(const crypto::SecretBytes& key, ByteView nonce) {
        std::array<std::uint8_t, 32> subkey{};
        crypto_core_hchacha20(subkey.data(), nonce.data(), key.view().data(), nullptr);
        std::array<std::uint8_t, 12> rest{};
        std::copy_n(nonce.begin() + 16, 8, rest.begin() + 4);
        std::array<std::uint8_t, 32> one_time{};
        crypto_stream_chacha20_ietf(one_time.data(), one_time.size(), rest.data(), subkey.data());
        r_ = little(ByteView(one_time).first(kBlock)) &
             cpp_int("0x0ffffffc0ffffffc0ffffffc0fffffff");
        s_ = little(ByteView(one_time).subspan(kBlock));
    }
    /// Of whole blocks, before reduction modulo 2^128.
    cpp_int tag(ByteView blocks) const {
        cpp_int sum;
        for (std::size_t at = 0; at < blocks.size(); at += kBlock) {
            sum = modulo((sum + little(blocks.subspan(at, kBlock)) + (cpp_int(1) << 128U)) * r_);
        }
        return sum + s_;
    }
    /// What block number `block` of `count` is multiplied with.
    cpp_int weight(std::size_t block, std::size_t count) const {
        return power(r_, cpp_int(count - block));
    }

  private:
    cpp_int r_;
    cpp_int s_;
};

Bytes padded(Bytes bytes) {
    bytes.resize((bytes.size() + kBlock - 1) / kBlock * kBlock);
    return bytes;
}

/// Context, ciphertext, both lengths: what the tag is over.
Bytes authenticated(ByteView context, ByteView sealed) {
    Bytes out = padded(to_bytes(context));
    append(out, padded(to_bytes(sealed)));
    for (const std::size_t size : {context.size(), sealed.size()}) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            out.push_back(static_cast<std::uint8_t>(std::uint64_t{size} >> shift));
        }
    }
    return out;
}

/// Two whole blocks: the first as given, the second so that both keys give one tag; not each first
/// block has such a second one.
std::optional<Bytes> with_one_tag(const Authenticator& a, const Authenticator& b, ByteView nonce,
                                  ByteView context, ByteView first) {
    Bytes sealed = to_bytes(first);
    sealed.resize(2 * kBlock);
    Bytes all = authenticated(context, sealed);
    const std::size_t count = all.size() / kBlock;
    const std::size_t free = count - 2;
    const cpp_int difference = modulo(a.tag(all) - b.tag(all));
    const cpp_int weights = modulo(a.weight(free, count) - b.weight(free, count));
    const cpp_int inverse = power(weights, prime() - 2);
    const cpp_int block = modulo(-difference * inverse);
    if ((block >> 128U) != 0) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < kBlock; ++i) {
        sealed[kBlock + i] = static_cast<std::uint8_t>((block >> (8 * i)) & 0xff);
    }
    all = authenticated(context, sealed);
    const cpp_int mask = (cpp_int(1) << 128U) - 1;
    const cpp_int tag = a.tag(all) & mask;
    if (tag != (b.tag(all) & mask)) {
        return std::nullopt;
    }
    Bytes record = to_bytes(nonce);
    append(record, sealed);
    for (std::size_t i = 0; i < kBlock; ++i) {
        record.push_back(static_cast<std::uint8_t>((tag >> (8 * i)) & 0xff));
    }
    return record;
}

/// A record at the head of a journal that opens under both of its author's keys.
Bytes two_faced(const record::JournalHead& at, const crypto::JournalKey& one,
                const crypto::JournalKey& two, FakeRandom& random) {
    const auto of = [&](const crypto::JournalKey& key) {
        return crypto::hkdf_sha256(key.view(), at.journal.view(), "assay/v1/journal");
    };
    Bytes context = to_bytes(at.journal.view());
    append_be64(context, at.count);
    append(context, at.head.view());
    Bytes nonce(24);
    random.fill(nonce);
    const Authenticator a(of(one), nonce);
    const Authenticator b(of(two), nonce);
    Bytes first(kBlock);
    while (true) {
        random.fill(first);
        if (auto record = with_one_tag(a, b, nonce, context, first)) {
            return *record;
        }
    }
}

class TwoKeys : public ::testing::Test {
  protected:
    TwoKeys() {
        record::PackagedJournal& journal = it_.contents.journals.back();
        journal.acknowledgement.reset();
        at_ = it_.head(it_.contents.journals.size() - 1);
        journal.records.push_back(two_faced(at_, journal.key, other_, random_));
        it_.note_heads();
    }
    Result<Bytes> opened(const crypto::JournalKey& key) {
        record::JournalSealer sealer(key, at_.journal, random_);
        return sealer.open(at_.count, at_.head, it_.contents.journals.back().records.back());
    }

    FakeRandom random_{5};
    PackedAttempt it_;
    crypto::JournalKey other_ = crypto::JournalKey::random(random_);
    record::JournalHead at_;
};

TEST_F(TwoKeys, OpenOneRecordAsTwoTexts) {
    const auto one = opened(it_.contents.journals.back().key);
    const auto two = opened(other_);
    ASSERT_TRUE(one.ok() && two.ok()) << "the cipher alone accepts both";
    EXPECT_NE(*one, *two);
    EXPECT_FALSE(opened(crypto::JournalKey::random(random_)).ok());
}

TEST_F(TwoKeys, AreToldApartByTheSignedDigest) {
    const auto disagrees = [](const Status& status) {
        return !status.ok() && status.error() == fail(Code::kCorrupt, "record.package.disagrees"_id,
                                                      {{"part", "journal-key"}});
    };
    EXPECT_FALSE(disagrees(check_contents(it_.package, it_.contents)));
    // Only this record, so that nothing else can refuse the other key.
    it_.contents.journals.back().key = std::move(other_);
    EXPECT_TRUE(disagrees(check_contents(it_.package, it_.contents)));
}

}  // namespace
}  // namespace assay::test
