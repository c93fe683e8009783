#include "crypto/tlog/proof.h"
#include "server/cli/command_line.h"
#include "server/core/lost.h"

namespace assay::server_cli {
namespace {

Result<int> accept_head(const Session& session, House& house, const std::string& path) {
    ASSAY_TRY(const Bytes file, read_file(session.disk, path, tlog::kProofBytesMax));
    ASSAY_TRY_STATUS(house.central().accept_head(as_text(file)));
    tell(session.say("server.head.accepted"_id,
                     {{"leaves", std::to_string(house.central().size())}}));
    return 0;
}

/// What the log has and the store has not, for the list of calls to the sites.
Result<int> lost(const Session& session, House& house) {
    ASSAY_TRY(const auto found, server_core::lost_statements(house.ports()));
    boost::json::array rows;
    for (const server_core::LostStatement& each : found) {
        boost::json::object row{
            {"leaf", each.leaf}, {"statement", each.digest.hex()}, {"kind", each.kind}};
        if (each.package) {
            row["attempt"] = each.package->attempt.hex();
            row["epoch"] = each.package->epoch.value;
            row["room"] = each.package->room.hex();
        }
        rows.push_back(std::move(row));
    }
    tell(session.say("server.lost.count"_id, {{"count", std::to_string(found.size())}}));
    print(rows);
    return found.empty() ? 0 : exit_code(Code::kRefused);
}

}  // namespace

void add_log_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto path = std::make_shared<std::string>();
    CLI::App& accepted = line.on_house(
        "accept-head", "server.help.accept-head"_id,
        [&session, path](House& house) { return accept_head(session, house, *path); });
    line.required(accepted, "path", *path, "server.help.path"_id);
    line.on_house("lost", "server.help.lost"_id,
                  [&session](House& house) { return lost(session, house); });
}

}  // namespace assay::server_cli
