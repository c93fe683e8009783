// Streams in bounded memory: whatever the size, and eight of them together.
#include "tests/support/memory.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "crypto/age_bulk.h"
#include "crypto/base/fake_disk.h"

namespace assay::crypto {

namespace {

using test::bytes_in_use;

constexpr std::size_t kMost = std::size_t{2} << 20U;
constexpr std::size_t kStreams = 8;
constexpr std::size_t kPlainBytes = std::size_t{8} << 20U;

class Memory : public testing::Test {
  protected:
    Memory() : file_(age_encrypt(random_, Bytes(kPlainBytes, 'x'), key_.recipient())) {
        stored_ = disk_.create("/f").value();
        EXPECT_TRUE(stored_->append(file_).ok());
    }
    static Source source_of(ByteView file) {
        return [rest = file](std::span<std::uint8_t> out) mutable {
            const std::size_t part = std::min(out.size(), rest.size());
            std::copy_n(rest.begin(), part, out.begin());
            rest = rest.subspan(part);
            return Result<std::size_t>(part);
        };
    }
    std::size_t since(std::size_t before) const {
        return std::max(bytes_in_use(), before) - before;
    }

    FakeRandom random_{1};
    AgeIdentity key_ = AgeIdentity::generate(random_);
    Bytes file_;
    FakeDisk disk_;
    std::unique_ptr<File> stored_;
};

TEST_F(Memory, EightStreamsStayWithinTheBoundOfOne) {
    const std::size_t before = bytes_in_use();
    std::atomic<std::size_t> most = 0;
    std::vector<std::thread> streams;
    for (std::size_t i = 0; i < kStreams; ++i) {
        streams.emplace_back([&] {
            const auto size = age_decrypt_stream(source_of(file_), key_, [&](ByteView) -> Status {
                const std::size_t now = since(before);
                for (std::size_t seen = most;
                     now > seen && !most.compare_exchange_weak(seen, now);) {
                }
                return Ok{};
            });
            EXPECT_EQ(size.ok() ? *size : 0, kPlainBytes);
        });
    }
    for (std::thread& each : streams) {
        each.join();
    }
    RecordProperty("bytes", static_cast<int>(most));
    EXPECT_LE(most, kMost);
}

TEST_F(Memory, TwoThreadsHoldAFewBatches) {
    const std::size_t before = bytes_in_use();
    std::size_t most = 0;
    const auto size = age_decrypt_two_threads(source_of(file_), key_, [&](ByteView) -> Status {
        most = std::max(most, since(before));
        return Ok{};
    });
    ASSERT_TRUE(size.ok());
    EXPECT_LE(most, kMost);
}

TEST_F(Memory, EightReadersOfAnyRangeStayWithinTheBound) {
    const std::size_t before = bytes_in_use();
    std::vector<AgeReader> readers;
    std::uint8_t byte[1];
    for (std::size_t i = 0; i < kStreams; ++i) {
        readers.push_back(AgeReader::open(*stored_, key_).value());
        EXPECT_TRUE(readers.back().read_at(i << 20U, byte).ok());
    }
    EXPECT_LE(since(before), kMost);
}

TEST_F(Memory, EightWritersStayWithinTheBound) {
    const std::size_t before = bytes_in_use();
    std::vector<AgeWriter> writers;
    const Bytes piece(100'000, 'x');
    for (std::size_t i = 0; i < kStreams; ++i) {
        writers.push_back(AgeWriter::begin(random_, {&key_.recipient(), 1}, [](ByteView) -> Status {
                              return Ok{};
                          }).value());
        for (int n = 0; n < 20; ++n) {
            EXPECT_TRUE(writers.back().write(piece).ok());
        }
    }
    EXPECT_LE(since(before), kMost + piece.size());
}

}  // namespace

}  // namespace assay::crypto
