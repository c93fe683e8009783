#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "crypto/ed25519.h"

// Signed notes: C2SP signed-note, sections "Format" (notes), "Verifier keys" and "Signatures"; and
// cosignature/v1 of C2SP tlog-cosignature, sections "Format" and "Ed25519 signed message".
//
// Lengths are bytes, times whole seconds since 1970. Values and pure functions, for any thread.
// Errors: tlog.key.malformed and tlog.note.malformed (kInvalid: not what our writer makes, the
// argument `what` says where), tlog.note.size and tlog.note.signatures (kLimit),
// tlog.note.signature (kCorrupt: a known key did not sign this), tlog.note.unknown-keys (kDenied).
namespace assay::tlog {

/// A whole note. Post-quantum signatures of other people's keys are nearly 5 kB each.
inline constexpr std::size_t kNoteBytesMax = 256 * 1024;
/// Signature lines in a note; the standard asks for 16 or more.
inline constexpr std::size_t kNoteSignaturesMax = 64;
/// A key name, in bytes of UTF-8.
inline constexpr std::size_t kKeyNameBytesMax = 256;

/// Valid UTF-8, not empty, without Unicode spaces, control characters and '+', within its limit.
bool valid_key_name(std::string_view name);

/// How a key signs. The byte is the signature type of the standard.
enum class NoteAlgorithm : std::uint8_t {
    kEd25519 = 0x01,      ///< of the text itself: logs
    kCosignature = 0x04,  ///< of the text after a header with a time: witnesses
};

/// A public key with a name: "example.com/log+33d7b496+AeHTu4Q3...".
class NoteKey {
  public:
    /// kInvalid for a name that is none.
    static Result<NoteKey> make(std::string name, NoteAlgorithm algorithm,
                                const crypto::VerifyKey& key);
    /// Exactly what text() writes, of one of the two algorithms, with the right key id and a key of
    /// the prime order group.
    static Result<NoteKey> from_text(std::string_view text);

    std::string text() const;
    const std::string& name() const { return name_; }
    NoteAlgorithm algorithm() const { return algorithm_; }
    const crypto::VerifyKey& key() const { return key_; }
    /// First four bytes of SHA-256(name "\n" algorithm key), as they stand in a signature line.
    std::uint32_t id() const { return id_; }

    friend bool operator==(const NoteKey&, const NoteKey&) = default;

  private:
    NoteKey(std::string name, NoteAlgorithm algorithm, const crypto::VerifyKey& key);
    std::string name_;
    NoteAlgorithm algorithm_;
    crypto::VerifyKey key_;
    std::uint32_t id_;
};

/// A line under a note, of a key that may be unknown.
struct NoteSignature {
    std::string name;
    std::uint32_t id = 0;
    Bytes signature;  ///< what follows the key id; 1 byte or more

    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// A text with signatures that nobody has checked yet.
struct Note {
    std::string text;  ///< ends in a newline, UTF-8, no control character but newlines
    std::vector<NoteSignature> signatures;

    /// Accepts exactly what write() writes; at least one signature line.
    static Result<Note> parse(std::string_view bytes);
    std::string write() const;

    friend bool operator==(const Note&, const Note&) = default;
};

/// `text` signed by a log: a line to add to a note. `name` must be of kEd25519 and of this key;
/// another one is a bug.
NoteSignature sign_note(std::string_view text, const NoteKey& name, const crypto::SigningKey& key);
/// `text`, a checkpoint, cosigned by a witness at `time` (not before 1970); `name` must be of
/// kCosignature and of this key. A witness that cosigns says that it saw a consistent tree: ask
/// verify_consistency() first.
NoteSignature cosign_note(std::string_view text, const NoteKey& name, const crypto::SigningKey& key,
                          WallTime time);

/// A known key that signed.
struct NoteSigner {
    std::size_t key;               ///< its place among the keys that were given
    std::optional<WallTime> time;  ///< of a cosignature
};

/// The keys of `known` that signed, each once. A signature of an unknown key is ignored; one of a
/// known key that is not valid spoils the note (kCorrupt), as the standard recommends. kDenied
/// where none is known. Keys of equal name and id must not be given twice.
Result<std::vector<NoteSigner>> verify_note(const Note& note, std::span<const NoteKey> known);

}  // namespace assay::tlog
