#include <charconv>

#include "crypto/keys/command_line.h"
#include "crypto/keys/public_keys.h"
#include "crypto/slip39.h"

namespace assay::keys {

namespace {

using crypto::SecretBytes;

constexpr std::size_t kShareFileBytesMax = 4096;

struct Shares {
    std::string ring;
    std::string key;
    std::vector<std::string> groups;
    int groups_needed = 1;
    std::string folder;
    std::vector<std::string> shares;
    std::string out;
    bool numbers = false;
    PinSource pin;
};

/// "2/3": any two of three.
Result<crypto::ShareGroup> read_group(const std::string& text) {
    crypto::ShareGroup out;
    const char* const end = text.data() + text.size();
    const auto threshold = std::from_chars(text.data(), end, out.threshold);
    if (threshold.ec != std::errc{} || threshold.ptr == end || *threshold.ptr != '/') {
        return fail(Code::kUsage, "keys.share.group"_id, {{"group", text}});
    }
    const auto count = std::from_chars(threshold.ptr + 1, end, out.count);
    if (count.ec != std::errc{} || count.ptr != end) {
        return fail(Code::kUsage, "keys.share.group"_id, {{"group", text}});
    }
    return out;
}

Status split(const Session& session, const Shares& options) {
    crypto::SharePlan plan;
    plan.group_threshold = options.groups_needed;
    for (const std::string& text : options.groups) {
        ASSAY_TRY(const crypto::ShareGroup group, read_group(text));
        plan.groups.push_back(group);
    }
    ASSAY_TRY(const crypto::KeyRing ring, open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::AgeIdentity identity, ring.age(options.key));
    ASSAY_TRY(const auto set, crypto::slip39_split(session.random, identity.bytes(), plan));
    ASSAY_TRY_STATUS(session.disk.make_folders(options.folder));
    for (std::size_t group = 0; group < set.size(); ++group) {
        for (std::size_t member = 0; member < set[group].size(); ++member) {
            const Path path =
                Path(options.folder) / ("group-" + std::to_string(group + 1) + "-member-" +
                                        std::to_string(member + 1) + ".share");
            ASSAY_TRY_STATUS(write_new(session.disk, path, set[group][member].view()));
            print(path.string());
        }
    }
    tell(session.say("keys.share.split"_id, {{"key", identity.recipient().text()}}));
    return Ok{};
}

/// Words, or the rows of numbers that somebody typed.
Result<SecretBytes> read_share(const Session& session, const Path& path) {
    ASSAY_TRY(Bytes text, read_file(session.disk, path, kShareFileBytesMax));
    const crypto::WipeLater wiper(text);
    const std::size_t first = as_text(text).find_first_not_of(" \t\r\n");
    const bool numbers =
        first != std::string_view::npos && text[first] >= '0' && text[first] <= '9';
    return numbers ? crypto::slip39_from_numbers(text) : crypto::slip39_tidy(text);
}

Status combine(const Session& session, const Shares& options) {
    std::vector<SecretBytes> shares;
    for (const std::string& path : options.shares) {
        ASSAY_TRY(SecretBytes share, read_share(session, path));
        shares.push_back(std::move(share));
    }
    ASSAY_TRY(const SecretBytes secret, crypto::slip39_combine(shares));
    ASSAY_TRY(const crypto::AgeIdentity identity, crypto::AgeIdentity::from_bytes(secret));
    crypto::KeyRing ring(session.random.id<MachineId>());
    ring.add_age("age", identity);
    ASSAY_TRY(const SecretBytes pin, read_new_pin(session, options.pin));
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, file));
    print("age " + identity.recipient().text());
    return Ok{};
}

Status show(const Session& session, const Shares& options) {
    for (const std::string& path : options.shares) {
        ASSAY_TRY(const SecretBytes share, read_share(session, path));
        ASSAY_TRY(const crypto::ShareLabel label, crypto::slip39_label(share));
        tell(session.say("keys.share.label"_id,
                         {{"path", path},
                          {"group", std::to_string(label.group_index + 1)},
                          {"groups", std::to_string(label.group_count)},
                          {"needed-groups", std::to_string(label.group_threshold)},
                          {"member", std::to_string(label.member_index + 1)},
                          {"needed-members", std::to_string(label.member_threshold)}}));
        if (options.numbers) {
            ASSAY_TRY(const SecretBytes rows, crypto::slip39_numbers(share));
            print(to_string(rows.view().first(rows.size() - 1)));
        }
    }
    return Ok{};
}

}  // namespace

void add_share_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<Shares>();
    CLI::App& share = line.group("share", "keys.help.share"_id);

    CLI::App& cut = line.command(share, "split", "keys.help.share-split"_id,
                                 [&session, options] { return split(session, *options); });
    line.required(cut, "--ring", options->ring, "keys.help.ring-file"_id);
    line.required(cut, "--key", options->key, "keys.help.key"_id);
    line.required(cut, "--group", options->groups, "keys.help.share-group"_id);
    line.option(cut, "--groups-needed", options->groups_needed, "keys.help.share-needed"_id);
    line.required(cut, "--folder", options->folder, "keys.help.share-folder"_id);
    line.pin(cut, options->pin);

    CLI::App& join = line.command(share, "combine", "keys.help.share-combine"_id,
                                  [&session, options] { return combine(session, *options); });
    line.required(join, "shares", options->shares, "keys.help.share-files"_id);
    line.required(join, "--out", options->out, "keys.help.ring-out"_id);
    line.pin(join, options->pin);

    CLI::App& shown = line.command(share, "show", "keys.help.share-show"_id,
                                   [&session, options] { return show(session, *options); });
    line.required(shown, "shares", options->shares, "keys.help.share-files"_id);
    line.flag(shown, "--numbers", options->numbers, "keys.help.share-numbers"_id);
}

}  // namespace assay::keys
