#include "crypto/key_ring.h"

#include <algorithm>

#include "crypto/base/hex.h"

namespace assay::crypto {
namespace {

constexpr std::string_view kFirstWord = "assay-keys/v1 ";
constexpr std::size_t kNameBytesMax = 32;

bool good_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytesMax &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

Error malformed() { return fail(Code::kInvalid, "crypto.key-ring.malformed"_id); }

/// Takes a line off the front of the text; the newline must be there.
Result<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return malformed();
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

Result<SecretBytes> read_seed(std::string_view hex) {
    SecretBytes seed = SecretBytes::zeros(SigningKey::kSeedBytes);
    if (!read_hex(hex, seed.span()).ok()) {
        return malformed();
    }
    return seed;
}

}  // namespace

void KeyRing::add_signing(const std::string& name, const SigningKey& key) {
    ASSAY_CHECK(good_name(name) && !has(name));
    keys_.emplace(name, Key{false, key.seed()});
}

void KeyRing::add_age(const std::string& name, const AgeIdentity& key) {
    ASSAY_CHECK(good_name(name) && !has(name));
    keys_.emplace(name, Key{true, key.text()});
}

Result<SecretBytes> KeyRing::seed(std::string_view name) const {
    const auto found = keys_.find(name);
    if (found == keys_.end() || found->second.age) {
        return fail(Code::kNotFound, "crypto.key-ring.missing"_id, {{"key", std::string(name)}});
    }
    return found->second.secret.copy();
}

Result<SigningKey> KeyRing::signing(std::string_view name) const {
    ASSAY_TRY(const SecretBytes secret, seed(name));
    return SigningKey::from_seed(secret);
}

Result<AgeIdentity> KeyRing::age(std::string_view name) const {
    const auto found = keys_.find(name);
    if (found == keys_.end() || !found->second.age) {
        return fail(Code::kNotFound, "crypto.key-ring.missing"_id, {{"key", std::string(name)}});
    }
    return AgeIdentity::from_text(as_text(found->second.secret.view()));
}

std::vector<std::string> KeyRing::names() const {
    std::vector<std::string> out;
    out.reserve(keys_.size());
    for (const auto& [name, key] : keys_) {
        out.push_back(name);
    }
    return out;
}

SecretBytes KeyRing::text() const {
    SecretBytes out = SecretBytes::zeros(kKeyRingBytesMax);
    std::size_t size = 0;
    const auto put = [&](ByteView bytes) {
        ASSAY_CHECK(size + bytes.size() <= out.size());
        std::copy(bytes.begin(), bytes.end(),
                  out.span().begin() + static_cast<std::ptrdiff_t>(size));
        size += bytes.size();
    };
    put(as_bytes(kFirstWord));
    put(as_bytes(id_.hex()));
    put(as_bytes("\n"));
    for (const auto& [name, key] : keys_) {
        put(as_bytes(name));
        if (key.age) {
            put(as_bytes(" age "));
            put(key.secret.view());
        } else {
            put(as_bytes(" ed25519 "));
            std::string hex = to_hex(key.secret.view());
            put(as_bytes(hex));
            wipe({reinterpret_cast<std::uint8_t*>(hex.data()), hex.size()});
        }
        put(as_bytes("\n"));
    }
    return SecretBytes::copy_of(out.view().first(size));
}

Result<KeyRing> KeyRing::from_text(ByteView bytes) {
    std::string_view text = as_text(bytes);
    if (text.size() > kKeyRingBytesMax || !text.starts_with(kFirstWord)) {
        return malformed();
    }
    ASSAY_TRY(const std::string_view first, take_line(text));
    ASSAY_TRY(const MachineId id, MachineId::from_hex(first.substr(kFirstWord.size())));
    KeyRing out(id);
    while (!text.empty()) {
        ASSAY_TRY(const std::string_view line, take_line(text));
        const std::size_t name_end = line.find(' ');
        const std::size_t kind_end = line.find(' ', name_end == line.npos ? 0 : name_end + 1);
        if (name_end == line.npos || kind_end == line.npos || out.keys_.size() == kKeyRingKeysMax) {
            return malformed();
        }
        const std::string name(line.substr(0, name_end));
        const std::string_view kind = line.substr(name_end + 1, kind_end - name_end - 1);
        const std::string_view secret = line.substr(kind_end + 1);
        if (!good_name(name) || out.has(name)) {
            return malformed();
        }
        if (kind == "ed25519") {
            ASSAY_TRY(SecretBytes seed, read_seed(secret));
            out.keys_.emplace(name, Key{false, std::move(seed)});
        } else if (kind == "age") {
            ASSAY_TRY(const AgeIdentity identity, AgeIdentity::from_text(secret));
            out.keys_.emplace(name, Key{true, identity.text()});
        } else {
            return malformed();
        }
    }
    return out;
}

Result<Bytes> KeyRing::lock(Random& random, const Pin& pin) const {
    return age_encrypt_passphrase(random, text().view(), pin, kPinLogN);
}

Result<KeyRing> KeyRing::unlock(ByteView file, const Pin& pin) {
    ASSAY_TRY(const SecretBytes text, age_decrypt_passphrase(file, pin, kPinLogNMax));
    return from_text(text.view());
}

}  // namespace assay::crypto
