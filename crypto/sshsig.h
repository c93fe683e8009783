#pragma once

#include <string>
#include <string_view>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/ed25519.h"

// SSHSIG (OpenSSH, PROTOCOL.sshsig): detached signatures of files for people with a shell. Pure
// functions, for any thread.
namespace assay::crypto {

/// A whole armoured signature; a real one has 300 bytes.
constexpr std::size_t kSshsigBytesMax = 4096;

/// "-----BEGIN SSH SIGNATURE-----": a detached signature of a file that `ssh-keygen -Y verify`
/// checks. Ed25519 and SHA-512 only. `purpose` is ssh-keygen's namespace, not empty.
std::string sshsig_sign(const SigningKey& key, std::string_view purpose, ByteView message);

/// The key that made the signature; whether it is one that may is for the caller. kInvalid for a
/// malformed text or another algorithm, kRefused for another purpose, kCorrupt where the signature
/// is not for this message.
Result<VerifyKey> sshsig_verify(std::string_view text, std::string_view purpose, ByteView message);

/// "ssh-ed25519 AAAA...", as in authorized_keys and allowed_signers.
std::string to_ssh_public_key(const VerifyKey& key);
/// Anything may follow the key, as a comment; kInvalid (crypto.sshsig.key) for another key type.
Result<VerifyKey> from_ssh_public_key(std::string_view line);

}  // namespace assay::crypto
