#pragma once

#include <array>
#include <compare>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/disk.h"
#include "crypto/base/ids.h"
#include "crypto/base/random.h"
#include "crypto/base/result.h"
#include "crypto/secret.h"
#include "crypto/secret_kinds.h"

// The age v1 file format (c2sp.org/age, "age-encryption.org/v1"): header and MAC, X25519 and scrypt
// recipient stanzas, payload in chunks of 64 KiB. Stanzas of other types are passed over. age does
// not authenticate a sender: verify the signed digest of a file before anything here opens it.
//
// Sizes are bytes. Functions may be called from any thread; a reader or a writer belongs to one
// thread at a time.
//
// Errors of everything that opens: crypto.age.header (kInvalid: not an age file, or its header is
// broken), crypto.age.no-match (kDenied: not for this key), crypto.age.mac and crypto.age.payload
// (kCorrupt: changed or cut), crypto.age.passphrase (kDenied), crypto.age.work (kLimit).
namespace assay::crypto {

/// Header with MAC line; a bank part to one recipient needs 200 bytes.
constexpr std::size_t kAgeHeaderBytesMax = std::size_t{64} * 1024;
/// Recipients of one file.
constexpr std::size_t kAgeRecipientsMax = 256;
/// Plain bytes that the functions which return Bytes make at most; larger files are streamed.
constexpr std::uint64_t kAgePlainBytesMax = std::uint64_t{256} * 1024 * 1024;
/// scrypt work of files that we write: about a second and 256 MiB.
constexpr int kAgeLogNDefault = 18;

/// An X25519 public key (RFC 7748 section 5), text "age1..." in Bech32.
class AgeRecipient {
  public:
    /// kInvalid (crypto.age.recipient) for a text that was mistyped, another length than 32 bytes,
    /// or a point of small order, to which every file would be open.
    static Result<AgeRecipient> from_text(std::string_view text);
    static Result<AgeRecipient> from_bytes(ByteView bytes);
    std::string text() const;
    ByteView view() const { return bytes_; }
    friend auto operator<=>(const AgeRecipient&, const AgeRecipient&) = default;

  private:
    friend class AgeIdentity;
    AgeRecipient() = default;
    std::array<std::uint8_t, 32> bytes_{};
};

/// An X25519 private key, text "AGE-SECRET-KEY-1..." in Bech32. Move-only; copy() says so. Errors
/// of everything that reads one: crypto.age.identity (kInvalid), which never repeats the text.
class AgeIdentity {
  public:
    static AgeIdentity generate(Random& random);
    static Result<AgeIdentity> from_text(std::string_view text);
    /// The first key of a file as age-keygen writes it: comment lines, empty lines, key lines.
    static Result<AgeIdentity> from_file_text(ByteView text);
    /// 32 bytes, as HKDF or a SLIP-39 set gives them.
    static Result<AgeIdentity> from_bytes(const SecretBytes& scalar);

    /// As age-keygen writes it, without a newline.
    SecretBytes text() const;
    SecretBytes bytes() const { return scalar_.copy(); }
    const AgeRecipient& recipient() const { return recipient_; }
    AgeIdentity copy() const;
    /// For crypto/age_stanza.cpp.
    const SecretBytes& scalar() const { return scalar_; }

