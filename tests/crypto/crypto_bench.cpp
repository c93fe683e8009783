// Figures of this folder beside the bare library calls that they cannot beat.
#include <algorithm>
#include <atomic>
#include <thread>

#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/age_bulk.h"
#include "crypto/age_chunks.h"
#include "crypto/base/fake_disk.h"
#include "crypto/dsse.h"
#include "crypto/hash.h"
#include "tests/support/memory.h"
#include "tests/support/paired_bench.h"

namespace assay::crypto {

namespace {

constexpr std::size_t kFileBytes = std::size_t{256} << 20U;

Bytes sample() {
    FakeRandom random(1);
    Bytes out(kFileBytes);
    random.fill(out);
    return out;
}

/// The reference: OpenSSL alone over the same chunks, one buffer, no format around them.
class BareChaCha {
  public:
    BareChaCha() : out_(age::kSealedChunkBytes) {}
    BareChaCha(const BareChaCha&) = delete;
    BareChaCha& operator=(const BareChaCha&) = delete;
    ~BareChaCha() {
        EVP_CIPHER_CTX_free(context_);
        EVP_CIPHER_free(cipher_);
    }
    void seal(ByteView plain) {
        std::uint8_t tag[kAeadTagBytes];
        for (std::size_t at = 0; at < plain.size(); at += age::kChunkBytes) {
            const ByteView chunk = plain.subspan(at, std::min(age::kChunkBytes, plain.size() - at));
            int written = 0;
            EVP_EncryptInit_ex2(context_, cipher_, key_, nonce(at), nullptr);
            EVP_EncryptUpdate(context_, out_.data(), &written, chunk.data(),
                              static_cast<int>(chunk.size()));
            EVP_EncryptFinal_ex(context_, tag, &written);
            EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_AEAD_GET_TAG, sizeof tag, tag);
        }
        benchmark::DoNotOptimize(out_.data());
    }
    /// Every chunk has a wrong tag: the work is the same.
    void open(ByteView sealed) {
        std::uint8_t tag[kAeadTagBytes] = {};
        for (std::size_t at = 0; at < sealed.size(); at += age::kSealedChunkBytes) {
            const std::size_t size = std::min(age::kSealedChunkBytes, sealed.size() - at);
            int written = 0;
            EVP_DecryptInit_ex2(context_, cipher_, key_, nonce(at), nullptr);
            EVP_CIPHER_CTX_ctrl(context_, EVP_CTRL_AEAD_SET_TAG, sizeof tag, tag);
            EVP_DecryptUpdate(context_, out_.data(), &written, sealed.subspan(at).data(),
                              static_cast<int>(size - sizeof tag));
            benchmark::DoNotOptimize(EVP_DecryptFinal_ex(context_, tag, &written));
        }
    }

