// assay-bank kit DIR --site ID --invigilators 2/3 --out FOLDER, and
// assay-bank capsule DIR --recipient age1... --out FILE
#include <memory>

#include "crypto/command/option_value.h"
#include "question-bank/cli/delivery.h"
#include "question-bank/sealed/capsule.h"
#include "question-bank/sealed/kit.h"

namespace assay::bank {

namespace {

struct Options {
    std::string folder;
    std::string site;
    std::string invigilators = "2/3";
    bool dictation = false;
    std::string recipient;
    std::string out;
    PartKeyOptions part_key;
};

Result<int> make(const Session& session, const Options& options) {
    Disk& disk = session.disk;
    ASSAY_TRY(const Delivery delivery, read_delivery(disk, options.folder));
    ASSAY_TRY(const SiteId site, command::hex_value<SiteId>("--site", options.site));
    ASSAY_TRY(const crypto::ShareGroup invigilators, read_group(options.invigilators));
    const sealed::BankPart& part = delivery.bank.object;
    ASSAY_TRY(const auto part_key, read_part_key(session, part, options.part_key));
    ASSAY_TRY(const sealed::MadeKit made,
              sealed::make_kit(session.random, part, part_key,
                               {site, invigilators, options.dictation, session.clock.wall()}));
    const Path out = options.out;
    ASSAY_TRY_STATUS(disk.make_folders(out));
    command::NewFiles files(disk);
    ASSAY_TRY_STATUS(files.write(out / "kit.dsse.json", as_bytes(made.kit.json())));
    ASSAY_TRY_STATUS(files.write(out / "organisation.share", made.organisation_share.view()));
    for (std::size_t i = 0; i < made.invigilator_shares.size(); ++i) {
        ASSAY_TRY_STATUS(files.write(out / ("invigilator-" + std::to_string(i + 1) + ".share"),
                                     made.invigilator_shares[i].view()));
    }
    files.keep();
    tell(session.say("sealed.cli.kit"_id, {{"threshold", std::to_string(invigilators.threshold)},
                                           {"count", std::to_string(invigilators.count)}}));
    return 0;
}

Result<int> make_capsule(const Session& session, const Options& options) {
    ASSAY_TRY(const Delivery delivery, read_delivery(session.disk, options.folder));
    ASSAY_TRY(const auto to, command::recipient_value("--recipient", options.recipient));
    ASSAY_TRY(const auto part_key, read_part_key(session, delivery.bank.object, options.part_key));
    if (record::public_of(part_key.recipient()) != delivery.bank.object.recipient) {
        return fail(Code::kCorrupt, "sealed.part-key.other"_id);
    }
    ASSAY_TRY_STATUS(
        write_new(session.disk, options.out, sealed::make_capsule(session.random, part_key, to)));
    return 0;
}

}  // namespace

void add_kit_command(CommandLine& line) {
    const auto options = std::make_shared<Options>();
    const Session& session = line.session();
    auto& kit = line.command("kit", "sealed.help.kit"_id,
                             [options, &session] { return make(session, *options); });
    line.required(kit, "folder", options->folder, "sealed.help.folder"_id);
    line.required(kit, "--site", options->site, "sealed.help.site"_id);
    line.option(kit, "--invigilators", options->invigilators, "sealed.help.invigilators"_id);
    line.flag(kit, "--dictation", options->dictation, "sealed.help.dictation"_id);
    line.required(kit, "--out", options->out, "sealed.help.kit-out"_id);
    part_key_options(line, kit, options->part_key);

    auto& capsule = line.command("capsule", "sealed.help.capsule"_id,
                                 [options, &session] { return make_capsule(session, *options); });
    line.required(capsule, "folder", options->folder, "sealed.help.folder"_id);
    line.required(capsule, "--recipient", options->recipient, "sealed.help.recipient"_id);
    line.required(capsule, "--out", options->out, "sealed.help.capsule-out"_id);
    part_key_options(line, capsule, options->part_key);
}

}  // namespace assay::bank
