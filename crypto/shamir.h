#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"

// Internal to the SLIP-39 files of this folder: Shamir's scheme over GF(256) with a digest.
namespace assay::crypto::slip39 {

/// A point of the polynomials, one byte position each.
struct Point {
    std::uint8_t x = 0;
    SecretBytes y;
};

/// `count` points with x from 0; any `threshold` of them give the secret back. A threshold of 1
/// repeats the secret.
std::vector<SecretBytes> split_secret(Random& random, const SecretBytes& secret, int threshold,
                                      int count);

/// From exactly `threshold` points. kCorrupt (crypto.slip39.digest) where the digest inside does
/// not fit.
Result<SecretBytes> join_secret(const std::vector<Point>& points);

}  // namespace assay::crypto::slip39
