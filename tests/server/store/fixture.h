#pragma once

#include <gtest/gtest.h>

#include "crypto/base/fake_disk.h"
#include "crypto/hash.h"
#include "crypto/tlog/log.h"
#include "server/store/embedded_store.h"
#include "tests/support/paths.h"

namespace assay::store {

/// A transparency log in memory that can fail, and loses in a crash what it did not settle.
class FakeLeafLog final : public LeafLog {
  public:
    Result<std::uint64_t> append(const std::vector<ByteView>& leaves) override {
        const auto first = append_ahead(leaves);
        settled = kept.size();
        return first;
    }
    Result<std::uint64_t> append_ahead(const std::vector<ByteView>& leaves) override {
        if (fails) {
            return fail(Code::kIo, "store.write.broken"_id);
        }
        const std::uint64_t first = kept.size();
        for (const ByteView leaf : leaves) {
            kept.push_back(to_bytes(leaf));
        }
        return first;
    }
    Status settle() override {
        if (!settles) {
            return fail(Code::kIo, "store.write.broken"_id);
        }
        settled = kept.size();
        return Ok{};
    }
    void crash() {
        kept.resize(settled);
        settles = true;
    }
    std::uint64_t size() override { return kept.size(); }
    bool writable() override { return may_grow; }
    Result<Bytes> leaf(std::uint64_t index) override { return kept.at(index); }

    std::vector<Bytes> kept;
    std::size_t settled = 0;
    bool fails = false;
    bool settles = true;
    bool may_grow = true;
};

/// The real one, as the server's core wires it.
class TreeLog final : public LeafLog {
  public:
    explicit TreeLog(tlog::Log log) : log_(std::move(log)) {}
    Result<std::uint64_t> append(const std::vector<ByteView>& leaves) override {
        const std::uint64_t first = log_.head().size;
        for (const ByteView leaf : leaves) {
            ASSAY_TRY_STATUS(log_.append(leaf));
        }
        ASSAY_TRY_STATUS(log_.commit());
        return first;
    }
    std::uint64_t size() override { return log_.head().size; }
    Result<Bytes> leaf(std::uint64_t index) override { return log_.entry(index); }
    tlog::Log& log() { return log_; }

  private:
    tlog::Log log_;
};

inline crypto::StoreKey test_key(std::uint64_t seed) {
    FakeRandom random(seed);
    return crypto::StoreKey::random(random);
}

inline StoreKeys test_keys() { return {test_key(1), test_key(2), test_key(3)}; }

inline Object make_object(const std::string& text, bool log = true) {
    return {"package", {}, to_bytes(text), to_bytes("envelope of " + text), log};
}

inline Digest digest_of(const std::string& text) { return crypto::sha256(as_bytes(text)); }

inline Body make_body(Bytes bytes) {
    const Digest digest = crypto::sha256(bytes);
    return {digest, std::move(bytes)};
}

template <typename Id>
Id make_id(std::uint8_t value) {
    Id out;
    out.bytes.fill(value);
    return out;
}

inline Row make_row(const std::string& table, const std::string& key, const std::string& state,
                    std::uint64_t revision) {
    return {table, to_bytes(key), {}, state, to_bytes("value of " + key), revision};
}

}  // namespace assay::store
