#include "crypto/age_bulk.h"
#include "crypto/armor.h"
#include "crypto/command/option_value.h"
#include "crypto/keys/command_line.h"
#include "crypto/keys/streams.h"

namespace assay::keys {

namespace {

using crypto::AgeIdentity;
using crypto::AgeRecipient;

/// Text form and PIN-protected files are held in memory.
constexpr std::size_t kHeldBytesMax = std::size_t{64} * 1024 * 1024;
constexpr std::size_t kIdentityFileBytesMax = 65536;
/// Work that a PIN-protected file may ask for.
constexpr int kLogNMax = 20;

struct AgePipe {
    std::vector<std::string> to;
    std::string ring;
    std::string key = "age";
    std::string identity;
    std::string in;
    std::string out;
    bool armor = false;
    bool pin_protected = false;
    PinSource pin;
};

Result<std::vector<AgeRecipient>> recipients(const AgePipe& options) {
    std::vector<AgeRecipient> out;
    for (const std::string& text : options.to) {
        ASSAY_TRY(const AgeRecipient recipient, command::recipient_value("--to", text));
        out.push_back(recipient);
    }
    if (out.size() > crypto::kAgeRecipientsMax) {
        return fail(Code::kLimit, "keys.age.recipients"_id,
                    {{"limit", std::to_string(crypto::kAgeRecipientsMax)}});
    }
    return out;
}

Result<Bytes> encrypt_held(const Session& session, const AgePipe& options, ByteView plain) {
    if (options.pin_protected) {
        ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.pin));
        return crypto::age_encrypt_passphrase(session.random, plain, pin, crypto::kAgeLogNDefault);
    }
    ASSAY_TRY(const std::vector<AgeRecipient> to, recipients(options));
    return crypto::age_encrypt(session.random, plain, to);
}

Status encrypt(const Session& session, const AgePipe& options) {
    if (options.to.empty() != options.pin_protected) {
        return fail(Code::kUsage, "keys.age.to-or-pin"_id);
    }
    ASSAY_TRY(const std::vector<AgeRecipient> to, recipients(options));
    ASSAY_TRY(Input input, Input::open(session.disk, options.in));
    ASSAY_TRY(Output output, Output::create(session.disk, options.out));
    const crypto::Source source = input.source();
    if (options.armor || options.pin_protected) {
        ASSAY_TRY(const Bytes plain, read_all(source, kHeldBytesMax));
        ASSAY_TRY(const Bytes file, encrypt_held(session, options, plain));
        ASSAY_TRY_STATUS(output.sink()(options.armor ? to_bytes(crypto::age_armor(file)) : file));
        return output.finish();
    }
    ASSAY_TRY(crypto::AgeWriter writer,
              crypto::AgeWriter::begin(session.random, to, output.sink()));
    Bytes piece(65536);
    while (true) {
        ASSAY_TRY(const std::size_t count, source(piece));
        if (count == 0) {
            break;
        }
        ASSAY_TRY_STATUS(writer.write(ByteView(piece).first(count)));
    }
    ASSAY_TRY_STATUS(writer.finish());
    return output.finish();
}

Result<AgeIdentity> identity_of(const Session& session, const AgePipe& options) {
    if (!options.ring.empty()) {
        ASSAY_TRY(const crypto::KeyRing ring,
                  of_file(session, options.ring, open_ring(session, options.ring, options.pin)));
        return of_file(session, options.ring, ring.age(options.key));
    }
    ASSAY_TRY(Bytes text, read_file(session.disk, options.identity, kIdentityFileBytesMax));
    const crypto::WipeLater wiper(text);
    return of_file(session, options.identity, AgeIdentity::from_file_text(text));
}