  private:
    explicit AgeIdentity(SecretBytes scalar);
    SecretBytes scalar_;
    AgeRecipient recipient_;
};

/// The file for one to kAgeRecipientsMax recipients, any of whom opens it alone. What is larger
/// than kAgePlainBytesMax comes back by a stream or a reader only.
Bytes age_encrypt(Random& random, ByteView plain, std::span<const AgeRecipient> recipients);
Bytes age_encrypt(Random& random, ByteView plain, const AgeRecipient& recipient);

/// The whole plain text, or an error and nothing: every chunk was authenticated. kLimit
/// (crypto.age.plain-limit) beyond kAgePlainBytesMax.
Result<Bytes> age_decrypt(ByteView file, const AgeIdentity& identity);
/// The same in locked memory, for keys that are sealed to a key.
Result<SecretBytes> age_decrypt_secret(ByteView file, const AgeIdentity& identity);

/// For PIN-protected key files only. The work is 2^log_n, 1 <= log_n <= 22, in 2^(log_n + 10) bytes
/// of memory: kUnavailable (crypto.age.memory) where the system does not give them.
Result<Bytes> age_encrypt_passphrase(Random& random, ByteView plain, const Pin& pin, int log_n);
/// A file that asks for more work than max_log_n (crypto.age.work) is refused before any is done.
Result<SecretBytes> age_decrypt_passphrase(ByteView file, const Pin& pin, int max_log_n);
/// True where the (binary) file asks for a passphrase.
bool age_wants_passphrase(ByteView file);

/// What a signature binds so that a large file can be opened without reading all of it.
struct AgeHead {
    Digest digest;            ///< SHA-256 of the header up to its newline, and the payload nonce
    std::uint64_t bytes = 0;  ///< length of both
    friend bool operator==(const AgeHead&, const AgeHead&) = default;
};
/// Of a file that begins here; kInvalid (crypto.age.header) where it does not hold a whole head.
/// Nothing is authenticated: compare with a signed one.
Result<AgeHead> age_head(ByteView file);
Result<AgeHead> age_head(File& file);

/// Bytes in the age file for `plain` bytes of payload, after the head.
std::uint64_t age_payload_bytes(std::uint64_t plain);

/// Takes what is written, in order; an error stops the writer.
using Sink = std::function<Status(ByteView)>;
/// Fills `out` as far as it can; 0 only at the end.
using Source = std::function<Result<std::size_t>(std::span<std::uint8_t> out)>;

/// Encrypts a stream in bounded memory. One thread.
class AgeWriter {
  public:
    /// Writes the header at once.
    static Result<AgeWriter> begin(Random& random, std::span<const AgeRecipient> recipients,
                                   Sink sink);
    AgeWriter(AgeWriter&&) noexcept;
    AgeWriter& operator=(AgeWriter&&) noexcept;
    AgeWriter(const AgeWriter&) = delete;
    AgeWriter& operator=(const AgeWriter&) = delete;
    /// Without finish() the file stays cut, and every reader refuses it.
    ~AgeWriter();

    /// Errors are the sink's; after one the writer must not be used again.
    Status write(ByteView plain);
    /// Once, at the end.
    Status finish();

  private:
    struct State;
    friend Result<Bytes> age_encrypt_passphrase(Random& random, ByteView plain, const Pin& pin,
                                                int log_n);
    static Result<AgeWriter> begin_with(Random& random, Bytes header, const SecretBytes& file_key,
                                        Sink sink);
    explicit AgeWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Decrypts a stream in bounded memory. What reached `sink` is authentic, but only success says
/// that it is all: the caller drops it otherwise. Returns the plain size.
Result<std::uint64_t> age_decrypt_stream(const Source& source, const AgeIdentity& identity,
                                         const Sink& sink);

/// Reads any range of an age file. One thread; `file` outlives it and must not change.
class AgeReader {
  public:
    /// Opens the header and authenticates the last chunk, so that size() is true from here on.
    static Result<AgeReader> open(File& file, const AgeIdentity& identity);
    AgeReader(AgeReader&&) noexcept;
    AgeReader& operator=(AgeReader&&) noexcept;
    AgeReader(const AgeReader&) = delete;
    AgeReader& operator=(const AgeReader&) = delete;
    ~AgeReader();

    /// Plain bytes.
    std::uint64_t size() const;
    /// Up to out.size() bytes from `offset`, all of them authenticated; fewer only at the end. A
    /// chunk that was read last is kept, so that neighbouring reads open it once.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out);
    const AgeHead& head() const;

  private:
    struct State;
    explicit AgeReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace assay::crypto
