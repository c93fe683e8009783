#include <algorithm>

#include "crypto/age.h"
#include "crypto/age_chunks.h"
#include "crypto/age_header.h"
#include "crypto/age_open.h"
#include "crypto/age_stanza.h"

namespace assay::crypto {

namespace {

using age::open_head;
using age::open_with;
using age::Opening;
using age::Refilled;

Result<Bytes> first_bytes(File& file) {
    Bytes out(age::kFirstReadBytes);
    ASSAY_TRY(const std::size_t count, file.read_at(0, out));
    out.resize(count);
    return out;
}

Result<age::Division> division_of(const Opening& opening, ByteView file) {
    ASSAY_TRY(const age::Division division, age::divide(file.size() - opening.head.bytes));
    if (division.plain > kAgePlainBytesMax) {
        return fail(Code::kLimit, "crypto.age.plain-limit"_id,
                    {{"limit", std::to_string(kAgePlainBytesMax)}});
    }
    return division;
}

Status open_all(const Opening& opening, const age::Division& division, ByteView file,
                std::span<std::uint8_t> out) {
    ByteView sealed = file.subspan(opening.head.bytes);
    for (std::uint64_t number = 0; number < division.chunks; ++number) {
        const bool last = number + 1 == division.chunks;
        const std::size_t plain = last ? division.last_plain : age::kChunkBytes;
        ASSAY_TRY_STATUS(opening.chunks.open(number, last, sealed.first(plain + kAeadTagBytes),
                                             out.first(plain)));
        sealed = sealed.subspan(plain + kAeadTagBytes);
        out = out.subspan(plain);
    }
    return Ok{};
}

Result<SecretBytes> decrypt_secret(const Opening& opening, ByteView file) {
    ASSAY_TRY(const age::Division division, division_of(opening, file));
    SecretBytes out = SecretBytes::zeros(division.plain);
    ASSAY_TRY_STATUS(open_all(opening, division, file, out.span()));
    return out;
}

}  // namespace

Result<Bytes> age_decrypt(ByteView file, const AgeIdentity& identity) {
    ASSAY_TRY(const Opening opening, open_head(file, identity));
    ASSAY_TRY(const age::Division division, division_of(opening, file));
    Bytes out(division.plain);
    ASSAY_TRY_STATUS(open_all(opening, division, file, out));
    return out;
}

Result<SecretBytes> age_decrypt_secret(ByteView file, const AgeIdentity& identity) {
    ASSAY_TRY(const Opening opening, open_head(file, identity));
    return decrypt_secret(opening, file);
}

Result<SecretBytes> age_decrypt_passphrase(ByteView file, const Pin& pin, int max_log_n) {
    ASSAY_TRY(const Opening opening, open_with(file, [&](const age::Header& header) {
                  return age::unwrap(header, file, pin, max_log_n);
              }));
    return decrypt_secret(opening, file);
}

bool age_wants_passphrase(ByteView file) {
    const Result<age::Header> header = age::read_header(file);
    return header.ok() && header->stanzas[0].arguments[0] == "scrypt";
}

Result<AgeHead> age_head(ByteView file) {
    ASSAY_TRY(const age::Header header, age::read_header(file));
    return age::head_of(header, file);
}

Result<AgeHead> age_head(File& file) {
    ASSAY_TRY(const Bytes first, first_bytes(file));
    return age_head(ByteView(first));
}

// One byte more than a chunk is read, because only the end of the stream shows which is the last.
Result<std::uint64_t> age_decrypt_stream(const Source& source, const AgeIdentity& identity,
                                         const Sink& sink) {
    Bytes first(age::kFirstReadBytes);
    ASSAY_TRY(const std::size_t first_size, Refilled(source, {}).fill(first));
    first.resize(first_size);
    ASSAY_TRY(const Opening opening, open_head(first, identity));
    first.erase(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(opening.head.bytes));
    Refilled rest(source, std::move(first));
    Bytes sealed(age::kSealedChunkBytes + 1);
    Bytes plain(age::kChunkBytes);
    const WipeLater wiper(plain);
    std::size_t held = 0;
    std::uint64_t total = 0;
    for (std::uint64_t number = 0;; ++number) {
        ASSAY_TRY(const std::size_t more, rest.fill(std::span(sealed).subspan(held)));
        held += more;
        const bool last = held <= age::kSealedChunkBytes;
        const std::size_t size = std::min(held, age::kSealedChunkBytes);
        if (size < kAeadTagBytes || (last && size == kAeadTagBytes && number > 0)) {
            return age::broken_payload();
        }
        const std::span<std::uint8_t> out = std::span(plain).first(size - kAeadTagBytes);
        ASSAY_TRY_STATUS(age::release_chunk(opening.chunks, number, last,
                                            ByteView(sealed).first(size), out, sink));
        total += out.size();
        if (last) {
            return total;
        }
        sealed[0] = sealed[size];
        held = 1;
    }
}

struct AgeReader::State {
    static constexpr std::uint64_t kNoChunk = ~std::uint64_t{0};

    State(File& from, Opening opened, const age::Division& how)
        : file(from), opening(std::move(opened)), division(how), plain(age::kChunkBytes) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { wipe(plain); }

    /// The chunk in `plain`, authenticated; its size.
    Result<std::size_t> load(std::uint64_t number) {
        const bool last = number + 1 == division.chunks;
        const std::size_t size = last ? division.last_plain : age::kChunkBytes;
        if (number == loaded) {
            return size;
        }
        loaded = kNoChunk;
        sealed.resize(size + kAeadTagBytes);
        ASSAY_TRY(const std::size_t count,
                  file.read_at(opening.head.bytes + number * age::kSealedChunkBytes, sealed));
        if (count != sealed.size()) {
            return age::broken_payload();
        }
        ASSAY_TRY_STATUS(opening.chunks.open(number, last, sealed, std::span(plain).first(size)));
        loaded = number;
        return size;
    }

    File& file;
    Opening opening;
    age::Division division;
    std::uint64_t loaded = kNoChunk;
    Bytes plain;
    Bytes sealed;
};

AgeReader::AgeReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
AgeReader::AgeReader(AgeReader&&) noexcept = default;
AgeReader& AgeReader::operator=(AgeReader&&) noexcept = default;
AgeReader::~AgeReader() = default;

Result<AgeReader> AgeReader::open(File& file, const AgeIdentity& identity) {
    ASSAY_TRY(const Bytes first, first_bytes(file));
    ASSAY_TRY(Opening opening, open_head(first, identity));
    ASSAY_TRY(const std::uint64_t size, file.size());
    if (size < opening.head.bytes) {
        return age::broken_payload();
    }
    ASSAY_TRY(const age::Division division, age::divide(size - opening.head.bytes));
    auto state = std::make_unique<State>(file, std::move(opening), division);
    ASSAY_TRY_STATUS(state->load(division.chunks - 1));
    return AgeReader(std::move(state));
}

std::uint64_t AgeReader::size() const { return state_->division.plain; }

const AgeHead& AgeReader::head() const { return state_->opening.head; }

Result<std::size_t> AgeReader::read_at(std::uint64_t offset, std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size() && offset < size()) {
        ASSAY_TRY(const std::size_t chunk, state_->load(offset / age::kChunkBytes));
        const std::size_t from = offset % age::kChunkBytes;
        const std::size_t part = std::min(out.size() - done, chunk - from);
        std::ranges::copy(std::span(state_->plain).subspan(from, part), out.subspan(done).begin());
        done += part;
        offset += part;
    }
    return done;
}

}  // namespace assay::crypto
