#include "crypto/command/option_value.h"
#include "crypto/dsse.h"
#include "question-bank/sealed/statements.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/core/catalogue.h"

// What the organisation brings to the server: each file is verified and kept.
namespace assay::server_cli {
namespace {

/// Two of these go into one batch of the store.
constexpr std::size_t kSmallFileBytes = std::size_t{8} << 20U;

struct KeepOptions {
    std::string path;
    std::string second;
    std::string part;
    std::string desk;
};

Result<int> said(const Session& session, MessageId id, const std::string& what) {
    tell(session.say(id, {{"path", what}}));
    return 0;
}

Result<int> adopt(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const Bytes list, read_statement(session, options.path));
    ASSAY_TRY(const Bytes rows, read_file(session.disk, options.second, record::kJsonBytesMax));
    ASSAY_TRY_STATUS(house.trust().adopt(list, rows));
    return said(session, "server.kept.keys"_id, options.path);
}

/// The bytes of a small file; a large one is put into the store in pieces, and comes back empty.
Result<Bytes> bring(const Session& session, House& house, const Path& path) {
    ASSAY_TRY(const auto file, session.disk.open_read_only(path));
    ASSAY_TRY(const std::uint64_t size, file->size());
    if (size <= kSmallFileBytes) {
        return read_file(session.disk, path, kSmallFileBytes);
    }
    const auto id = session.random.id<store::UploadId>();
    ASSAY_TRY_STATUS(house.uploads().create(id, size, path.filename().string(), {}));
    Bytes piece(kSmallFileBytes);
    for (std::uint64_t at = 0; at < size;) {
        ASSAY_TRY(const std::size_t read, file->read_at(at, piece));
        ASSAY_TRY(at, house.uploads().append(id, at, ByteView(piece).first(read)));
    }
    ASSAY_TRY_STATUS(house.uploads().finish(id));
    return Bytes{};
}

Result<int> add_bank(const Session& session, House& house, const KeepOptions& options) {
    const Path folder = options.path;
    const auto read = [&](std::string_view name, std::uint64_t limit) {
        return read_file(session.disk, folder / name, limit);
    };
    server_core::BankDelivery delivery;
    ASSAY_TRY(delivery.statement, read(sealed::kBankStatementFile, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(delivery.bank, bring(session, house, folder / sealed::kBankFile));
    ASSAY_TRY(delivery.scoring_statement,
              read(sealed::kScoringStatementFile, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(delivery.scoring, bring(session, house, folder / sealed::kScoringFile));
    ASSAY_TRY(delivery.scoring_key, read(sealed::kScoringKeyFile, crypto::kEnvelopeBytesMax));
    ASSAY_TRY_STATUS(house.sittings().add_bank(delivery));
    return said(session, "server.kept.bank"_id, options.path);
}

Result<int> add_kit(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const Bytes kit, read_statement(session, options.path));
    ASSAY_TRY_STATUS(house.sittings().add_kit(kit));
    return said(session, "server.kept.kit"_id, options.path);
}

Result<int> add_capsule(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const PartId part, command::hex_value<PartId>("--part", options.part));
    ASSAY_TRY(const MachineId desk, command::hex_value<MachineId>("--desk", options.desk));
    ASSAY_TRY(const Bytes capsule,
              read_file(session.disk, options.path, crypto::kEnvelopeBytesMax));
    ASSAY_TRY_STATUS(house.sittings().add_capsule(part, desk, capsule));
    return said(session, "server.kept.capsule"_id, options.path);
}

Result<int> add_batch(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const Bytes batch, read_statement(session, options.path));
    ASSAY_TRY_STATUS(house.releases().add_batch(batch));
    return said(session, "server.kept.batch"_id, options.path);
}

Result<int> add_sitting(const Session& session, House& house, const KeepOptions& options) {
    const Path folder = options.path;
    ASSAY_TRY(const Bytes manifest, read_statement(session, folder / kManifestFile));
    ASSAY_TRY(const Bytes attempts,
              read_file(session.disk, folder / kAttemptsFile, record::kJsonBytesMax));
    ASSAY_TRY_STATUS(house.sittings().add_sitting(manifest, attempts));
    return said(session, "server.kept.sitting"_id, options.path);
}

Result<int> keep_catalogue(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const Bytes file, read_file(session.disk, options.path, store::kValueBytesMax));
    ASSAY_TRY_STATUS(server_core::set_catalogue(house.ports(), file));
    return said(session, "server.kept.catalogue"_id, options.path);
}

Result<int> add_mark(const Session& session, House& house, const KeepOptions& options) {
    ASSAY_TRY(const Bytes sheet, read_statement(session, options.path));
    ASSAY_TRY_STATUS(server_core::keep_mark(house.ports(), house.trust(), house.sittings(), sheet));
    return said(session, "server.kept.mark"_id, options.path);
}

/// Makes folder, log and store where there are none, and says what a key list and a definition
/// need to know.
Result<int> init(const Session& session, House& house) {
    tell(session.say("server.kept.init"_id, {{"server", house.keys().id.hex()}}));
    print({{"server", house.keys().id.hex()}, {"logKey", house.central().verifier_key()}});
    return 0;
}

using Keep = Result<int> (*)(const Session&, House&, const KeepOptions&);

CLI::App& add(CommandLine& line, const char* name, MessageId help, Keep keep,
              const std::shared_ptr<KeepOptions>& options) {
    const Session& session = line.session();
    CLI::App& added = line.on_house(name, help, [&session, options, keep](House& house) {
        return keep(session, house, *options);
    });
    line.required(added, "path", options->path, "server.help.path"_id);
    return added;
}

}  // namespace

void add_keep_commands(CommandLine& line) {
    const Session& session = line.session();
    line.on_house("init", "server.help.init"_id,
                  [&session](House& house) { return init(session, house); });
    const auto options = std::make_shared<KeepOptions>();
    CLI::App& keys = add(line, "adopt-keys", "server.help.adopt-keys"_id, adopt, options);
    line.required(keys, "--rows", options->second, "server.help.rows"_id);
    add(line, "add-bank", "server.help.add-bank"_id, add_bank, options);
    add(line, "add-kit", "server.help.add-kit"_id, add_kit, options);
    CLI::App& capsule =
        add(line, "add-capsule", "server.help.add-capsule"_id, add_capsule, options);
    line.required(capsule, "--part", options->part, "server.help.part"_id);
    line.required(capsule, "--desk", options->desk, "server.help.desk"_id);
    add(line, "add-batch", "server.help.add-batch"_id, add_batch, options);
    add(line, "add-sitting", "server.help.add-sitting"_id, add_sitting, options);
    add(line, "set-catalogue", "server.help.set-catalogue"_id, keep_catalogue, options);
    add(line, "add-mark", "server.help.add-mark"_id, add_mark, options);
}

}  // namespace assay::server_cli
