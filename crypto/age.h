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

// The age v1 file format (age-encryption.org/v1), X25519 and scrypt. age does not authenticate a
// sender: verify the signed digest of a file before anything here opens it.
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

/// An X25519 public key, text "age1...".
class AgeRecipient {
  public:
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

/// An X25519 private key, text "AGE-SECRET-KEY-1...".
class AgeIdentity {
  public:
    static AgeIdentity generate(Random& random);
    static Result<AgeIdentity> from_text(std::string_view text);
    /// The first key of a file as age-keygen writes it: comment lines, empty lines, key lines.
    static Result<AgeIdentity> from_file_text(ByteView text);
    /// 32 bytes, as HKDF or a SLIP-39 set gives them.
    static Result<AgeIdentity> from_bytes(const SecretBytes& scalar);

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

/// One to kAgeRecipientsMax recipients.
Bytes age_encrypt(Random& random, ByteView plain, std::span<const AgeRecipient> recipients);
Bytes age_encrypt(Random& random, ByteView plain, const AgeRecipient& recipient);

Result<Bytes> age_decrypt(ByteView file, const AgeIdentity& identity);
Result<SecretBytes> age_decrypt_secret(ByteView file, const AgeIdentity& identity);

/// For PIN-protected key files only. 1 <= log_n <= 22.
Bytes age_encrypt_passphrase(Random& random, ByteView plain, const SecretBytes& pin, int log_n);
/// A file that asks for more work than max_log_n is refused before any work is done.
Result<SecretBytes> age_decrypt_passphrase(ByteView file, const SecretBytes& pin, int max_log_n);
/// True where the (binary) file asks for a passphrase.
bool age_wants_passphrase(ByteView file);

/// What a signature binds so that a large file can be opened without reading all of it.
struct AgeHead {
    Digest digest;            ///< SHA-256 of the header up to its newline, and the payload nonce
    std::uint64_t bytes = 0;  ///< length of both
    friend bool operator==(const AgeHead&, const AgeHead&) = default;
};
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

    Status write(ByteView plain);
    /// Once, at the end.
    Status finish();

  private:
    struct State;
    friend Bytes age_encrypt_passphrase(Random& random, ByteView plain, const SecretBytes& pin,
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
    /// Up to out.size() bytes from `offset`, all of them authenticated; fewer only at the end.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out);
    const AgeHead& head() const;

  private:
    struct State;
    explicit AgeReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace assay::crypto
