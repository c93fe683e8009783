#include "crypto/base64.h"
#include "crypto/hash.h"
#include "crypto/tlog/note.h"
#include "crypto/tlog/utf8.h"

namespace assay::tlog {
namespace {

constexpr std::size_t kIdHexDigits = 8;
/// Algorithm byte and Ed25519 key.
constexpr std::size_t kKeyBytes = 33;

Error bad_key(const char* what) {
    return fail(Code::kInvalid, "tlog.key.malformed"_id, {{"what", what}});
}

Bytes key_material(NoteAlgorithm algorithm, const crypto::VerifyKey& key) {
    Bytes out{static_cast<std::uint8_t>(algorithm)};
    append(out, key.view());
    return out;
}

std::uint32_t key_id(std::string_view name, NoteAlgorithm algorithm, const crypto::VerifyKey& key) {
    Bytes input = to_bytes(name);
    input.push_back('\n');
    append(input, key_material(algorithm, key));
    return read_be32(crypto::sha256(input).view());
}

}  // namespace

bool valid_key_name(std::string_view name) {
    if (name.empty() || name.size() > kKeyNameBytesMax) {
        return false;
    }
    while (!name.empty()) {
        const auto c = take_code_point(name);
        if (!c || *c < 0x20 || *c == '+' || is_unicode_space(*c)) {
            return false;
        }
    }
    return true;
}

NoteKey::NoteKey(std::string name, NoteAlgorithm algorithm, const crypto::VerifyKey& key)
    : name_(std::move(name)),
      algorithm_(algorithm),
      key_(key),
      id_(key_id(name_, algorithm, key)) {}

Result<NoteKey> NoteKey::make(std::string name, NoteAlgorithm algorithm,
                              const crypto::VerifyKey& key) {
    if (!valid_key_name(name)) {
        return bad_key("name");
    }
    return NoteKey(std::move(name), algorithm, key);
}

Result<NoteKey> NoteKey::from_text(std::string_view text) {
    // The Base64 may hold '+', the name may not.
    const std::size_t first = text.find('+');
    if (first == std::string_view::npos || text.size() < first + kIdHexDigits + 2 ||
        text[first + 1 + kIdHexDigits] != '+') {
        return bad_key("form");
    }
    auto material = crypto::from_base64(text.substr(first + kIdHexDigits + 2));
    if (!material.ok() || material->size() != kKeyBytes) {
        return bad_key("key");
    }
    const auto algorithm = static_cast<NoteAlgorithm>(material->front());
    if (algorithm != NoteAlgorithm::kEd25519 && algorithm != NoteAlgorithm::kCosignature) {
        return bad_key("algorithm");
    }
    ASSAY_TRY(const crypto::VerifyKey key,
              crypto::VerifyKey::from_bytes(ByteView(*material).subspan(1)));
    ASSAY_TRY(NoteKey out, make(std::string(text.substr(0, first)), algorithm, key));
    if (out.text() != text) {
        return bad_key("id");
    }
    return out;
}

std::string NoteKey::text() const {
    Bytes id;
    append_be32(id, id_);
    return name_ + "+" + to_hex(id) + "+" + crypto::to_base64(key_material(algorithm_, key_));
}

}  // namespace assay::tlog
