#include <algorithm>

#include "crypto/command/option_value.h"
#include "crypto/keys/command_line.h"
#include "crypto/sshsig.h"

namespace assay::keys {

namespace {

/// A file is signed from memory.
constexpr std::uint64_t kSignedFileBytesMax = std::uint64_t{256} * 1024 * 1024;

struct SignFile {
    std::string file;
    std::string ring;
    std::string key = "signing";
    std::string purpose = "file";
    std::string signature;
    std::vector<std::string> signers;
    PinSource pin;

    Path signature_path() const { return signature.empty() ? file + ".sig" : signature; }
};

Status sign_file(const Session& session, const SignFile& options) {
    ASSAY_TRY(const Bytes message, read_file(session.disk, options.file, kSignedFileBytesMax));
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::SigningKey key, ring.signing(options.key));
    if (options.purpose.empty()) {
        return fail(Code::kUsage, "keys.file.purpose"_id);
    }
    const std::string text = crypto::sshsig_sign(key, options.purpose, message);
    ASSAY_TRY_STATUS(write_new(session.disk, options.signature_path(), as_bytes(text)));
    tell(session.say("keys.file.signed"_id, {{"path", options.signature_path().string()},
                                             {"key", key.verify_key().text()}}));
    return Ok{};
}

Result<std::vector<crypto::VerifyKey>> allowed_signers(const SignFile& options) {
    std::vector<crypto::VerifyKey> out;
    for (const std::string& text : options.signers) {
        ASSAY_TRY(const crypto::VerifyKey key, command::key_value("--signer", text));
        out.push_back(key);
    }
    return out;
}

Status verify_file(const Session& session, const SignFile& options) {
    ASSAY_TRY(const std::vector<crypto::VerifyKey> allowed, allowed_signers(options));
    ASSAY_TRY(const Bytes message, read_file(session.disk, options.file, kSignedFileBytesMax));
    ASSAY_TRY(const Bytes text,
              read_file(session.disk, options.signature_path(), crypto::kSshsigBytesMax));
    ASSAY_TRY(const crypto::VerifyKey signer,
              crypto::sshsig_verify(as_text(text), options.purpose, message));
    if (std::ranges::find(allowed, signer) == allowed.end()) {
        return fail(Code::kDenied, "keys.file.stranger"_id, {{"key", signer.text()}});
    }
    tell(session.say("keys.file.good"_id, {{"key", signer.text()}}));
    return Ok{};
}

}  // namespace

void add_file_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<SignFile>();

    CLI::App& sign = line.command(line.root(), "sign", "keys.help.sign"_id,
                                  [&session, options] { return sign_file(session, *options); });
    line.required(sign, "file", options->file, "keys.help.sign-file"_id);
    line.required(sign, "--ring", options->ring, "keys.help.ring-file"_id);
    line.option(sign, "--key", options->key, "keys.help.key-signing"_id);
    line.option(sign, "--purpose", options->purpose, "keys.help.purpose"_id);
    line.option(sign, "--signature", options->signature, "keys.help.signature"_id);
    line.pin(sign, options->pin);

    CLI::App& verify = line.command(line.root(), "verify", "keys.help.verify"_id,
                                    [&session, options] { return verify_file(session, *options); });
    line.required(verify, "file", options->file, "keys.help.sign-file"_id);
    line.required(verify, "--signer", options->signers, "keys.help.signer"_id);
    line.option(verify, "--purpose", options->purpose, "keys.help.purpose"_id);
    line.option(verify, "--signature", options->signature, "keys.help.signature"_id);
}

}  // namespace assay::keys
