#include "crypto/base32.h"
#include "crypto/command/option_value.h"
#include "crypto/dsse.h"
#include "crypto/hash.h"
#include "crypto/keys/command_line.h"

namespace assay::keys {

namespace {

struct SignStatement {
    std::string file;
    std::string ring;
    std::string key = "signing";
    std::vector<std::string> signers;
    std::size_t threshold = 1;
    PinSource pin;
};

Result<crypto::Envelope> read_envelope(const Session& session, const std::string& path) {
    ASSAY_TRY(const Bytes json, read_file(session.disk, path, crypto::kEnvelopeBytesMax));
    return crypto::Envelope::parse(json);
}

std::string digest_text(const crypto::Envelope& envelope) {
    const Digest digest = crypto::sha256(envelope.payload);
    return crypto::short_code_grouped(crypto::short_of(digest));
}

/// People compare the short code before they sign: it stands for the exact payload.
Status sign_statement(const Session& session, const SignStatement& options) {
    ASSAY_TRY(crypto::Envelope envelope, read_envelope(session, options.file));
    tell(session.say("keys.statement.signing"_id, {{"code", digest_text(envelope)}}));
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::SigningKey key, ring.signing(options.key));
    envelope.add_signature(key);
    if (envelope.signatures.size() > crypto::kSignaturesMax) {
        return fail(Code::kLimit, "keys.statement.full"_id,
                    {{"limit", std::to_string(crypto::kSignaturesMax)}});
    }
    ASSAY_TRY_STATUS(write_file(session.disk, options.file, as_bytes(envelope.json())));
    tell(session.say("keys.statement.signed"_id,
                     {{"count", std::to_string(envelope.signatures.size())}}));
    return Ok{};
}

Status show_statement(const Session& session, const SignStatement& options) {
    ASSAY_TRY(const crypto::Envelope envelope, read_envelope(session, options.file));
    tell(session.say(
        "keys.statement.shown"_id,
        {{"code", digest_text(envelope)}, {"count", std::to_string(envelope.signatures.size())}}));
    print(to_string(envelope.payload));
    return Ok{};
}

Status verify_statement(const Session& session, const SignStatement& options) {
    ASSAY_TRY(const crypto::Envelope envelope, read_envelope(session, options.file));
    std::vector<crypto::VerifyKey> allowed;
    for (const std::string& text : options.signers) {
        ASSAY_TRY(const crypto::VerifyKey key, command::key_value("--signer", text));
        allowed.push_back(key);
    }
    ASSAY_TRY_STATUS(crypto::require_threshold(envelope, allowed, options.threshold));
    for (const crypto::VerifyKey& key : crypto::signers(envelope, allowed)) {
        print(key.text());
    }
    return Ok{};
}

}  // namespace

void add_statement_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<SignStatement>();
    CLI::App& statement = line.group("statement", "keys.help.statement"_id);

    CLI::App& sign =
        line.command(statement, "sign", "keys.help.statement-sign"_id,
                     [&session, options] { return sign_statement(session, *options); });
    line.required(sign, "file", options->file, "keys.help.statement-file"_id);
    line.required(sign, "--ring", options->ring, "keys.help.ring-file"_id);
    line.option(sign, "--key", options->key, "keys.help.key-signing"_id);
    line.pin(sign, options->pin);

    CLI::App& show =
        line.command(statement, "show", "keys.help.statement-show"_id,
                     [&session, options] { return show_statement(session, *options); });
    line.required(show, "file", options->file, "keys.help.statement-file"_id);

    CLI::App& verify =
        line.command(statement, "verify", "keys.help.statement-verify"_id,
                     [&session, options] { return verify_statement(session, *options); });
    line.required(verify, "file", options->file, "keys.help.statement-file"_id);
    line.required(verify, "--signer", options->signers, "keys.help.signer"_id);
    line.number(verify, "--threshold", options->threshold, "keys.help.threshold"_id, std::size_t{1},
                crypto::kSignaturesMax);
}

}  // namespace assay::keys
