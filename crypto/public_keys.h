#pragma once
// Public keys as a file. Lengths are bytes. A value, any thread. Errors: crypto.public.*.
#include <map>
#include <string>

#include "crypto/age.h"
#include "crypto/ed25519.h"
#include "crypto/key_ring.h"

namespace assay::crypto {

constexpr std::size_t kPublicKeysBytesMax = 16384;

/// The public halves of a key ring, to hand out. A text, a line each:
///
///     assay-public/v1 <id, 32 hex>
///     <name> ed25519:<Base64>
///     <name> age1...
struct PublicKeys {
    MachineId id;
    std::map<std::string, VerifyKey> signing;
    std::map<std::string, AgeRecipient> age;

    static PublicKeys of(const KeyRing& ring);
    static Result<PublicKeys> from_text(ByteView text);
    std::string text() const;

    Result<VerifyKey> signing_key(const std::string& name) const;
    Result<AgeRecipient> age_key(const std::string& name) const;
};

}  // namespace assay::crypto
