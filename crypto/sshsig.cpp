#include "crypto/sshsig.h"

#include <array>
#include <optional>

#include <sodium.h>

#include "crypto/base/check.h"
#include "crypto/base64.h"

namespace assay::crypto {

namespace {

constexpr std::string_view kBegin = "-----BEGIN SSH SIGNATURE-----";
constexpr std::string_view kEnd = "-----END SSH SIGNATURE-----";
constexpr std::string_view kMagic = "SSHSIG";
constexpr std::string_view kKeyType = "ssh-ed25519";
constexpr std::string_view kHash = "sha512";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kColumns = 70;

void append_string(Bytes& out, ByteView bytes) {
    append_be32(out, static_cast<std::uint32_t>(bytes.size()));
    append(out, bytes);
}

void append_string(Bytes& out, std::string_view text) { append_string(out, as_bytes(text)); }

/// Reads SSH's wire format; good() turns false at the first thing that is not there.
class WireReader {
  public:
    explicit WireReader(ByteView bytes) : rest_(bytes) {}

    ByteView raw(std::size_t size) {
        if (size > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const ByteView out = rest_.first(size);
        rest_ = rest_.subspan(size);
        return out;
    }
    std::uint32_t number() {
        const ByteView bytes = raw(4);
        return bytes.empty() ? 0 : read_be32(bytes);
    }
    ByteView string() { return raw(number()); }
    bool text_is(std::string_view expected) { return as_text(string()) == expected; }
    bool good() const { return good_; }
    bool at_end() const { return good_ && rest_.empty(); }

  private:
    ByteView rest_;
    bool good_ = true;
};

Bytes key_blob(const VerifyKey& key) {
    Bytes out;
    append_string(out, kKeyType);
    append_string(out, key.view());
    return out;
}

std::optional<VerifyKey> read_key_blob(ByteView blob) {
    WireReader reader(blob);
    const bool type = reader.text_is(kKeyType);
    const ByteView bytes = reader.string();
    if (!type || !reader.at_end()) {
        return std::nullopt;
    }
    Result<VerifyKey> key = VerifyKey::from_bytes(bytes);
    return key.ok() ? std::optional(*key) : std::nullopt;
}

/// What the key signs: purpose and digest, under a magic that no other use of the key has.
Bytes signed_bytes(std::string_view purpose, ByteView message) {
    std::array<std::uint8_t, crypto_hash_sha512_BYTES> digest{};
    crypto_hash_sha512(digest.data(), message.data(), message.size());
    Bytes out = to_bytes(kMagic);
    append_string(out, purpose);
    append_string(out, std::string_view{});
    append_string(out, kHash);
    append_string(out, digest);
    return out;
}

struct Parts {
    VerifyKey key;
    std::string purpose;
    Signature signature;
};

Error malformed() { return fail(Code::kInvalid, "crypto.sshsig.malformed"_id); }

Result<Parts> read_blob(ByteView blob) {
    WireReader reader(blob);
    const bool magic = as_text(reader.raw(kMagic.size())) == kMagic;
    const bool version = reader.number() == kVersion;
    const std::optional<VerifyKey> key = read_key_blob(reader.string());
    const std::string purpose = to_string(reader.string());
    const bool reserved = reader.text_is("");
    const bool hash = reader.text_is(kHash);
    WireReader inner(reader.string());
    const bool type = inner.text_is(kKeyType);
    const Result<Signature> signature = Signature::from_bytes(inner.string());
    if (!magic || !version || !key.has_value() || !reserved || !hash || !type || !signature.ok() ||
        !inner.at_end() || !reader.at_end()) {
        return malformed();
    }
    return Parts{*key, purpose, *signature};
}

/// Joins the lines between the first and the last, which must be the two marks.
Result<Bytes> read_armor(std::string_view text) {
    std::string body;
    bool begun = false;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!begun) {
            if (line != kBegin) {
                return malformed();
            }
            begun = true;
        } else if (line == kEnd) {
            return text.empty() ? from_base64(body) : malformed();
        } else {
            body += line;
        }
    }
    return malformed();
}

}  // namespace

std::string sshsig_sign(const SigningKey& key, std::string_view purpose, ByteView message) {
    ASSAY_CHECK(!purpose.empty());
    const Signature signature = key.sign(signed_bytes(purpose, message));
    Bytes inner;
    append_string(inner, kKeyType);
    append_string(inner, signature.view());
    Bytes blob = to_bytes(kMagic);
    append_be32(blob, kVersion);
    append_string(blob, key_blob(key.verify_key()));
    append_string(blob, purpose);
    append_string(blob, std::string_view{});
    append_string(blob, kHash);
    append_string(blob, inner);
    const std::string body = to_base64(blob);
    std::string out(kBegin);
    for (std::size_t at = 0; at < body.size(); at += kColumns) {
        out += '\n' + body.substr(at, kColumns);
    }
    out += '\n';
    out += kEnd;
    return out + '\n';
}

Result<VerifyKey> sshsig_verify(std::string_view text, std::string_view purpose, ByteView message) {
    if (text.size() > kSshsigBytesMax) {
        return malformed();
    }
    const Result<Bytes> blob = read_armor(text);
    if (!blob.ok()) {
        return malformed();
    }
    ASSAY_TRY(const Parts parts, read_blob(*blob));
    if (parts.purpose != purpose) {
        return fail(Code::kRefused, "crypto.sshsig.purpose"_id,
                    {{"found", parts.purpose}, {"expected", std::string(purpose)}});
    }
    if (!parts.key.verifies(signed_bytes(purpose, message), parts.signature)) {
        return fail(Code::kCorrupt, "crypto.sshsig.wrong"_id);
    }
    return parts.key;
}

std::string to_ssh_public_key(const VerifyKey& key) {
    return std::string(kKeyType) + ' ' + to_base64(key_blob(key));
}

Result<VerifyKey> from_ssh_public_key(std::string_view line) {
    const Error wrong = fail(Code::kInvalid, "crypto.sshsig.key"_id);
    const std::size_t space = line.find(' ');
    if (line.size() > kSshsigBytesMax || space == std::string_view::npos ||
        line.substr(0, space) != kKeyType) {
        return wrong;
    }
    line.remove_prefix(space + 1);
    const Result<Bytes> blob = from_base64(line.substr(0, line.find_first_of(" \r\n")));
    const std::optional<VerifyKey> key = blob.ok() ? read_key_blob(*blob) : std::nullopt;
    return key.has_value() ? Result<VerifyKey>(*key) : wrong;
}

}  // namespace assay::crypto
