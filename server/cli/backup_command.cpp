#include "server/cli/command_line.h"
#include "server/core/backup.h"
#include "server/core/lost.h"

namespace assay::server_cli {
namespace {

struct BackupOptions {
    HouseOptions house;
    std::string out;
    std::string wraps;
    std::string log;
};

Result<FolderKeys> folder_keys(const Session& session, const RingFile& file) {
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, file.path, file.pin));
    return FolderKeys::from(ring);
}

/// Needs no lock: the server may run.
Result<int> backup(const Session& session, const BackupOptions& options) {
    ASSAY_TRY(const FolderKeys keys, folder_keys(session, options.house.keys));
    ASSAY_TRY(const store::BackupCount count,
              server_core::back_up_server({options.house.folder, options.out, options.wraps},
                                          keys.store, keys.origin, keys.log, session.random));
    tell(session.say("server.backup.done"_id,
                     {{"path", options.out}, {"files", std::to_string(count.files)}}));
    print({{"files", count.files}, {"bytes", count.bytes}});
    return 0;
}

Result<int> restore(const Session& session, const BackupOptions& options) {
    ASSAY_TRY(const store::BackupCount count,
              server_core::restore_server(
                  {options.out, options.wraps, options.log, options.house.folder}));
    ASSAY_TRY(const auto house, House::open(session, options.house));
    ASSAY_TRY_STATUS(house->ports().store.scrub());
    ASSAY_TRY_STATUS(house->central().scrub());
    ASSAY_TRY(const auto lost, server_core::lost_statements(house->ports()));
    const auto doubt = house->central().doubt();
    tell(session.say("server.restore.done"_id, {{"path", options.house.folder},
                                                {"leaves", std::to_string(house->central().size())},
                                                {"lost", std::to_string(lost.size())}}));
    if (doubt) {
        tell(session.texts.say_error(session.language, *doubt));
    }
    print({{"files", count.files},
           {"leaves", house->central().size()},
           {"lost", lost.size()},
           {"logTakesLeaves", !doubt}});
    return doubt || !lost.empty() ? exit_code(Code::kRefused) : 0;
}

Result<int> scrub(const Session& session, House& house) {
    ASSAY_TRY_STATUS(house.ports().store.scrub());
    ASSAY_TRY_STATUS(house.central().scrub());
    tell(session.say("server.scrub.done"_id, {{"leaves", std::to_string(house.central().size())}}));
    return 0;
}

}  // namespace

void add_backup_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<BackupOptions>();
    CLI::App& saved = line.command("backup", "server.help.backup"_id,
                                   [&session, options] { return backup(session, *options); });
    line.house_options(saved, options->house);
    line.required(saved, "--out", options->out, "server.help.backup-out"_id);
    line.option(saved, "--wraps-out", options->wraps, "server.help.wraps-out"_id);

    CLI::App& restored = line.command("restore", "server.help.restore"_id,
                                      [&session, options] { return restore(session, *options); });
    line.house_options(restored, options->house);
    line.required(restored, "path", options->out, "server.help.path"_id);
    line.option(restored, "--wraps", options->wraps, "server.help.wraps"_id);
    line.option(restored, "--log", options->log, "server.help.newer-log"_id);

    line.on_house("scrub", "server.help.scrub"_id,
                  [&session](House& house) { return scrub(session, house); });
}

}  // namespace assay::server_cli
