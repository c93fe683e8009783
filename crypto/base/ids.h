#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/hex.h"
#include "crypto/base/result.h"

namespace assay {

/// N bytes with a meaning of their own, written as lower-case hex. Two tags never mix.
template <typename Tag, std::size_t N>
struct Fixed {
    static constexpr std::size_t kBytes = N;
    std::array<std::uint8_t, N> bytes{};

    ByteView view() const { return bytes; }
    std::string hex() const { return to_hex(bytes); }

    /// Exactly 2*N lower-case hex digits.
    static Result<Fixed> from_hex(std::string_view text) {
        Fixed out;
        ASSAY_TRY_STATUS(read_hex(text, out.bytes));
        return out;
    }
    /// Exactly N bytes.
    static Result<Fixed> from_bytes(ByteView view) {
        if (view.size() != N) {
            return fail(Code::kInvalid, "base.fixed.length"_id,
                        {{"expected", std::to_string(N)}, {"found", std::to_string(view.size())}});
        }
        Fixed out;
        std::copy(view.begin(), view.end(), out.bytes.begin());
        return out;
    }
    friend auto operator<=>(const Fixed&, const Fixed&) = default;
};

/// A SHA-256 digest. `H` in the formats.
using Digest = Fixed<struct DigestTag, 32>;

/// 16 random bytes each; hex in JSON.
using OrganisationId = Fixed<struct OrganisationTag, 16>;
using SiteId = Fixed<struct SiteTag, 16>;
using RoomId = Fixed<struct RoomTag, 16>;
using ExamId = Fixed<struct ExamTag, 16>;
using PartId = Fixed<struct PartTag, 16>;
using SittingId = Fixed<struct SittingTag, 16>;
using AttemptId = Fixed<struct AttemptTag, 16>;
using MachineId = Fixed<struct MachineTag, 16>;
using BatchId = Fixed<struct BatchTag, 16>;

/// Which run of an attempt on which terminal; 1 is the first, the highest wins.
struct Epoch {
    std::uint32_t value = 1;
    friend auto operator<=>(const Epoch&, const Epoch&) = default;
};

}  // namespace assay

template <typename Tag, std::size_t N>
struct std::hash<assay::Fixed<Tag, N>> {
    std::size_t operator()(const assay::Fixed<Tag, N>& id) const noexcept {
        std::size_t out = 0;
        for (std::size_t i = 0; i < sizeof(out); ++i) {
            out = (out << 8U) | id.bytes[i];
        }
        return out;
    }
};
