#pragma once

#include "crypto/age.h"
#include "crypto/record/types.h"

// An age identity sealed to another: a capsule age(R -> desk), age(R -> terminal),
// age(V -> scoring key), age(P_a -> escrow). The plain text is the identity's text and a newline,
// so that stock tools do the same: `age -d -i desk.key capsule.age > part.key`.
namespace assay::sealed {

/// A capsule has 280 bytes or so; with the most recipients that age.h allows, 40 KiB.
inline constexpr std::size_t kCapsuleBytesMax = std::size_t{64} * 1024;

Bytes make_capsule(Random& random, const crypto::AgeIdentity& identity,
                   const crypto::AgeRecipient& to);

/// The identity inside, whose public half must be `expected`: sealed.capsule.other-key (kCorrupt)
/// where it is another, the errors of age.h where the capsule is not for `key`.
Result<crypto::AgeIdentity> open_capsule(ByteView capsule, const crypto::AgeIdentity& key,
                                         const record::AgePublic& expected);

}  // namespace assay::sealed
