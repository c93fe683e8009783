#include "crypto/public_keys.h"

namespace assay::crypto {

namespace {

constexpr std::string_view kFirstWord = "assay-public/v1 ";

Error malformed() { return fail(Code::kInvalid, "crypto.public.malformed"_id); }

Error missing(const std::string& name) {
    return fail(Code::kNotFound, "crypto.public.missing"_id, {{"key", name}});
}

}  // namespace

PublicKeys PublicKeys::of(const KeyRing& ring) {
    PublicKeys out{ring.id(), {}, {}};
    for (const std::string& name : ring.names()) {
        const Result<AgeIdentity> age = ring.age(name);
        if (age.ok()) {
            out.age.emplace(name, age->recipient());
        } else {
            out.signing.emplace(name, ring.signing(name).value().verify_key());
        }
    }
    return out;
}

std::string PublicKeys::text() const {
    std::string out = std::string(kFirstWord) + id.hex() + '\n';
    for (const auto& [name, key] : signing) {
        out += name + ' ' + key.text() + '\n';
    }
    for (const auto& [name, key] : age) {
        out += name + ' ' + key.text() + '\n';
    }
    return out;
}

Result<PublicKeys> PublicKeys::from_text(ByteView text) {
    std::string_view rest = as_text(text);
    const std::size_t first = rest.find('\n');
    if (!rest.starts_with(kFirstWord) || first == std::string_view::npos) {
        return malformed();
    }
    const auto id = MachineId::from_hex(rest.substr(kFirstWord.size(), first - kFirstWord.size()));
    if (!id.ok()) {
        return malformed();
    }
    PublicKeys out{*id, {}, {}};
    for (rest.remove_prefix(first + 1); !rest.empty();) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos) {
            return malformed();
        }
        const std::string name(line.substr(0, space));
        const std::string_view key = line.substr(space + 1);
        if (key.starts_with("age1")) {
            ASSAY_TRY(const AgeRecipient read, AgeRecipient::from_text(key));
            out.age.emplace(name, read);
        } else {
            ASSAY_TRY(const VerifyKey read, VerifyKey::from_text(key));
            out.signing.emplace(name, read);
        }
    }
    // One spelling: a repeated name or another order would not be written so.
    if (out.text() != as_text(text)) {
        return malformed();
    }
    return out;
}

Result<VerifyKey> PublicKeys::signing_key(const std::string& name) const {
    const auto found = signing.find(name);
    return found == signing.end() ? Result<VerifyKey>(missing(name)) : found->second;
}

Result<AgeRecipient> PublicKeys::age_key(const std::string& name) const {
    const auto found = age.find(name);
    return found == age.end() ? Result<AgeRecipient>(missing(name)) : found->second;
}

}  // namespace assay::crypto
