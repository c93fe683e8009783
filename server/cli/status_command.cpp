#include "server/cli/command_line.h"

namespace assay::server_cli {
namespace {

struct StatusOptions {
    bool json = false;
};

/// How many attempts have a package and how many a result.
Result<boost::json::object> sitting_row(House& house, const SittingId& id) {
    ASSAY_TRY(const auto sitting, house.sittings().find(id));
    std::uint64_t packages = 0;
    std::uint64_t results = 0;
    for (const record::AttemptRow& row : sitting->attempts.attempts) {
        packages += house.intake().accepted(row.attempt).ok() ? 1U : 0U;
        results += server_core::newest_result(house.ports(), row.attempt).ok() ? 1U : 0U;
    }
    return boost::json::object{{"sitting", id.hex()},
                               {"title", sitting->manifest.object.title},
                               {"attempts", sitting->attempts.attempts.size()},
                               {"packages", packages},
                               {"results", results}};
}

/// What was refused and kept as evidence.
Result<std::size_t> count_refused(House& house) {
    std::size_t out = 0;
    store::Query query;
    while (true) {
        ASSAY_TRY(const auto page, house.ports().store.refusals(query));
        out += page.size();
        if (page.size() < query.limit) {
            return out;
        }
        query.after = page.back().number;
    }
}

Result<int> status(const Session& session, House& house, const StatusOptions& options) {
    ASSAY_TRY(const auto ids, house.sittings().list());
    boost::json::array sittings;
    for (const SittingId& id : ids) {
        ASSAY_TRY(auto row, sitting_row(house, id));
        if (!options.json) {
            tell(session.say("server.status.sitting"_id,
                             {{"title", std::string(row.at("title").as_string())},
                              {"sitting", id.hex()},
                              {"attempts", boost::json::serialize(row.at("attempts"))},
                              {"packages", boost::json::serialize(row.at("packages"))},
                              {"results", boost::json::serialize(row.at("results"))}}));
        }
        sittings.push_back(std::move(row));
    }
    const auto keys = house.trust().keys();
    const std::uint64_t number = keys.ok() ? (*keys)->list().number : 0;
    const std::uint64_t leaves = house.central().size();
    ASSAY_TRY(const std::size_t refused, count_refused(house));
    if (!options.json) {
        tell(session.say("server.status.house"_id, {{"server", house.keys().id.hex()},
                                                    {"number", std::to_string(number)},
                                                    {"leaves", std::to_string(leaves)},
                                                    {"refused", std::to_string(refused)}}));
        return 0;
    }
    print({{"server", house.keys().id.hex()},
           {"logKey", house.central().verifier_key()},
           {"keyList", number},
           {"leaves", leaves},
           {"refused", refused},
           {"sittings", sittings}});
    return 0;
}

}  // namespace

void add_status_command(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<StatusOptions>();
    CLI::App& added = line.on_house(
        "status", "server.help.status"_id,
        [&session, options](House& house) { return status(session, house, *options); });
    line.flag(added, "--json", options->json, "server.help.json"_id);
}

}  // namespace assay::server_cli
