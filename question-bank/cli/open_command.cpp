// assay-bank open DIR --ring RING --pin-fd N --keys LIST --rows ROWS --out FOLDER: the scoring view
#include <filesystem>
#include <memory>

#include "crypto/key_ring.h"
#include "question-bank/cli/delivery.h"
#include "question-bank/sealed/capsule.h"

namespace assay::bank {

namespace {

struct Options {
    std::string folder;
    TrustOptions trust;
    std::string ring;
    std::string key = "age";
    PinSource pin;
    std::string out;
};

Result<int> open(const Session& session, const Options& options) {
    Disk& disk = session.disk;
    ASSAY_TRY(const Delivery delivery, read_delivery(disk, options.folder));
    ASSAY_TRY(const record::TrustedKeys keys, read_trust(disk, options.trust));
    ASSAY_TRY(const crypto::KeyRing ring, command::open_ring(session, options.ring, options.pin));
    ASSAY_TRY(const crypto::AgeIdentity scoring_key, ring.age(options.key));
    ASSAY_TRY(const Bytes capsule,
              read_file(disk, delivery.path(sealed::kScoringKeyFile), sealed::kCapsuleBytesMax));
    // Nothing is decrypted for a pair that officers did not sign.
    ASSAY_TRY_STATUS(sealed::check_pair(delivery.bank, delivery.scoring, keys));
    ASSAY_TRY(const crypto::AgeIdentity view_key,
              sealed::open_capsule(capsule, scoring_key, delivery.scoring.object.recipient));
    ASSAY_TRY(const Bytes scoring,
              read_file(disk, delivery.path(sealed::kScoringFile), sealed::kScoringBytesMax));
    ASSAY_TRY(const sealed::ScoringView view,
              sealed::open_scoring(scoring, delivery.scoring, delivery.bank, keys, view_key));
    command::NewFiles files(disk);
    for (const auto& [name, bytes] : view.files) {
        const Path path = (Path(options.out) / name).lexically_normal();
        const auto relative = path.lexically_relative(Path(options.out).lexically_normal());
        if (Path(name).is_absolute() || relative.empty() || *relative.begin() == "..") {
            return fail(Code::kRefused, "sealed.cli.path"_id, {{"name", name}});
        }
        ASSAY_TRY_STATUS(disk.make_folders(path.parent_path()));
        ASSAY_TRY_STATUS(files.write(path, bytes));
    }
    files.keep();
    tell(session.say("sealed.cli.opened"_id, {{"files", std::to_string(view.files.size())}}));
    return 0;
}

}  // namespace

void add_open_command(CommandLine& line) {
    const auto options = std::make_shared<Options>();
    const Session& session = line.session();
    auto& command = line.command("open", "sealed.help.open"_id,
                                 [options, &session] { return open(session, *options); });
    line.required(command, "folder", options->folder, "sealed.help.folder"_id);
    trust_options(line, command, options->trust);
    line.required(command, "--ring", options->ring, "sealed.help.ring"_id);
    line.option(command, "--key", options->key, "sealed.help.key"_id);
    command::pin_option(line, command, options->pin);
    line.required(command, "--out", options->out, "sealed.help.open-out"_id);
}

}  // namespace assay::bank