/// The same bytes with what was looked at put back in front.
crypto::Source joined(Bytes first, crypto::Source rest) {
    return [first = std::move(first), at = std::size_t{0},
            rest = std::move(rest)](std::span<std::uint8_t> out) mutable -> Result<std::size_t> {
        if (at == first.size()) {
            return rest(out);
        }
        const std::size_t part = std::min(out.size(), first.size() - at);
        std::copy_n(first.begin() + static_cast<std::ptrdiff_t>(at), part, out.begin());
        at += part;
        return part;
    };
}

Status decrypt_pin(const Session& session, const AgePipe& options, const crypto::Source& source,
                   const crypto::Sink& sink) {
    ASSAY_TRY(Bytes file, read_all(source, kHeldBytesMax));
    if (crypto::is_age_armor(file)) {
        ASSAY_TRY(file, crypto::age_dearmor(as_text(file)));
    }
    ASSAY_TRY(const crypto::Pin pin, read_pin(session, options.pin));
    ASSAY_TRY(const crypto::SecretBytes plain, crypto::age_decrypt_passphrase(file, pin, kLogNMax));
    return sink(plain.view());
}

Status decrypt_key(const AgeIdentity& identity, const crypto::Source& source,
                   const crypto::Sink& sink) {
    Bytes first(4096);
    ASSAY_TRY(const std::size_t count, source(first));
    first.resize(count);
    const bool armored = crypto::is_age_armor(first);
    crypto::Source all = joined(std::move(first), source);
    if (armored) {
        ASSAY_TRY(const Bytes text, read_all(all, kHeldBytesMax));
        ASSAY_TRY(Bytes file, crypto::age_dearmor(as_text(text)));
        all = joined(std::move(file),
                     [](std::span<std::uint8_t>) -> Result<std::size_t> { return std::size_t{0}; });
    }
    const Result<std::uint64_t> size = crypto::age_decrypt_two_threads(all, identity, sink);
    return size.ok() ? Status(Ok{}) : Status(size.error());
}

Status decrypt(const Session& session, const AgePipe& options) {
    const int ways = (options.ring.empty() ? 0 : 1) + (options.identity.empty() ? 0 : 1) +
                     (options.pin_protected ? 1 : 0);
    if (ways != 1) {
        return fail(Code::kUsage, "keys.age.one-key"_id);
    }
    ASSAY_TRY(Input input, Input::open(session.disk, options.in));
    ASSAY_TRY(Output output, Output::create(session.disk, options.out));
    if (options.pin_protected) {
        ASSAY_TRY_STATUS(decrypt_pin(session, options, input.source(), output.sink()));
    } else {
        ASSAY_TRY(const AgeIdentity identity, identity_of(session, options));
        ASSAY_TRY_STATUS(decrypt_key(identity, input.source(), output.sink()));
    }
    return output.finish();
}

}  // namespace

void add_age_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<AgePipe>();

    CLI::App& sealing = line.command(line.root(), "encrypt", "keys.help.encrypt"_id,
                                     [&session, options] { return encrypt(session, *options); });
    line.option(sealing, "--to", options->to, "keys.help.to"_id);
    line.flag(sealing, "--pin", options->pin_protected, "keys.help.pin-protect"_id);
    line.flag(sealing, "--armor", options->armor, "keys.help.armor"_id);
    line.option(sealing, "--in", options->in, "keys.help.in"_id);
    line.option(sealing, "--out", options->out, "keys.help.out"_id);
    line.pin(sealing, options->pin);

    CLI::App& opening = line.command(line.root(), "decrypt", "keys.help.decrypt"_id,
                                     [&session, options] { return decrypt(session, *options); });
    line.option(opening, "--ring", options->ring, "keys.help.ring-file"_id);
    line.option(opening, "--key", options->key, "keys.help.key-age"_id);
    line.option(opening, "--identity", options->identity, "keys.help.identity"_id);
    line.flag(opening, "--pin", options->pin_protected, "keys.help.pin-open"_id);
    line.option(opening, "--in", options->in, "keys.help.in"_id);
    line.option(opening, "--out", options->out, "keys.help.out"_id);
    line.pin(opening, options->pin);
}

}  // namespace assay::keys
