#include "crypto/keys/ceremony.h"

#include <algorithm>
#include <iostream>
#include <set>

#include "crypto/base32.h"
#include "crypto/hash.h"
#include "crypto/keys/public_keys.h"
#include "crypto/record/release.h"

namespace assay::keys {

namespace {

using crypto::KeyRing;
using crypto::SecretBytes;
using crypto::SigningKey;

constexpr std::uint64_t kCeremonyFileBytesMax = std::uint64_t{16} * 1024 * 1024;
constexpr const char* kTranscriptFile = "transcript.txt";
constexpr const char* kRowsFile = "rows.json";
constexpr const char* kListFile = "key-list.dsse.json";

Error bad_plan(const char* part) {
    return fail(Code::kUsage, "keys.ceremony.plan"_id, {{"part", part}});
}

/// The transcript and what lies beside it tell two stories.
Error other_than_said(const std::string& kind, const std::string& name) {
    return fail(Code::kCorrupt, "keys.ceremony.other"_id, {{"kind", kind}, {"name", name}});
}

/// One run of it.
class Ceremony {
  public:
    Ceremony(const Session& session, const CeremonyPlan& plan) : session_(session), plan_(plan) {
        transcript_.begun = session.clock.wall();
        transcript_.title = plan.title;
        rows_.organisation = plan.organisation;
    }

    Status run() {
        ASSAY_TRY_STATUS(confirm("keys.ceremony.begin"_id, {{"title", plan_.title}}));
        ASSAY_TRY_STATUS(session_.disk.make_folders(plan_.folder));
        for (const std::string& name : plan_.present) {
            note("present", name, "yes");
        }
        for (const std::string& name : plan_.roots) {
            ASSAY_TRY_STATUS(make_holder("root", name, roots_));
        }
        for (const std::string& name : plan_.officers) {
            ASSAY_TRY_STATUS(make_holder("officer", name, officers_));
        }
        for (const auto& [name, group] : plan_.shared) {
            ASSAY_TRY_STATUS(make_shared(name, group));
        }
        ASSAY_TRY_STATUS(make_list());
        return finish();
    }

  private:
    struct Holder {
        std::string name;
        SigningKey key;
    };

    void note(const std::string& kind, const std::string& name, const std::string& value) {
        transcript_.lines.push_back({session_.clock.wall(), kind, name, value});
    }
    /// Waits until the people in the room say yes.
    Status confirm(MessageId what, Args args = {}) {
        tell(session_.say(what, std::move(args)));
        tell(session_.say("keys.ceremony.confirm"_id));
        std::string answer;
        if (!std::getline(std::cin, answer) || (answer != "yes" && answer != "\u662f")) {
            return fail(Code::kRefused, "keys.ceremony.stopped"_id);
        }
        return Ok{};
    }
    Status keep(const std::string& name, ByteView bytes) {
        ASSAY_TRY_STATUS(write_new(session_.disk, plan_.folder / name, bytes));
        note("file", name, crypto::sha256(bytes).hex());
        return Ok{};
    }

    Status make_holder(const std::string& kind, const std::string& name,
                       std::vector<Holder>& holders) {
        ASSAY_TRY_STATUS(
            confirm(kind == "root" ? "keys.ceremony.root"_id : "keys.ceremony.officer"_id,
                    {{"name", name}}));
        KeyRing ring(session_.random.id<MachineId>());
        SigningKey key = SigningKey::generate(session_.random);
        ring.add_signing("signing", key);
        ASSAY_TRY(const crypto::Pin pin, read_new_pin(session_, plan_.pin));
        ASSAY_TRY(const Bytes file, ring.lock(session_.random, pin));
        const std::string stem = kind + '-' + name;
        note(kind, name, key.verify_key().text());
        ASSAY_TRY_STATUS(keep(stem + ".keys", file));
        ASSAY_TRY_STATUS(keep(stem + ".pub", as_bytes(PublicKeys::of(ring).text())));
        if (kind == "officer") {
            record::KeyRow row;
            row.role = record::Role::kExamOfficer;
            row.id = ring.id();
            row.label = name;
            row.signing = record::public_of(key);
            rows_.rows.push_back(std::move(row));
        }
        ASSAY_TRY_STATUS(confirm(
            "keys.ceremony.compare"_id,
            {{"name", name},
             {"code", crypto::short_code_grouped(crypto::short_of(key.verify_key().id()))}}));
        holders.push_back({name, std::move(key)});
        return Ok{};
    }