  private:
    const std::uint8_t* nonce(std::size_t number) {
        nonce_[0] = static_cast<std::uint8_t>(number >> 16U);
        return nonce_;
    }
    EVP_CIPHER* cipher_ = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
    EVP_CIPHER_CTX* context_ = EVP_CIPHER_CTX_new();
    std::uint8_t key_[kAeadKeyBytes] = {1};
    std::uint8_t nonce_[12] = {};
    Bytes out_;
};

Sink counting(std::uint64_t& total) {
    return [&total](ByteView bytes) -> Status {
        total += bytes.size();
        return Ok{};
    };
}

void AgeEncrypt(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    const Bytes plain = sample();
    BareChaCha bare;
    test::paired(
        state,
        [&] {
            std::uint64_t total = 0;
            AgeWriter writer =
                AgeWriter::begin(random, {&key.recipient(), 1}, counting(total)).value();
            if (!writer.write(plain).ok() || !writer.finish().ok()) {
                state.SkipWithError("cannot encrypt");
            }
        },
        [&] { bare.seal(plain); });
}
BENCHMARK(AgeEncrypt)->UseManualTime();

void AgeDecrypt(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    const Bytes file = age_encrypt(random, sample(), key.recipient());
    BareChaCha bare;
    test::paired(
        state,
        [&] {
            std::uint64_t total = 0;
            if (!age_decrypt_memory(file, key, counting(total)).ok() || total != kFileBytes) {
                state.SkipWithError("cannot decrypt");
            }
        },
        [&] { bare.open(ByteView(file).last(age_payload_bytes(kFileBytes))); });
}
BENCHMARK(AgeDecrypt)->UseManualTime();

/// The most bytes that `streams` files of 64 MiB, opened at once by a thread each, hold beyond what
/// was there before: in the counter peak_mib. The source and the sink keep nothing.
void StreamsInMemory(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    const Bytes file = age_encrypt(random, Bytes(kFileBytes / 4, 'x'), key.recipient());
    const auto streams = static_cast<std::size_t>(state.range(0));
    std::atomic<std::size_t> most = 0;
    std::atomic<bool> good = true;
    for (auto _ : state) {
        const std::size_t before = test::bytes_in_use();
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < streams; ++i) {
            threads.emplace_back([&] {
                const Source source = [rest = ByteView(file)](std::span<std::uint8_t> out) mutable {
                    const std::size_t part = std::min(out.size(), rest.size());
                    std::copy_n(rest.begin(), part, out.begin());
                    rest = rest.subspan(part);
                    return Result<std::size_t>(part);
                };
                const Sink sink = [&](ByteView) -> Status {
                    const std::size_t now = std::max(test::bytes_in_use(), before) - before;
                    for (std::size_t seen = most;
                         now > seen && !most.compare_exchange_weak(seen, now);) {
                    }
                    return Ok{};
                };
                if (!age_decrypt_stream(source, key, sink).ok()) {
                    good = false;
                }
            });
        }
        for (std::thread& each : threads) {
            each.join();
        }
    }
    state.counters["peak_mib"] = static_cast<double>(most.load()) / (1U << 20U);
    if (!good) {
        state.SkipWithError("cannot decrypt");
    }
}
BENCHMARK(StreamsInMemory)->Arg(1)->Arg(8)->Iterations(1)->Unit(benchmark::kMillisecond);

/// Opening included: header, key, last chunk, then one byte in the middle.
void AgeFirstByteAtAnOffset(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    FakeDisk disk;
    const auto file = disk.create("/f").value();
    const std::size_t size = std::size_t{16} << 20U;
    if (!file->append(age_encrypt(random, Bytes(size), key.recipient())).ok()) {
        state.SkipWithError("the file cannot be written");
    }
    std::uint8_t byte[1];
    for (auto _ : state) {
        AgeReader reader = AgeReader::open(*file, key).value();
        benchmark::DoNotOptimize(reader.read_at(random.below(size), byte).ok());
    }
}
BENCHMARK(AgeFirstByteAtAnOffset)->Unit(benchmark::kMicrosecond);

void BareVerify(benchmark::State& state) {
    FakeRandom random(3);
    const SigningKey key = SigningKey::generate(random);
    const Bytes message(1000, 7);
    const Signature signature = key.sign(message);
    for (auto _ : state) {
        benchmark::DoNotOptimize(crypto_sign_verify_detached(signature.bytes.data(), message.data(),
                                                             message.size(),
                                                             key.verify_key().view().data()));
    }
}
BENCHMARK(BareVerify)->Unit(benchmark::kMicrosecond);

/// Parse and two of three signatures, keys already checked: twice BareVerify at best.
void EnvelopeTwoOfThree(benchmark::State& state) {
    FakeRandom random(3);
    std::vector<VerifyKey> allowed;
    Envelope envelope;
    envelope.payload = Bytes(1000, 7);
    for (int i = 0; i < 3; ++i) {
        const SigningKey key = SigningKey::generate(random);
        allowed.push_back(key.verify_key());
        if (i < 2) {
            envelope.add_signature(key);
        }
    }
    const std::string json = envelope.json();
    for (auto _ : state) {
        const Envelope read = Envelope::parse(as_bytes(json)).value();
        benchmark::DoNotOptimize(require_threshold(read, allowed, 2).ok());
    }
}
BENCHMARK(EnvelopeTwoOfThree)->Unit(benchmark::kMicrosecond);

void KeyCheck(benchmark::State& state) {
    FakeRandom random(3);
    const Bytes key = to_bytes(SigningKey::generate(random).verify_key().view());
    for (auto _ : state) {
        benchmark::DoNotOptimize(VerifyKey::from_bytes(key).ok());
    }
}
BENCHMARK(KeyCheck)->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace assay::crypto
