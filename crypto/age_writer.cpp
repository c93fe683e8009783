#include <algorithm>

#include "crypto/age.h"
#include "crypto/age_chunks.h"
#include "crypto/age_header.h"
#include "crypto/age_stanza.h"
#include "crypto/base/check.h"

namespace assay::crypto {

struct AgeWriter::State {
    State(const SecretBytes& file_key, ByteView nonce, Sink out)
        : chunks(file_key, nonce), sink(std::move(out)) {
        waiting.reserve(age::kChunkBytes);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { wipe(waiting); }

    Status put(bool last, ByteView plain) {
        sealed.resize(plain.size() + kAeadTagBytes);
        chunks.seal(number++, last, plain, sealed);
        return sink(sealed);
    }

    age::Chunks chunks;
    Sink sink;
    std::uint64_t number = 0;
    Bytes waiting;  // reserved once, so that no copy of it stays behind
    Bytes sealed;
    bool finished = false;
};

AgeWriter::AgeWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeWriter::AgeWriter(AgeWriter&&) noexcept = default;
AgeWriter& AgeWriter::operator=(AgeWriter&&) noexcept = default;
AgeWriter::~AgeWriter() = default;

Result<AgeWriter> AgeWriter::begin(Random& random, std::span<const AgeRecipient> recipients,
                                   Sink sink) {
    ASSAY_CHECK(!recipients.empty() && recipients.size() <= kAgeRecipientsMax);
    const SecretBytes file_key = SecretBytes::random(random, age::kFileKeyBytes);
    std::vector<age::Stanza> stanzas;
    for (const AgeRecipient& recipient : recipients) {
        stanzas.push_back(age::wrap_x25519(random, file_key, recipient));
    }
    return begin_with(random, age::write_header(stanzas, file_key), file_key, std::move(sink));
}

Result<AgeWriter> AgeWriter::begin_with(Random& random, Bytes header, const SecretBytes& file_key,
                                        Sink sink) {
    std::array<std::uint8_t, age::kPayloadNonceBytes> nonce{};
    random.fill(nonce);
    append(header, nonce);
    ASSAY_TRY_STATUS(sink(header));
    return AgeWriter(std::make_unique<State>(file_key, nonce, std::move(sink)));
}

// A full chunk waits until more comes: whether it is the last one is part of its seal.
Status AgeWriter::write(ByteView plain) {
    ASSAY_CHECK(!state_->finished);
    Bytes& waiting = state_->waiting;
    while (!plain.empty()) {
        if (waiting.size() == age::kChunkBytes) {
            ASSAY_TRY_STATUS(state_->put(false, waiting));
            waiting.clear();
        }
        if (waiting.empty() && plain.size() > age::kChunkBytes) {
            ASSAY_TRY_STATUS(state_->put(false, plain.first(age::kChunkBytes)));
            plain = plain.subspan(age::kChunkBytes);
            continue;
        }
        const std::size_t part = std::min(plain.size(), age::kChunkBytes - waiting.size());
        append(waiting, plain.first(part));
        plain = plain.subspan(part);
    }
    return Ok{};
}

Status AgeWriter::finish() {
    ASSAY_CHECK(!state_->finished);
    state_->finished = true;
    return state_->put(true, state_->waiting);
}

namespace {

Sink sink_to(Bytes& out) {
    return [&out](ByteView bytes) -> Status {
        append(out, bytes);
        return Ok{};
    };
}

void write_all(Result<AgeWriter> writer, ByteView plain) {
    // The sink is memory and never fails.
    ASSAY_CHECK(writer.ok() && writer->write(plain).ok() && writer->finish().ok());
}

}  // namespace

Bytes age_encrypt(Random& random, ByteView plain, std::span<const AgeRecipient> recipients) {
    Bytes out;
    out.reserve(200 + recipients.size() * 100 + age_payload_bytes(plain.size()));
    write_all(AgeWriter::begin(random, recipients, sink_to(out)), plain);
    return out;
}

Bytes age_encrypt(Random& random, ByteView plain, const AgeRecipient& recipient) {
    return age_encrypt(random, plain, {&recipient, 1});
}

Result<Bytes> age_encrypt_passphrase(Random& random, ByteView plain, const Pin& pin, int log_n) {
    const SecretBytes file_key = SecretBytes::random(random, age::kFileKeyBytes);
    ASSAY_TRY(age::Stanza stanza, age::wrap_scrypt(random, file_key, pin, log_n));
    Bytes header = age::write_header({std::move(stanza)}, file_key);
    Bytes out;
    write_all(AgeWriter::begin_with(random, std::move(header), file_key, sink_to(out)), plain);
    return out;
}

std::uint64_t age_payload_bytes(std::uint64_t plain) {
    const std::uint64_t chunks = plain == 0 ? 1 : (plain + age::kChunkBytes - 1) / age::kChunkBytes;
    return plain + chunks * kAeadTagBytes;
}

}  // namespace assay::crypto
