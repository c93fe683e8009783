#include "question-bank/cli/delivery.h"

#include <charconv>

#include "crypto/command/option_value.h"
#include "crypto/key_ring.h"
#include "question-bank/sealed/seal.h"

namespace assay::bank {

namespace {

using crypto::SecretBytes;

constexpr std::size_t kShareFileBytesMax = 4096;

}  // namespace

Result<crypto::ShareGroup> read_group(const std::string& text) {
    crypto::ShareGroup out;
    const char* const end = text.data() + text.size();
    const auto threshold = std::from_chars(text.data(), end, out.threshold);
    const bool slash = threshold.ec == std::errc{} && threshold.ptr != end && *threshold.ptr == '/';
    if (slash) {
        const auto count = std::from_chars(threshold.ptr + 1, end, out.count);
        if (count.ec == std::errc{} && count.ptr == end) {
            return out;
        }
    }
    return fail(Code::kUsage, "sealed.cli.group"_id, {{"group", text}});
}

Result<std::vector<SecretBytes>> read_shares(Disk& disk, const std::vector<std::string>& paths) {
    std::vector<SecretBytes> out;
    for (const std::string& path : paths) {
        ASSAY_TRY(Bytes text, read_file(disk, path, kShareFileBytesMax));
        const crypto::WipeLater wiper(text);
        const std::size_t first = as_text(text).find_first_not_of(" \t\r\n");
        const bool numbers =
            first != std::string_view::npos && text[first] >= '0' && text[first] <= '9';
        ASSAY_TRY(SecretBytes share,
                  numbers ? crypto::slip39_from_numbers(text) : crypto::slip39_tidy(text));
        out.push_back(std::move(share));
    }
    return out;
}

Result<Delivery> read_delivery(Disk& disk, const Path& folder) {
    const auto read = [&](std::string_view name) {
        return read_file(disk, folder / std::string(name), crypto::kEnvelopeBytesMax);
    };
    ASSAY_TRY(const Bytes bank, read(sealed::kBankStatementFile));
    ASSAY_TRY(const Bytes scoring, read(sealed::kScoringStatementFile));
    ASSAY_TRY(auto bank_part, record::read_signed<sealed::BankPart>(bank));
    ASSAY_TRY(auto scoring_part, record::read_signed<sealed::ScoringPart>(scoring));
    return Delivery{folder, std::move(bank_part), std::move(scoring_part)};
}

void trust_options(CommandLine& line, CLI::App& command, TrustOptions& options) {
    line.required(command, "--keys", options.keys, "sealed.help.keys"_id);
    line.required(command, "--rows", options.rows, "sealed.help.rows"_id);
    line.option(command, "--root", options.roots, "sealed.help.root"_id);
}

Result<record::TrustedKeys> read_trust(Disk& disk, const TrustOptions& options) {
    ASSAY_TRY(const Bytes json, read_file(disk, options.keys, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(json));
    ASSAY_TRY(const Bytes rows, read_file(disk, options.rows, record::kJsonBytesMax));
    std::vector<record::SigningPublic> roots;
    for (const std::string& text : options.roots) {
        ASSAY_TRY(const crypto::VerifyKey key, command::key_value("--root", text));
        ASSAY_TRY(const auto root, record::SigningPublic::from_bytes(key.view()));
        roots.push_back(root);
    }
    return record::TrustedKeys::from(list, rows, roots.empty() ? list.object.roots : roots,
                                     list.object.root_threshold);
}

void part_key_options(CommandLine& line, CLI::App& command, PartKeyOptions& options) {
    line.option(command, "--part-key", options.ring, "sealed.help.part-key"_id);
    command::pin_option(line, command, options.pin);
    line.option(command, "--share", options.shares, "sealed.help.share"_id);
}

Result<crypto::AgeIdentity> read_part_key(const Session& session, const sealed::BankPart& part,
                                          const PartKeyOptions& options) {
    if (options.ring.empty()) {
        ASSAY_TRY(const auto shares, read_shares(session.disk, options.shares));
        return sealed::part_key_from_shares(part, shares);
    }
    ASSAY_TRY(const crypto::KeyRing ring, command::open_ring(session, options.ring, options.pin));
    return ring.age("age");
}

}  // namespace assay::bank
