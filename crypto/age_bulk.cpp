#include "crypto/age_bulk.h"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>

#include "crypto/age_open.h"

namespace assay::crypto {

using age::Opening;

Result<std::uint64_t> age_decrypt_memory(ByteView file, const AgeIdentity& identity,
                                         const Sink& sink) {
    ASSAY_TRY(const Opening opening, age::open_head(file, identity));
    ByteView sealed = file.subspan(opening.head.bytes);
    Bytes plain(age::kChunkBytes);
    const WipeLater wiper(plain);
    std::uint64_t total = 0;
    for (std::uint64_t number = 0;; ++number) {
        const std::size_t size = std::min(sealed.size(), age::kSealedChunkBytes);
        const bool last = size == sealed.size();
        if (size < kAeadTagBytes || (last && size == kAeadTagBytes && number > 0)) {
            return age::broken_payload();
        }
        const std::span<std::uint8_t> out = std::span(plain).first(size - kAeadTagBytes);
        ASSAY_TRY_STATUS(
            age::release_chunk(opening.chunks, number, last, sealed.first(size), out, sink));
        total += out.size();
        if (last) {
            return total;
        }
        sealed = sealed.subspan(size);
    }
}

namespace {

constexpr std::size_t kBatchChunks = kBulkBatchBytes / age::kChunkBytes;
constexpr std::size_t kBatchSealedBytes = kBatchChunks * age::kSealedChunkBytes;

/// Some chunks that follow each other. One byte more is read, because only the end of the stream
/// shows which chunk is the last.
struct Batch {
    Batch() : sealed(kBatchSealedBytes + 1), plain(kBulkBatchBytes) {}
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    ~Batch() { wipe(plain); }

    std::size_t chunks() const {
        return (size + age::kSealedChunkBytes - 1) / age::kSealedChunkBytes;
    }
    std::uint64_t number(std::size_t chunk) const { return turn * kBatchChunks + chunk; }
    bool is_last(std::size_t chunk) const { return last && chunk + 1 == chunks(); }
    ByteView sealed_chunk(std::size_t chunk) const {
        const std::size_t at = chunk * age::kSealedChunkBytes;
        return ByteView(sealed).subspan(at, std::min(age::kSealedChunkBytes, size - at));
    }
    /// Empty where the chunk has no room for a tag.
    std::span<std::uint8_t> plain_chunk(std::size_t chunk) {
        const std::size_t bytes = sealed_chunk(chunk).size();
        return std::span(plain).subspan(chunk * age::kChunkBytes,
                                        bytes < kAeadTagBytes ? 0 : bytes - kAeadTagBytes);
    }
    /// No writer makes an empty last chunk but in an empty file.
    bool possible(std::size_t chunk) const {
        const std::size_t bytes = sealed_chunk(chunk).size();
        return bytes > kAeadTagBytes || (bytes == kAeadTagBytes && number(chunk) == 0);
    }

    Bytes sealed;
    Bytes plain;
    std::size_t size = 0;  ///< of what is sealed
    std::uint64_t turn = 0;
    bool last = false;
};

/// Batches are taken in order, opened at the same time, and handed on in order.
class Relay {
  public:
    Relay(age::Refilled& rest, const Sink& sink) : rest_(rest), sink_(sink) {}

    /// One of the runners: until the stream ends or something fails.
    void run(const age::Chunks& chunks) {
        Batch batch;
        while (take(batch)) {
            const std::size_t opened = open(chunks, batch);
            if (!hand_on(chunks, batch, opened)) {
                return;
            }
        }
    }
    Result<std::uint64_t> outcome() const {
        return failed_turn_ == kNone ? Result<std::uint64_t>(total_)
                                     : Result<std::uint64_t>(*error_);
    }

  private:
    static constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

