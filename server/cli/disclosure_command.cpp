#include "crypto/command/option_value.h"
#include "crypto/record/access.h"
#include "server/cli/command_line.h"
#include "server/cli/files.h"
#include "server/cli/scoring_options.h"
#include "server/core/disclosures.h"

// A sitting's folder for an auditor: without any key, or disclosed to one.
namespace assay::server_cli {
namespace {

struct DisclosureOptions {
    std::string sitting;
    std::string to;
    std::string purpose;
    std::string disclosure;
    std::string out;
    bool with_views = false;
    ScoringRing scoring;
};

Result<int> draft(const Session& session, House& house, const DisclosureOptions& options) {
    record::Disclosure out;
    ASSAY_TRY(out.sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const auto sitting, house.sittings().find(out.sitting));
    out.manifest = sitting->manifest.digest;
    ASSAY_TRY(const auto to, command::recipient_value("--to", options.to));
    out.to = record::public_of(to);
    out.with_scoring_views = options.with_views;
    out.purpose = options.purpose;
    out.time = session.clock.wall();
    const auto made = record::make(std::move(out));
    ASSAY_TRY_STATUS(write_new(session, options.out, as_bytes(made.json())));
    tell(session.say("server.drafted"_id, {{"path", options.out}}));
    print({{"statement", made.digest.hex()}});
    return 0;
}

/// Writes into a folder that has nothing of these names.
server_core::TakeFile into(const Session& session, const Path& folder) {
    return [&session, folder](const std::string& name, ByteView bytes) -> Status {
        const Path path = folder / name;
        ASSAY_TRY_STATUS(session.disk.make_folders(path.parent_path()));
        return write_new(session, path, bytes);
    };
}

Result<int> told(const Session& session, const server_core::Disclosed& out,
                 const std::string& path) {
    tell(session.say("server.disclosed"_id, {{"packages", std::to_string(out.packages)},
                                             {"keys", std::to_string(out.keys)},
                                             {"path", path}}));
    print({{"packages", out.packages},
           {"keys", out.keys},
           {"erased", out.erased},
           {"views", out.views}});
    return 0;
}

Result<int> export_folder(const Session& session, House& house, const DisclosureOptions& options) {
    ASSAY_TRY(const SittingId sitting, command::hex_value<SittingId>("--sitting", options.sitting));
    ASSAY_TRY(const server_core::Disclosed out,
              server_core::export_sitting(house.ports(), house.trust(), house.sittings(),
                                          house.intake(), sitting, into(session, options.out)));
    return told(session, out, options.out);
}

Result<int> disclose(const Session& session, House& house, const DisclosureOptions& options) {
    ASSAY_TRY(const Bytes disclosure, read_statement(session, options.disclosure));
    ASSAY_TRY(const crypto::AgeIdentity key, scoring_key(session, options.scoring));
    ASSAY_TRY(
        const server_core::Disclosed out,
        server_core::disclose_sitting(house.ports(), house.trust(), house.sittings(),
                                      house.intake(), disclosure, key, into(session, options.out)));
    return told(session, out, options.out);
}

}  // namespace

void add_disclosure_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<DisclosureOptions>();
    CLI::App& drafted = line.on_house(
        "draft-disclosure", "server.help.draft-disclosure"_id,
        [&session, options](House& house) { return draft(session, house, *options); });
    line.required(drafted, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(drafted, "--to", options->to, "server.help.to"_id);
    line.required(drafted, "--purpose", options->purpose, "server.help.purpose"_id);
    line.flag(drafted, "--with-scoring-views", options->with_views, "server.help.with-views"_id);
    line.required(drafted, "--out", options->out, "server.help.out"_id);

    CLI::App& exported = line.on_house(
        "sitting-folder", "server.help.sitting-folder"_id,
        [&session, options](House& house) { return export_folder(session, house, *options); });
    line.required(exported, "--sitting", options->sitting, "server.help.sitting"_id);
    line.required(exported, "--out", options->out, "server.help.out"_id);

    CLI::App& disclosed = line.on_house(
        "disclose", "server.help.disclose"_id,
        [&session, options](House& house) { return disclose(session, house, *options); });
    line.required(disclosed, "--disclosure", options->disclosure, "server.help.disclosure"_id);
    line.required(disclosed, "--out", options->out, "server.help.out"_id);
    scoring_options(line, disclosed, options->scoring);
}

}  // namespace assay::server_cli
