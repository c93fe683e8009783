// Figures of this folder beside the bare library calls that they cannot beat.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/age.h"
#include "crypto/age_chunks.h"
#include "crypto/base/fake_disk.h"
#include "crypto/dsse.h"
#include "crypto/hash.h"

namespace assay::crypto {

namespace {

constexpr std::size_t kFileBytes = std::size_t{16} << 20U;

Bytes sample() {
    FakeRandom random(1);
    Bytes out(kFileBytes);
    random.fill(out);
    return out;
}

void bytes_done(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(kFileBytes));
}

/// The reference: the same chunks sealed by OpenSSL into one buffer, no format around them.
void BareChaCha(benchmark::State& state) {
    const Bytes plain = sample();
    const ChaChaKey key(Bytes(kAeadKeyBytes, 1));
    Bytes out(age::kSealedChunkBytes);
    for (auto _ : state) {
        for (std::size_t at = 0; at < plain.size(); at += age::kChunkBytes) {
            key.seal({}, {}, ByteView(plain).subspan(at, age::kChunkBytes), out);
        }
        benchmark::DoNotOptimize(out.data());
    }
    bytes_done(state);
}
BENCHMARK(BareChaCha)->Unit(benchmark::kMillisecond);

void AgeEncrypt(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    const Bytes plain = sample();
    for (auto _ : state) {
        benchmark::DoNotOptimize(age_encrypt(random, plain, key.recipient()));
    }
    bytes_done(state);
}
BENCHMARK(AgeEncrypt)->Unit(benchmark::kMillisecond);

void AgeDecrypt(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    const Bytes file = age_encrypt(random, sample(), key.recipient());
    for (auto _ : state) {
        benchmark::DoNotOptimize(age_decrypt(file, key).ok());
    }
    bytes_done(state);
}
BENCHMARK(AgeDecrypt)->Unit(benchmark::kMillisecond);

/// Opening included: header, key, last chunk, then one byte in the middle.
void AgeFirstByteAtAnOffset(benchmark::State& state) {
    FakeRandom random(2);
    const AgeIdentity key = AgeIdentity::generate(random);
    FakeDisk disk;
    const auto file = disk.create("/f").value();
    if (!file->append(age_encrypt(random, sample(), key.recipient())).ok()) {
        state.SkipWithError("the file cannot be written");
    }
    std::uint8_t byte[1];
    for (auto _ : state) {
        AgeReader reader = AgeReader::open(*file, key).value();
        benchmark::DoNotOptimize(reader.read_at(random.below(kFileBytes), byte).ok());
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