    /// A key that nobody holds: it exists in this memory, and then as shares only.
    Status make_shared(const std::string& name, const crypto::ShareGroup& group) {
        ASSAY_TRY_STATUS(
            confirm("keys.ceremony.shared"_id, {{"name", name},
                                                {"needed", std::to_string(group.threshold)},
                                                {"count", std::to_string(group.count)}}));
        const auto identity = crypto::AgeIdentity::generate(session_.random);
        ASSAY_TRY(const auto set,
                  crypto::slip39_split(session_.random, identity.bytes(), {1, {group}, 0}));
        note("shared", name, identity.recipient().text());
        for (std::size_t member = 0; member < set[0].size(); ++member) {
            const SecretBytes& share = set[0][member];
            const std::string file = name + "-share-" + std::to_string(member + 1) + ".share";
            ASSAY_TRY_STATUS(write_new(session_.disk, plan_.folder / file, share.view()));
            note("share", file, record::share_digest(as_text(share.view())).hex());
        }
        ASSAY_TRY_STATUS(rejoin(name, group, identity.recipient()));
        return confirm("keys.ceremony.shares-out"_id,
                       {{"name", name}, {"count", std::to_string(group.count)}});
    }
    /// From the disk, as it will have to be done one day.
    Status rejoin(const std::string& name, const crypto::ShareGroup& group,
                  const crypto::AgeRecipient& expected) {
        std::vector<SecretBytes> shares;
        for (int member = group.count - group.threshold; member < group.count; ++member) {
            const std::string file = name + "-share-" + std::to_string(member + 1) + ".share";
            ASSAY_TRY(Bytes text, read_file(session_.disk, plan_.folder / file, 4096));
            const crypto::WipeLater wiper(text);
            ASSAY_TRY(SecretBytes share, crypto::slip39_tidy(text));
            shares.push_back(std::move(share));
        }
        ASSAY_TRY(const SecretBytes secret, crypto::slip39_combine(shares));
        ASSAY_TRY(const auto identity, crypto::AgeIdentity::from_bytes(secret));
        if (identity.recipient() != expected) {
            return other_than_said("rejoined", name);
        }
        note("rejoined", name, identity.recipient().text());
        return Ok{};
    }

    Status make_list() {
        const Bytes rows = record::write_document(rows_);
        record::KeyList list;
        list.organisation = plan_.organisation;
        for (const Holder& root : roots_) {
            list.roots.push_back(record::public_of(root.key));
        }
        list.root_threshold = plan_.root_threshold;
        list.officer_threshold = plan_.officer_threshold;
        list.rows = crypto::sha256(rows);
        list.time = session_.clock.wall();
        auto made = record::make(std::move(list));
        for (std::size_t i = 0; i < plan_.root_threshold; ++i) {
            made.envelope.add_signature(roots_[i].key);
        }
        // What the ceremony made must be what every program will accept.
        ASSAY_TRY(const auto trusted,
                  record::TrustedKeys::from(made, rows, made.object.roots, plan_.root_threshold));
        note("list", "key-list", trusted.digest().hex());
        ASSAY_TRY_STATUS(keep(kRowsFile, rows));
        return keep(kListFile, as_bytes(made.json()));
    }

    Status finish() {
        const std::string text = transcript_.text();
        const Path path = plan_.folder / kTranscriptFile;
        ASSAY_TRY_STATUS(write_new(session_.disk, path, as_bytes(text)));
        print(path.string());
        tell(session_.say("keys.ceremony.done"_id,
                          {{"path", path.string()},
                           {"code", crypto::short_code_grouped(
                                        crypto::short_of(crypto::sha256(as_bytes(text))))}}));
        return Ok{};
    }

