#include "crypto/command/option_value.h"
#include "crypto/keys/command_line.h"
#include "crypto/keys/public_keys.h"

namespace assay::keys {

namespace {

using crypto::KeyRing;
using crypto::SecretBytes;

bool is_name(const std::string& name) {
    return !name.empty() && name.size() <= 32 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
}

struct MakeRing {
    std::string out;
    std::string id;
    std::string public_out;
    std::vector<std::string> signing;
    std::vector<std::string> age;
    PinSource pin;
};

Status check_names(const MakeRing& options, const KeyRing& ring, const std::string& name) {
    if (!is_name(name) || ring.has(name) ||
        options.signing.size() + options.age.size() > crypto::kKeyRingKeysMax) {
        return fail(Code::kUsage, "keys.ring.name"_id, {{"name", name}});
    }
    return Ok{};
}

Result<KeyRing> new_ring(const Session& session, const MakeRing& options) {
    MachineId id = session.random.id<MachineId>();
    if (!options.id.empty()) {
        ASSAY_TRY(id, command::hex_value<MachineId>("--id", options.id));
    }
    KeyRing ring(id);
    for (const std::string& name : options.signing) {
        ASSAY_TRY_STATUS(check_names(options, ring, name));
        ring.add_signing(name, crypto::SigningKey::generate(session.random));
    }
    for (const std::string& name : options.age) {
        ASSAY_TRY_STATUS(check_names(options, ring, name));
        ring.add_age(name, crypto::AgeIdentity::generate(session.random));
    }
    return ring;
}

Status make_ring(const Session& session, const MakeRing& options) {
    if (options.signing.empty() && options.age.empty()) {
        return fail(Code::kUsage, "keys.ring.empty"_id);
    }
    ASSAY_TRY(const KeyRing ring, new_ring(session, options));
    ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.pin));
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    const std::string text = PublicKeys::of(ring).text();
    command::NewFiles files(session.disk);
    ASSAY_TRY_STATUS(files.write(options.out, file));
    if (!options.public_out.empty()) {
        ASSAY_TRY_STATUS(files.write(options.public_out, as_bytes(text)));
    }
    files.keep();
    print(text.substr(0, text.size() - 1));
    return Ok{};
}

struct UseRing {
    std::string ring;
    std::string key;
    std::string out;
    PinSource pin;
    PinSource new_pin;
};

Status show_ring(const Session& session, const UseRing& options) {
    ASSAY_TRY(const KeyRing ring, open_ring(session, options.ring, options.pin));
    const std::string text = PublicKeys::of(ring).text();
    print(text.substr(0, text.size() - 1));
    return Ok{};
}

Status change_pin(const Session& session, const UseRing& options) {
    ASSAY_TRY(const KeyRing ring, open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.new_pin));
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    ASSAY_TRY_STATUS(write_file(session.disk, options.ring, file));
    tell(session.say("keys.ring.pin-changed"_id, {{"path", options.ring}}));
    return Ok{};
}

/// As age-keygen writes it, for the `age` program; only into a new file.
Status export_age(const Session& session, const UseRing& options) {
    ASSAY_TRY(const KeyRing ring, open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::AgeIdentity identity, ring.age(options.key));
    const std::string head = "# public key: " + identity.recipient().text() + '\n';
    const SecretBytes text = identity.text();
    SecretBytes file = SecretBytes::zeros(head.size() + text.size() + 1);
    std::ranges::copy(head, file.span().begin());
    std::ranges::copy(text.view(), file.span().begin() + static_cast<std::ptrdiff_t>(head.size()));
    file.span().back() = '\n';
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, file.view()));
    tell(session.say("keys.ring.exported"_id, {{"path", options.out}}));
    return Ok{};
}

}  // namespace

void add_ring_commands(CommandLine& line) {
    const Session& session = line.session();
    CLI::App& ring = line.group("ring", "keys.help.ring"_id);

    const auto make = std::make_shared<MakeRing>();
    CLI::App& made = line.command(ring, "make", "keys.help.ring-make"_id,
                                  [&session, make] { return make_ring(session, *make); });
    line.required(made, "--out", make->out, "keys.help.ring-out"_id);
    line.option(made, "--signing", make->signing, "keys.help.ring-signing"_id);
    line.option(made, "--age", make->age, "keys.help.ring-age"_id);
    line.option(made, "--id", make->id, "keys.help.ring-id"_id);
    line.option(made, "--public", make->public_out, "keys.help.ring-public"_id);
    line.pin(made, make->pin);

    const auto use = std::make_shared<UseRing>();
    CLI::App& show = line.command(ring, "show", "keys.help.ring-show"_id,
                                  [&session, use] { return show_ring(session, *use); });
    line.required(show, "ring", use->ring, "keys.help.ring-file"_id);
    line.pin(show, use->pin);

    CLI::App& pin = line.command(ring, "pin", "keys.help.ring-pin"_id,
                                 [&session, use] { return change_pin(session, *use); });
    line.required(pin, "ring", use->ring, "keys.help.ring-file"_id);
    line.pin(pin, use->pin);
    line.new_pin(pin, use->new_pin);

    CLI::App& exported = line.command(ring, "export", "keys.help.ring-export"_id,
                                      [&session, use] { return export_age(session, *use); });
    line.required(exported, "ring", use->ring, "keys.help.ring-file"_id);
    line.required(exported, "--key", use->key, "keys.help.key"_id);
    line.required(exported, "--out", use->out, "keys.help.out-new"_id);
    line.pin(exported, use->pin);
}

}  // namespace assay::keys
