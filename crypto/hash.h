#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"

// OpenSSL's own type, so that only hash.cpp includes it.
struct evp_md_ctx_st;

namespace assay::crypto {

/// SHA-256 (FIPS 180-4) of a stream. One thread at a time.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    ~Sha256();

    void update(ByteView bytes);
    /// Once; the object must not be used afterwards.
    Digest finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// The same in one call; any thread.
Digest sha256(ByteView bytes);

/// SHA-256(prefix 0x00 parts...): `H(prefix 0 ...)` of the formats. The parts are not delimited:
/// a format that uses this gives all of them but one a fixed length.
Digest tagged_hash(std::string_view prefix, std::initializer_list<ByteView> parts);

}  // namespace assay::crypto