    bool take(Batch& batch) {
        const std::lock_guard reading(read_lock_);
        if (ended_ || stopped()) {
            return false;
        }
        batch.turn = next_taken_++;
        std::size_t held = 0;
        if (batch.turn > 0) {
            batch.sealed[held++] = ahead_;
        }
        const Result<std::size_t> more = rest_.fill(std::span(batch.sealed).subspan(held));
        if (!more.ok()) {
            fail_at(batch.turn, more.error());
            return false;
        }
        held += *more;
        batch.last = held <= kBatchSealedBytes;
        batch.size = std::min(held, kBatchSealedBytes);
        ahead_ = batch.sealed[kBatchSealedBytes];
        ended_ = batch.last;
        return true;
    }

    /// How many chunks from the beginning are right.
    static std::size_t open(const age::Chunks& chunks, Batch& batch) {
        std::size_t done = 0;
        while (done < batch.chunks() && batch.possible(done) &&
               chunks
                   .open(batch.number(done), batch.is_last(done), batch.sealed_chunk(done),
                         batch.plain_chunk(done))
                   .ok()) {
            ++done;
        }
        return done;
    }

    bool hand_on(const age::Chunks& chunks, Batch& batch, std::size_t opened) {
        {
            std::unique_lock waiting(turn_lock_);
            turn_came_.wait(waiting, [&] { return next_out_ == batch.turn || error_.has_value(); });
            if (next_out_ != batch.turn) {
                return false;
            }
        }
        const Status done = put(chunks, batch, opened);
        if (!done.ok()) {
            fail_at(batch.turn, done.error());
            return false;
        }
        {
            const std::lock_guard lock(turn_lock_);
            ++next_out_;
        }
        turn_came_.notify_all();
        return true;
    }

    Status put(const age::Chunks& chunks, Batch& batch, std::size_t opened) {
        for (std::size_t chunk = 0; chunk < opened; ++chunk) {
            ASSAY_TRY_STATUS(sink_(batch.plain_chunk(chunk)));
            total_ += batch.plain_chunk(chunk).size();
        }
        if (opened == batch.chunks() && batch.size > 0) {
            return Ok{};
        }
        if (batch.size == 0 || !batch.possible(opened)) {
            return age::broken_payload();
        }
        return age::release_chunk(chunks, batch.number(opened), batch.is_last(opened),
                                  batch.sealed_chunk(opened), batch.plain_chunk(opened), sink_);
    }

    bool stopped() {
        const std::lock_guard lock(turn_lock_);
        return error_.has_value();
    }
    /// The earliest failure in the stream is the one that is told.
    void fail_at(std::uint64_t turn, const Error& error) {
        {
            const std::lock_guard lock(turn_lock_);
            if (turn < failed_turn_) {
                failed_turn_ = turn;
                error_ = error;
            }
        }
        turn_came_.notify_all();
    }

    age::Refilled& rest_;
    const Sink& sink_;
    std::mutex read_lock_;
    std::uint64_t next_taken_ = 0;
    std::uint8_t ahead_ = 0;
    bool ended_ = false;
    std::mutex turn_lock_;
    std::condition_variable turn_came_;
    std::uint64_t next_out_ = 0;
    std::uint64_t total_ = 0;  ///< of whoever has the turn
    std::uint64_t failed_turn_ = kNone;
    std::optional<Error> error_;
};

}  // namespace

Result<std::uint64_t> age_decrypt_two_threads(const Source& source, const AgeIdentity& identity,
                                              const Sink& sink) {
    Bytes first(age::kFirstReadBytes);
    ASSAY_TRY(const std::size_t first_size, age::Refilled(source, {}).fill(first));
    first.resize(first_size);
    ASSAY_TRY(const Opening mine, age::open_head(first, identity));
    // The header is opened twice: a cipher's state belongs to one thread.
    ASSAY_TRY(const Opening other, age::open_head(first, identity));
    first.erase(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(mine.head.bytes));
    age::Refilled rest(source, std::move(first));
    Relay relay(rest, sink);
    std::thread second;
    try {
        if (first_size == age::kFirstReadBytes) {
            second = std::thread([&] { relay.run(other.chunks); });
        }
    } catch (const std::system_error&) {
        // No second thread: this one does it all.
    }
    relay.run(mine.chunks);
    if (second.joinable()) {
        second.join();
    }
    return relay.outcome();
}

}  // namespace assay::crypto
