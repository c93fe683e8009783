#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"

namespace assay::crypto {

/// SHA-256 of a stream.
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
    struct State;
    std::unique_ptr<State> state_;
};

Digest sha256(ByteView bytes);

/// SHA-256(prefix 0x00 parts...): `H(prefix 0 ...)` of the formats. The parts are not delimited:
/// a format that uses this gives all of them but one a fixed length.
Digest tagged_hash(std::string_view prefix, std::initializer_list<ByteView> parts);

}  // namespace assay::crypto
