#include <algorithm>

#include "crypto/command/option_value.h"
#include "crypto/keys/command_line.h"
#include "crypto/keys/holder.h"
#include "crypto/tlog/tree.h"

namespace assay::keys {

namespace {

using record::KeyList;
using record::KeyRow;
using record::KeyRows;
using record::Role;

constexpr std::uint64_t kRowsBytesMax = std::uint64_t{16} * 1024 * 1024;

struct Change {
    std::string previous;
    std::string out;
    std::string key;
    std::uint64_t tree_size = 0;
    std::string desk_time;
    std::string rows;
    std::string role;
    std::string id;
    std::string public_file;
};

/// The next list: the same rows, and one key more whose later signatures do not count.
Status revoke(const Session& session, const Change& options) {
    ASSAY_TRY(const Bytes json,
              read_file(session.disk, options.previous, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(const auto before, record::read_signed<KeyList>(json));
    ASSAY_TRY(const crypto::VerifyKey key, command::key_value("--key", options.key));
    record::Revocation revoked;
    ASSAY_TRY(revoked.key, record::SigningPublic::from_bytes(key.view()));
    revoked.tree_size = options.tree_size;
    if (!options.desk_time.empty()) {
        ASSAY_TRY(revoked.desk_time, command::time_value("--desk-time", options.desk_time));
    }
    KeyList list = before.object;
    for (const record::Revocation& each : list.revoked) {
        if (each.key == revoked.key) {
            return fail(Code::kConflict, "keys.list.revoked-twice"_id, {{"key", options.key}});
        }
    }
    list.number = before.object.number + 1;
    list.predecessor = before.digest;
    list.revoked.push_back(revoked);
    list.time = session.clock.wall();
    const auto made = record::make(std::move(list));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, as_bytes(made.json())));
    tell(session.say("keys.list.revoked"_id, {{"number", std::to_string(made.object.number)},
                                              {"key", options.key},
                                              {"tree-size", std::to_string(options.tree_size)}}));
    return Ok{};
}

Result<KeyRow*> find_row(KeyRows& rows, const Change& options) {
    const std::optional<Role> role = record::from_word<Role>(options.role);
    if (!role) {
        return fail(Code::kUsage, "keys.list.role"_id, {{"role", options.role}});
    }
    ASSAY_TRY(const MachineId id, command::hex_value<MachineId>("--id", options.id));
    const auto found = std::ranges::find_if(
        rows.rows, [&](const KeyRow& row) { return row.role == *role && row.id == id; });
    if (found == rows.rows.end()) {
        return fail(Code::kNotFound, "keys.list.no-row"_id,
                    {{"role", options.role}, {"id", options.id}});
    }
    return &*found;
}

/// New keys in the row of a holder. The old signing key is printed, so that it can be revoked.
Status rotate(const Session& session, const Change& options) {
    ASSAY_TRY(const Bytes bytes, read_file(session.disk, options.rows, kRowsBytesMax));
    ASSAY_TRY(KeyRows rows, record::read_document<KeyRows>(bytes));
    ASSAY_TRY(KeyRow* const row, find_row(rows, options));
    ASSAY_TRY(const Bytes text, read_file(session.disk, options.public_file, kPublicKeysBytesMax));
    ASSAY_TRY(const PublicKeys keys, PublicKeys::from_text(text));
    const KeyRow before = *row;
    row->id = keys.id;
    ASSAY_TRY_STATUS(fill_keys(*row, keys));
    // The row of a server has no signing key: what must be new is the row, not one of its keys.
    if (row->signing == before.signing && row->tls == before.tls && row->age == before.age) {
        return fail(Code::kConflict, "keys.list.same-key"_id, {{"label", row->label}});
    }
    ASSAY_TRY_STATUS(write_file(session.disk, options.rows, record::write_document(rows)));
    if (before.signing) {
        print(record::verify_key(*before.signing).text());
    }
    tell(session.say("keys.list.rotated"_id, {{"label", row->label}}));
    return Ok{};
}

}  // namespace

void add_list_change_commands(CommandLine& line, CLI::App& list) {
    const Session& session = line.session();
    const auto options = std::make_shared<Change>();

    CLI::App& revoking = line.command(list, "revoke", "keys.help.list-revoke"_id,
                                      [&session, options] { return revoke(session, *options); });
    line.required(revoking, "--previous", options->previous, "keys.help.list-previous"_id);
    line.required(revoking, "--key", options->key, "keys.help.list-key"_id);
    line.number(revoking, "--tree-size", options->tree_size, "keys.help.list-tree-size"_id,
                std::uint64_t{0}, tlog::kTreeSizeMax)
        ->required();
    line.option(revoking, "--desk-time", options->desk_time, "keys.help.list-desk-time"_id);
    line.required(revoking, "--out", options->out, "keys.help.out-new"_id);

    CLI::App& rotating = line.command(list, "rotate", "keys.help.list-rotate"_id,
                                      [&session, options] { return rotate(session, *options); });
    line.required(rotating, "--rows", options->rows, "keys.help.list-rows"_id);
    line.required(rotating, "--role", options->role, "keys.help.list-role"_id);
    line.required(rotating, "--id", options->id, "keys.help.list-id"_id);
    line.required(rotating, "--public", options->public_file, "keys.help.list-public"_id);
}

}  // namespace assay::keys