    const Session& session_;
    const CeremonyPlan& plan_;
    Transcript transcript_;
    record::KeyRows rows_;
    std::vector<Holder> roots_;
    std::vector<Holder> officers_;
};

bool all_names(const std::vector<std::string>& names) {
    return std::ranges::all_of(names, crypto::is_transcript_name) &&
           std::set<std::string>(names.begin(), names.end()).size() == names.size();
}

}  // namespace

Status check_plan(const CeremonyPlan& plan) {
    if (!crypto::is_transcript_title(plan.title)) {
        return bad_plan("--title");
    }
    if (plan.present.size() < 2 || !all_names(plan.present)) {
        return bad_plan("--present");
    }
    if (!all_names(plan.roots) || plan.root_threshold == 0 ||
        plan.root_threshold > plan.roots.size()) {
        return bad_plan("--root");
    }
    if (!all_names(plan.officers) || plan.officer_threshold == 0 ||
        plan.officer_threshold > plan.officers.size()) {
        return bad_plan("--officer");
    }
    std::vector<std::string> shared;
    for (const auto& [name, group] : plan.shared) {
        shared.push_back(name);
    }
    return all_names(shared) ? Status(Ok{}) : Status(bad_plan("--shared"));
}

Status run_ceremony(const Session& session, const CeremonyPlan& plan) {
    ASSAY_TRY_STATUS(check_plan(plan));
    return Ceremony(session, plan).run();
}

namespace {

/// The shares gave back the key that was split.
Status check_shared(const Transcript& transcript) {
    const std::vector<Transcript::Line> rejoined = transcript.of("rejoined");
    for (const Transcript::Line& shared : transcript.of("shared")) {
        const bool same = std::ranges::any_of(rejoined, [&](const Transcript::Line& line) {
            return line.name == shared.name && line.value == shared.value;
        });
        if (!same) {
            return other_than_said("rejoined", shared.name);
        }
    }
    return Ok{};
}

/// The keys that were read out are those of the list and its rows, and the list is signed.
Status check_list(const Session& session, const Path& folder, const Transcript& transcript) {
    ASSAY_TRY(const Bytes json,
              read_file(session.disk, folder / kListFile, crypto::kEnvelopeBytesMax));
    ASSAY_TRY(const auto list, record::read_signed<record::KeyList>(json));
    ASSAY_TRY(const Bytes rows, read_file(session.disk, folder / kRowsFile, kCeremonyFileBytesMax));
    std::vector<record::SigningPublic> roots;
    for (const Transcript::Line& line : transcript.of("root")) {
        ASSAY_TRY(const crypto::VerifyKey key, crypto::VerifyKey::from_text(line.value));
        ASSAY_TRY(roots.emplace_back(), record::SigningPublic::from_bytes(key.view()));
    }
    const std::vector<Transcript::Line> said = transcript.of("list");
    if (said.size() != 1 || said[0].value != list.digest.hex() || roots != list.object.roots) {
        return other_than_said("list", kListFile);
    }
    ASSAY_TRY(const auto keys,
              record::TrustedKeys::from(list, rows, roots, list.object.root_threshold));
    const std::vector<Transcript::Line> officers = transcript.of("officer");
    for (const record::KeyRow& row : keys.rows()) {
        const bool said_so = std::ranges::any_of(officers, [&](const Transcript::Line& line) {
            return row.signing && line.name == row.label &&
                   line.value == record::verify_key(*row.signing).text();
        });
        if (!said_so || keys.rows().size() != officers.size()) {
            return other_than_said("officer", row.label);
        }
    }
    return Ok{};
}

}  // namespace

Result<Transcript> check_ceremony(const Session& session, const Path& folder) {
    ASSAY_TRY(const Bytes bytes,
              read_file(session.disk, folder / kTranscriptFile, crypto::kTranscriptBytesMax));
    ASSAY_TRY(Transcript transcript, Transcript::from_text(as_text(bytes)));
    for (const Transcript::Line& line : transcript.of("file")) {
        ASSAY_TRY(const Bytes file,
                  read_file(session.disk, folder / line.name, kCeremonyFileBytesMax));
        if (crypto::sha256(file).hex() != line.value) {
            return fail(Code::kCorrupt, "keys.ceremony.file"_id, {{"path", line.name}});
        }
    }
    ASSAY_TRY_STATUS(check_shared(transcript));
    ASSAY_TRY_STATUS(check_list(session, folder, transcript));
    return transcript;
}

}  // namespace assay::keys
