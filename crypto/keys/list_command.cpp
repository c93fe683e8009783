#include <algorithm>

#include "crypto/command/option_value.h"
#include "crypto/keys/command_line.h"
#include "crypto/keys/holder.h"
#include "crypto/keys/public_keys.h"
#include "crypto/record/key_list.h"

namespace assay::keys {

namespace {

using record::KeyList;
using record::KeyRow;
using record::KeyRows;
using record::Role;

constexpr std::uint64_t kRowsBytesMax = std::uint64_t{16} * 1024 * 1024;

struct Lists {
    std::string rows;
    std::string organisation;
    std::string role;
    std::string public_file;
    std::string label;
    std::string site;
    std::string previous;
    std::string out;
    std::string file;
    std::vector<std::string> roots;
    std::uint32_t root_threshold = 2;
    std::uint32_t officer_threshold = 2;
};

Result<KeyRow> new_row(const Session& session, const Lists& options) {
    const std::optional<Role> role = record::from_word<Role>(options.role);
    if (!role) {
        return fail(Code::kUsage, "keys.list.role"_id, {{"role", options.role}});
    }
    ASSAY_TRY(const Bytes text, read_file(session.disk, options.public_file, kPublicKeysBytesMax));
    ASSAY_TRY(const PublicKeys keys, PublicKeys::from_text(text));
    KeyRow row;
    row.role = *role;
    row.id = keys.id;
    row.label = options.label;
    if (!options.site.empty()) {
        ASSAY_TRY(row.site, command::hex_value<SiteId>("--site", options.site));
    } else if (*role == Role::kDesk || *role == Role::kSiteLog) {
        return fail(Code::kUsage, "keys.list.site"_id);
    }
    ASSAY_TRY_STATUS(fill_keys(row, keys));
    return row;
}

Status add_row(const Session& session, const Lists& options) {
    KeyRows rows;
    ASSAY_TRY(rows.organisation,
              command::hex_value<OrganisationId>("--organisation", options.organisation));
    if (session.disk.exists(options.rows)) {
        ASSAY_TRY(const Bytes text, read_file(session.disk, options.rows, kRowsBytesMax));
        ASSAY_TRY(KeyRows found, record::read_document<KeyRows>(text));
        if (found.organisation != rows.organisation) {
            return fail(Code::kRefused, "record.key-list.organisation"_id);
        }
        rows = std::move(found);
    }
    ASSAY_TRY(const KeyRow row, new_row(session, options));
    for (const KeyRow& other : rows.rows) {
        if (other.role == row.role && other.id == row.id) {
            return fail(Code::kConflict, "keys.list.twice"_id,
                        {{"role", options.role}, {"id", row.id.hex()}});
        }
    }
    rows.rows.push_back(row);
    ASSAY_TRY_STATUS(record::each_key_once(rows.rows));
    return write_file(session.disk, options.rows, record::write_document(rows));
}

Result<std::vector<record::SigningPublic>> root_keys(const Lists& options) {
    std::vector<record::SigningPublic> out;
    for (const std::string& text : options.roots) {
        ASSAY_TRY(const crypto::VerifyKey key, command::key_value("--root", text));
        ASSAY_TRY(const record::SigningPublic root, record::SigningPublic::from_bytes(key.view()));
        if (std::ranges::find(out, root) != out.end()) {
            return fail(Code::kUsage, "keys.list.root-twice"_id, {{"key", text}});
        }
        out.push_back(root);
    }
    return out;
}

Status follow(const Session& session, const std::string& previous, KeyList& list) {
    ASSAY_TRY(const Bytes json, read_file(session.disk, previous, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(const auto before, record::read_signed<KeyList>(json));
    list.number = before.object.number + 1;
    list.predecessor = before.digest;
    list.revoked = before.object.revoked;
    return Ok{};
}

/// Unsigned: root officers sign it with `statement sign`, one after the other.
Status make_list(const Session& session, const Lists& options) {
    ASSAY_TRY(const Bytes text, read_file(session.disk, options.rows, kRowsBytesMax));
    ASSAY_TRY(const KeyRows rows, record::read_document<KeyRows>(text));
    ASSAY_TRY_STATUS(record::each_key_once(rows.rows));
    KeyList list;
    list.organisation = rows.organisation;
    ASSAY_TRY(list.roots, root_keys(options));
    list.root_threshold = options.root_threshold;
    list.officer_threshold = options.officer_threshold;
    if (list.root_threshold == 0 || list.root_threshold > list.roots.size() ||
        list.officer_threshold == 0) {
        return fail(Code::kUsage, "keys.list.thresholds"_id);
    }
    list.rows = crypto::sha256(text);
    list.time = session.clock.wall();
    if (!options.previous.empty()) {
        ASSAY_TRY_STATUS(follow(session, options.previous, list));
    }
    const auto made = record::make(std::move(list));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, as_bytes(made.json())));
    tell(session.say("keys.list.made"_id, {{"number", std::to_string(made.object.number)},
                                           {"rows", std::to_string(rows.rows.size())}}));
    return Ok{};
}

Status verify_list(const Session& session, const Lists& options) {
    ASSAY_TRY(const Bytes json, read_file(session.disk, options.file, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(const auto list, of_file(session, options.file, record::read_signed<KeyList>(json)));
    ASSAY_TRY(const Bytes rows, read_file(session.disk, options.rows, kRowsBytesMax));
    ASSAY_TRY(const std::vector<record::SigningPublic> roots, root_keys(options));
    ASSAY_TRY(const record::TrustedKeys keys,
              record::TrustedKeys::from(list, rows, roots, options.root_threshold));
    tell(session.say("keys.list.good"_id, {{"number", std::to_string(keys.list().number)},
                                           {"rows", std::to_string(keys.rows().size())}}));
    for (const KeyRow& row : keys.rows()) {
        print(std::string(record::word(row.role)) + ' ' + row.id.hex() + ' ' + row.label);
    }
    return Ok{};
}

}  // namespace

void add_list_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<Lists>();
    CLI::App& list = line.group("list", "keys.help.list"_id);
    add_list_change_commands(line, list);

    CLI::App& row = line.command(list, "row", "keys.help.list-row"_id,
                                 [&session, options] { return add_row(session, *options); });
    line.required(row, "--rows", options->rows, "keys.help.list-rows"_id);
    line.required(row, "--organisation", options->organisation, "keys.help.list-organisation"_id);
    line.required(row, "--role", options->role, "keys.help.list-role"_id);
    line.required(row, "--public", options->public_file, "keys.help.list-public"_id);
    line.required(row, "--label", options->label, "keys.help.list-label"_id);
    line.option(row, "--site", options->site, "keys.help.list-site"_id);

    CLI::App& made = line.command(list, "make", "keys.help.list-make"_id,
                                  [&session, options] { return make_list(session, *options); });
    line.required(made, "--rows", options->rows, "keys.help.list-rows"_id);
    line.required(made, "--out", options->out, "keys.help.out-new"_id);
    line.required(made, "--root", options->roots, "keys.help.list-root"_id);
    line.option(made, "--root-threshold", options->root_threshold, "keys.help.root-threshold"_id);
    line.option(made, "--officer-threshold", options->officer_threshold,
                "keys.help.officer-threshold"_id);
    line.option(made, "--previous", options->previous, "keys.help.list-previous"_id);

    CLI::App& verify = line.command(list, "verify", "keys.help.list-verify"_id,
                                    [&session, options] { return verify_list(session, *options); });
    line.required(verify, "file", options->file, "keys.help.statement-file"_id);
    line.required(verify, "--rows", options->rows, "keys.help.list-rows"_id);
    line.required(verify, "--root", options->roots, "keys.help.list-root"_id);
    line.option(verify, "--root-threshold", options->root_threshold, "keys.help.root-threshold"_id);
}

}  // namespace assay::keys
