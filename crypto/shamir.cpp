#include "crypto/shamir.h"

#include <algorithm>
#include <utility>

#include "crypto/base/check.h"
#include "crypto/kdf.h"

namespace assay::crypto::slip39 {

namespace {

constexpr std::uint8_t kDigestX = 254;
constexpr std::uint8_t kSecretX = 255;
constexpr std::size_t kDigestBytes = 4;

// No tables and no branches on the operands: b may be secret.
std::uint8_t multiply(std::uint8_t a, std::uint8_t b) {
    unsigned product = 0;
    unsigned factor = b;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= (0U - ((unsigned{a} >> bit) & 1U)) & factor;
        factor = ((factor << 1U) ^ (0x11bU & (0U - (factor >> 7U))));
    }
    return static_cast<std::uint8_t>(product);
}

/// a^254; 0 for 0.
std::uint8_t inverse(std::uint8_t a) {
    std::uint8_t out = 1;
    for (int i = 0; i < 254; ++i) {
        out = multiply(out, a);
    }
    return out;
}

/// The Lagrange factor of point `own` at `x`.
std::uint8_t factor_at(const std::vector<Point>& points, std::size_t own, std::uint8_t x) {
    std::uint8_t above = 1;
    std::uint8_t below = 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i != own) {
            above = multiply(above, static_cast<std::uint8_t>(x ^ points[i].x));
            below = multiply(below, static_cast<std::uint8_t>(points[own].x ^ points[i].x));
        }
    }
    return multiply(above, inverse(below));
}

SecretBytes interpolate(const std::vector<Point>& points, std::uint8_t x) {
    SecretBytes out = SecretBytes::zeros(points.at(0).y.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::uint8_t factor = factor_at(points, i, x);
        for (std::size_t at = 0; at < out.size(); ++at) {
            out.span()[at] = static_cast<std::uint8_t>(out.span()[at] ^
                                                       multiply(factor, points[i].y.view()[at]));
        }
    }
    return out;
}

/// The first four bytes of HMAC(key = the random rest, secret).
SecretBytes digest_of(ByteView rest, const SecretBytes& secret) {
    return SecretBytes::copy_of(hmac_sha256(rest, secret.view()).view().first(kDigestBytes));
}

}  // namespace

std::vector<SecretBytes> split_secret(Random& random, const SecretBytes& secret, int threshold,
                                      int count) {
    ASSAY_CHECK(threshold >= 1 && threshold <= count && count <= 16);
    ASSAY_CHECK(secret.size() > kDigestBytes);
    std::vector<SecretBytes> out;
    if (threshold == 1) {
        for (int i = 0; i < count; ++i) {
            out.push_back(secret.copy());
        }
        return out;
    }
    std::vector<Point> base;
    for (int i = 0; i < threshold - 2; ++i) {
        base.push_back({static_cast<std::uint8_t>(i), SecretBytes::random(random, secret.size())});
        out.push_back(base.back().y.copy());
    }
    SecretBytes digest = SecretBytes::random(random, secret.size());
    const SecretBytes sum = digest_of(digest.view().subspan(kDigestBytes), secret);
    std::ranges::copy(sum.view(), digest.span().begin());
    base.push_back({kDigestX, std::move(digest)});
    base.push_back({kSecretX, secret.copy()});
    for (int i = threshold - 2; i < count; ++i) {
        out.push_back(interpolate(base, static_cast<std::uint8_t>(i)));
    }
    return out;
}

Result<SecretBytes> join_secret(const std::vector<Point>& points) {
    if (points.size() == 1) {
        return points[0].y.copy();
    }
    SecretBytes secret = interpolate(points, kSecretX);
    const SecretBytes digest = interpolate(points, kDigestX);
    const SecretBytes sum = digest_of(digest.view().subspan(kDigestBytes), secret);
    if (!equal_secret(sum.view(), digest.view().first(kDigestBytes))) {
        return fail(Code::kCorrupt, "crypto.slip39.digest"_id);
    }
    return secret;
}

}  // namespace assay::crypto::slip39
