#include <array>

#include "crypto/armor.h"
#include "crypto/base64.h"
#include "crypto/keys/command_line.h"
#include "crypto/sshsig.h"

namespace assay::keys {

namespace {

using crypto::VerifyKey;

constexpr std::size_t kIdentityFileBytesMax = 65536;
/// An age file is held in memory to change its form.
constexpr std::uint64_t kConvertedBytesMax = std::uint64_t{64} * 1024 * 1024;

/// DER of a SubjectPublicKeyInfo for Ed25519 (RFC 8410 section 4), before the 32 bytes of the key.
constexpr std::array<std::uint8_t, 12> kKeyInfo = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                   0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr std::string_view kPemBegin = "-----BEGIN PUBLIC KEY-----\n";
constexpr std::string_view kPemEnd = "\n-----END PUBLIC KEY-----\n";

struct Convert {
    std::string in;
    std::string to;
    std::string out;
    PinSource pin;
};

Error no_form(const std::string& in) {
    return fail(Code::kInvalid, "keys.convert.form"_id, {{"path", in}});
}

std::string pem_of(const VerifyKey& key) {
    Bytes der(kKeyInfo.begin(), kKeyInfo.end());
    append(der, key.view());
    return std::string(kPemBegin) + crypto::to_base64(der) + std::string(kPemEnd);
}

Result<VerifyKey> key_of_pem(const std::string& in, std::string_view text) {
    if (!text.starts_with(kPemBegin) || !text.ends_with(kPemEnd) ||
        text.size() < kPemBegin.size() + kPemEnd.size()) {
        return no_form(in);
    }
    text.remove_prefix(kPemBegin.size());
    text.remove_suffix(kPemEnd.size());
    ASSAY_TRY(const Bytes der, crypto::from_base64(text));
    if (der.size() != kKeyInfo.size() + 32 ||
        !std::equal(kKeyInfo.begin(), kKeyInfo.end(), der.begin())) {
        return no_form(in);
    }
    return VerifyKey::from_bytes(ByteView(der).subspan(kKeyInfo.size()));
}

Result<VerifyKey> read_key(const std::string& in, std::string_view text) {
    if (text.starts_with("-----BEGIN PUBLIC KEY")) {
        return key_of_pem(in, text);
    }
    if (text.starts_with("ssh-")) {
        return crypto::from_ssh_public_key(text);
    }
    return VerifyKey::from_text(text.substr(0, text.find_last_not_of("\r\n ") + 1));
}

/// A public signing key between the forms that other programs read.
Status convert_key(const Session& session, const Convert& options) {
    ASSAY_TRY(const Bytes bytes, read_file(session.disk, options.in, kIdentityFileBytesMax));
    ASSAY_TRY(const VerifyKey key, read_key(options.in, as_text(bytes)));
    if (options.to == "text") {
        print(key.text());
    } else if (options.to == "ssh") {
        print(crypto::to_ssh_public_key(key));
    } else if (options.to == "id") {
        print(key.id().hex());
    } else if (options.to == "pem") {
        const std::string pem = pem_of(key);
        print(pem.substr(0, pem.size() - 1));
    } else {
        return fail(Code::kUsage, "keys.convert.to"_id, {{"form", options.to}});
    }
    return Ok{};
}

/// An age file between its binary form and armour, whichever it is not in.
Status convert_file(const Session& session, const Convert& options) {
    ASSAY_TRY(const Bytes bytes, read_file(session.disk, options.in, kConvertedBytesMax));
    if (crypto::is_age_armor(bytes)) {
        ASSAY_TRY(const Bytes file, crypto::age_dearmor(as_text(bytes)));
        return write_new(session.disk, options.out, file);
    }
    if (!crypto::age_head(bytes).ok()) {
        return no_form(options.in);
    }
    return write_new(session.disk, options.out, as_bytes(crypto::age_armor(bytes)));
}

/// A file of age-keygen into a key ring of its own, under a PIN.
Status convert_identity(const Session& session, const Convert& options) {
    ASSAY_TRY(Bytes text, read_file(session.disk, options.in, kIdentityFileBytesMax));
    const crypto::WipeLater wiper(text);
    ASSAY_TRY(const crypto::AgeIdentity identity, crypto::AgeIdentity::from_file_text(text));
    crypto::KeyRing ring(session.random.id<MachineId>());
    ring.add_age("age", identity);
    ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.pin));
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, file));
    print("age " + identity.recipient().text());
    tell(session.say("keys.convert.erase"_id, {{"path", options.in}}));
    return Ok{};
}

}  // namespace

void add_convert_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<Convert>();
    CLI::App& convert = line.group("convert", "keys.help.convert"_id);

    CLI::App& key = line.command(convert, "key", "keys.help.convert-key"_id,
                                 [&session, options] { return convert_key(session, *options); });
    line.required(key, "file", options->in, "keys.help.convert-key-file"_id);
    line.required(key, "--to", options->to, "keys.help.convert-to"_id);

    CLI::App& file = line.command(convert, "file", "keys.help.convert-file"_id,
                                  [&session, options] { return convert_file(session, *options); });
    line.required(file, "file", options->in, "keys.help.convert-age-file"_id);
    line.required(file, "--out", options->out, "keys.help.out-new"_id);

    CLI::App& identity =
        line.command(convert, "identity", "keys.help.convert-identity"_id,
                     [&session, options] { return convert_identity(session, *options); });
    line.required(identity, "file", options->in, "keys.help.identity"_id);
    line.required(identity, "--out", options->out, "keys.help.ring-out"_id);
    line.pin(identity, options->pin);
}

}  // namespace assay::keys
