#include <set>

#include "crypto/command/option_value.h"
#include "crypto/keys/ceremony.h"
#include "crypto/keys/command_line.h"
#include "crypto/keys/share_group.h"
#include "crypto/sshsig.h"

namespace assay::keys {

namespace {

using crypto::VerifyKey;

struct CeremonyLine {
    CeremonyPlan plan;
    std::string folder;
    std::string organisation;
    std::vector<std::string> shared;
    std::vector<std::string> witnesses;
    std::vector<std::string> signatures;
    std::size_t needed = 1;
};

Status run(const Session& session, CeremonyLine& options) {
    CeremonyPlan& plan = options.plan;
    plan.folder = options.folder;
    ASSAY_TRY(plan.organisation,
              command::hex_value<OrganisationId>("--organisation", options.organisation));
    for (const std::string& text : options.shared) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) {
            return fail(Code::kUsage, "keys.share.group"_id, {{"group", text}});
        }
        ASSAY_TRY(const crypto::ShareGroup group, read_group(text.substr(equals + 1)));
        plan.shared.emplace_back(text.substr(0, equals), group);
    }
    return run_ceremony(session, plan);
}

/// The witness that made this signature of the transcript.
Result<VerifyKey> witness_of(const Session& session, const std::string& path, ByteView transcript,
                             const std::set<VerifyKey>& witnesses) {
    ASSAY_TRY(const Bytes text, read_file(session.disk, path, crypto::kSshsigBytesMax));
    ASSAY_TRY(const VerifyKey signer,
              crypto::sshsig_verify(as_text(text), crypto::kTranscriptPurpose, transcript));
    if (!witnesses.contains(signer)) {
        return fail(Code::kDenied, "keys.file.stranger"_id, {{"key", signer.text()}});
    }
    return signer;
}

/// Files as the transcript says, and enough different witnesses signed it.
Status check(const Session& session, const CeremonyLine& options) {
    ASSAY_TRY(const Transcript transcript, check_ceremony(session, options.folder));
    std::set<VerifyKey> allowed;
    for (const std::string& text : options.witnesses) {
        ASSAY_TRY(const VerifyKey key, command::key_value("--witness", text));
        allowed.insert(key);
    }
    const std::string text = transcript.text();
    std::set<VerifyKey> signed_by;
    for (const std::string& path : options.signatures) {
        ASSAY_TRY(const VerifyKey key,
                  of_file(session, path, witness_of(session, path, as_bytes(text), allowed)));
        signed_by.insert(key);
    }
    if (signed_by.size() < options.needed) {
        return fail(Code::kDenied, "keys.ceremony.witnesses"_id,
                    {{"found", std::to_string(signed_by.size())},
                     {"needed", std::to_string(options.needed)}});
    }
    for (const Transcript::Line& line : transcript.lines) {
        print(line.time.text() + ' ' + line.kind + ' ' + line.name + ' ' + line.value);
    }
    tell(session.say("keys.ceremony.good"_id,
                     {{"title", transcript.title}, {"found", std::to_string(signed_by.size())}}));
    return Ok{};
}

}  // namespace

void add_ceremony_commands(CommandLine& line) {
    const Session& session = line.session();
    const auto options = std::make_shared<CeremonyLine>();
    CLI::App& ceremony = line.group("ceremony", "keys.help.ceremony"_id);

    CLI::App& held = line.command(ceremony, "run", "keys.help.ceremony-run"_id,
                                  [&session, options] { return run(session, *options); });
    line.required(held, "--folder", options->folder, "keys.help.ceremony-folder"_id);
    line.required(held, "--title", options->plan.title, "keys.help.ceremony-title"_id);
    line.required(held, "--organisation", options->organisation, "keys.help.list-organisation"_id);
    line.required(held, "--present", options->plan.present, "keys.help.ceremony-present"_id);
    line.required(held, "--root", options->plan.roots, "keys.help.ceremony-root"_id);
    line.required(held, "--officer", options->plan.officers, "keys.help.ceremony-officer"_id);
    line.option(held, "--root-threshold", options->plan.root_threshold,
                "keys.help.root-threshold"_id);
    line.option(held, "--officer-threshold", options->plan.officer_threshold,
                "keys.help.officer-threshold"_id);
    line.option(held, "--shared", options->shared, "keys.help.ceremony-shared"_id);
    line.pin(held, options->plan.pin);

    CLI::App& checked = line.command(ceremony, "check", "keys.help.ceremony-check"_id,
                                     [&session, options] { return check(session, *options); });
    line.required(checked, "--folder", options->folder, "keys.help.ceremony-folder"_id);
    line.required(checked, "--witness", options->witnesses, "keys.help.ceremony-witness"_id);
    line.required(checked, "--signature", options->signatures, "keys.help.ceremony-signature"_id);
    line.number(checked, "--needed", options->needed, "keys.help.threshold"_id, std::size_t{1},
                crypto::kSignaturesMax);
}

}  // namespace assay::keys
