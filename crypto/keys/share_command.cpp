#include <cerrno>

#include <unistd.h>

#include "crypto/keys/command_line.h"
#include "crypto/keys/share_group.h"
#include "crypto/record/release.h"
#include "crypto/slip39.h"
#include "crypto/slip39_typing.h"
#include "question-bank/render/qr.h"

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
    bool words = false;
    bool qr = false;
    PinSource pin;
};

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
    command::NewFiles files(session.disk);
    for (std::size_t group = 0; group < set.size(); ++group) {
        for (std::size_t member = 0; member < set[group].size(); ++member) {
            const Path path =
                Path(options.folder) / ("group-" + std::to_string(group + 1) + "-member-" +
                                        std::to_string(member + 1) + ".share");
            ASSAY_TRY_STATUS(files.write(path, set[group][member].view()));
            print(path.string());
        }
    }
    files.keep();
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
        ASSAY_TRY(SecretBytes share, of_file(session, path, read_share(session, path)));
        shares.push_back(std::move(share));
    }
    ASSAY_TRY(const SecretBytes secret, crypto::slip39_combine(shares));
    ASSAY_TRY(const crypto::AgeIdentity identity, crypto::AgeIdentity::from_bytes(secret));
    crypto::KeyRing ring(session.random.id<MachineId>());
    ring.add_age("age", identity);
    ASSAY_TRY(const crypto::Pin pin, read_new_pin(session, options.pin));
    ASSAY_TRY(const Bytes file, ring.lock(session.random, pin));
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, file));
    print("age " + identity.recipient().text());
    return Ok{};
}

/// A QR code in the characters of a terminal, two rows of modules a line, dark on light.
std::string qr_lines(const render::QrCode& code) {
    constexpr std::size_t kQuiet = 2;
    const std::size_t side = code.size + 2 * kQuiet;
    const auto light = [&](std::size_t row, std::size_t column) {
        const bool inside = row >= kQuiet && row < kQuiet + code.size && column >= kQuiet &&
                            column < kQuiet + code.size;
        return !inside || !code.dark(row - kQuiet, column - kQuiet);
    };
    std::string out;
    for (std::size_t row = 0; row < side; row += 2) {
        for (std::size_t column = 0; column < side; ++column) {
            const bool upper = light(row, column);
            const bool lower = row + 1 >= side || light(row + 1, column);
            out += upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
        }
        out += '\n';
    }
    out.pop_back();
    return out;
}

Status print_share(const Shares& options, const SecretBytes& share) {
    if (options.words) {
        print(to_string(share.view()));
    }
    if (options.numbers) {
        ASSAY_TRY(const SecretBytes rows, crypto::slip39_numbers(share));
        print(to_string(rows.view().first(rows.size() - 1)));
    }
    if (options.qr) {
        ASSAY_TRY(const render::QrCode code, render::make_qr(as_text(share.view())));
        print(qr_lines(code));
    }
    return Ok{};
}

/// A line of standard input; empty at the end.
Result<Bytes> read_typed_row() {
    constexpr std::size_t kRowBytesMax = 1024;
    Bytes out;
    out.reserve(kRowBytesMax);
    std::uint8_t byte = 0;
    while (true) {
        const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 || out.size() == kRowBytesMax) {
            return fail(Code::kIo, "keys.stream.failed"_id);
        }
        if (count == 0 || byte == '\n') {
            return out;
        }
        out.push_back(byte);
    }
}

Status show(const Session& session, const Shares& options) {
    for (const std::string& path : options.shares) {
        ASSAY_TRY(const SecretBytes share, of_file(session, path, read_share(session, path)));
        ASSAY_TRY(const crypto::ShareLabel label,
                  of_file(session, path, crypto::slip39_label(share)));
        tell(session.say("keys.share.label"_id,
                         {{"path", path},
                          {"group", std::to_string(label.group_index + 1)},
                          {"groups", std::to_string(label.group_count)},
                          {"needed-groups", std::to_string(label.group_threshold)},
                          {"member", std::to_string(label.member_index + 1)},
                          {"needed-members", std::to_string(label.member_threshold)}}));
        ASSAY_TRY_STATUS(print_share(options, share));
    }
    return Ok{};
}

/// Row after row from standard input; a wrong one is named at once and typed again.
Status type(const Session& session, const Shares& options) {
    crypto::TypedShare share;
    while (!share.complete()) {
        tell(session.say("keys.share.next-row"_id, {{"row", std::to_string(share.rows() + 1)}}));
        ASSAY_TRY(Bytes row, read_typed_row());
        const crypto::WipeLater wiper(row);
        if (row.empty()) {
            break;
        }
        const Status taken = share.add_row(row);
        if (!taken.ok()) {
            tell(session.texts.say_error(session.language, taken.error()));
        }
    }
    ASSAY_TRY(const SecretBytes mnemonic, share.mnemonic());
    ASSAY_TRY_STATUS(write_new(session.disk, options.out, mnemonic.view()));
    tell(session.say(
        "keys.share.typed"_id,
        {{"path", options.out}, {"digest", record::share_digest(as_text(mnemonic.view())).hex()}}));
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
    line.flag(shown, "--words", options->words, "keys.help.share-words"_id);
    line.flag(shown, "--qr", options->qr, "keys.help.share-qr"_id);

    CLI::App& typed = line.command(share, "type", "keys.help.share-type"_id,
                                   [&session, options] { return type(session, *options); });
    line.required(typed, "--out", options->out, "keys.help.out-new"_id);
}

}  // namespace assay::keys
