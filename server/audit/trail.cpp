#include "server/audit/trail.h"

#include <algorithm>

#include "crypto/command/option_value.h"
#include "crypto/tlog/proof.h"

namespace assay::audit {

std::vector<std::string> Folder::names(const std::string& below, std::string_view begin,
                                       std::string_view end) const {
    auto own = names_in(root_, below, begin, end);
    return own.empty() && !shared_.empty() ? names_in(shared_, below, begin, end) : own;
}

std::vector<std::string> Folder::names_in(const Path& root, const std::string& below,
                                          std::string_view begin, std::string_view end) const {
    std::vector<std::string> out;
    const auto found = disk_.list(below.empty() ? root : root / below);
    if (!found.ok()) {
        return out;
    }
    for (const std::string& name : *found) {
        if (name.starts_with(begin) && name.ends_with(end) && out.size() < kFolderFilesMax) {
            out.push_back(below.empty() ? name : below + "/" + name);
        }
    }
    return out;
}

Status require_files(const Folder& folder, std::initializer_list<const char*> names) {
    for (const char* const name : names) {
        if (!folder.has(name)) {
            return fail(Code::kNotFound, "audit.folder.missing"_id, {{"file", name}});
        }
    }
    return Ok{};
}

const record::Enrolment* Trail::enrolment(const MachineId& machine) const {
    const auto found = std::ranges::find(enrolments, machine, &record::Enrolment::machine);
    return found == enrolments.end() ? nullptr : &*found;
}

const record::AttemptRow* Trail::attempt() const {
    return attempts && package ? attempts->find(package->object.attempt) : nullptr;
}

std::vector<record::SigningPublic> Trail::desks(const RoomId& room) const {
    std::vector<record::SigningPublic> out;
    for (const auto& opening : openings) {
        const auto key = record::desk_key(opening.object, *keys);
        if (opening.object.room == room && key.ok() && !std::ranges::count(out, *key)) {
            out.push_back(*key);
        }
    }
    return out;
}

std::optional<Bytes> take(Trail& trail, const Message& what, const std::string& file,
                          std::uint64_t limit) {
    if (!trail.folder.has(file)) {
        trail.report.missing(what, file, {"audit.why.missing"_id, {}});
        return std::nullopt;
    }
    auto bytes = trail.folder.read(file, limit);
    if (!bytes.ok()) {
        trail.report.add(what, file, bytes.error());
        return std::nullopt;
    }
    return std::move(*bytes);
}

bool lacks(Trail& trail, const Message& what, const std::string& file, bool there) {
    if (!there) {
        trail.report.skip(what, file, {"audit.why.before"_id, {}});
    }
    return !there;
}

Error disagree(MessageId id, Args args) { return Error{Code::kCorrupt, {id, std::move(args)}}; }

Status only_signers(const crypto::Envelope& envelope, std::span<const record::SigningPublic> keys) {
    std::vector<crypto::VerifyKey> allowed;
    for (const record::SigningPublic& key : keys) {
        allowed.push_back(record::verify_key(key));
    }
    const std::size_t valid = crypto::signers(envelope, allowed).size();
    if (valid != envelope.signatures.size()) {
        return fail(Code::kCorrupt, "audit.signature.stray"_id,
                    {{"count", std::to_string(envelope.signatures.size() - valid)}});
    }
    return Ok{};
}

Result<Proven> prove(ByteView proof, ByteView payload, const tlog::NoteKey& log,
                     std::string_view policy) {
    ASSAY_TRY(tlog::Policy who,
              policy.empty() ? Result(tlog::Policy::single(log)) : tlog::Policy::parse(policy));
    if (!std::ranges::count(who.logs(), log)) {
        return fail(Code::kRefused, "audit.policy.other-log"_id);
    }
    ASSAY_TRY(const tlog::Logged logged, tlog::verify_receipt(as_text(proof), payload, who));
    ASSAY_TRY(const tlog::LogProof parsed, tlog::LogProof::parse(as_text(proof)));
    ASSAY_TRY(const tlog::Note note, tlog::Note::parse(parsed.checkpoint));
    Proven out{logged.index, logged.checkpoint.head.size, logged.witnesses.size(), 0};
    const std::size_t known = 1 + out.witnesses;
    out.unknown = note.signatures.size() - std::min(known, note.signatures.size()) +
                  (parsed.extra.empty() ? 0 : 1);
    return out;
}

Trail begin_trail(const Folder& folder, Report& report) {
    return Trail{folder, report, {}, {}, {}, {}, {}, {}, {}, {}};
}

void check_attempt(Trail& trail, const std::optional<Digest>& roots) {
    check_keys(trail, roots);
    check_manifest_and_attempts(trail);
    check_machines(trail);
    check_openings(trail);
    check_package(trail);
    check_receipt(trail);
    check_site_proof(trail);
    check_seals(trail);
    check_contents(trail);
    check_evidence(trail);
}

Result<std::optional<Digest>> roots_value(const std::string& text) {
    if (text.empty()) {
        return std::optional<Digest>();
    }
    ASSAY_TRY(const Digest digest, command::hex_value<Digest>("--roots", text));
    return std::optional<Digest>(digest);
}

Result<tlog::NoteKey> log_key_value(const std::string& text) {
    auto key = tlog::NoteKey::from_text(text);
    return key.ok() ? std::move(key) : fail(Code::kUsage, "audit.usage.log-key"_id);
}

std::vector<tlog::NoteKey> site_logs(const Trail& trail, const RoomId& room) {
    std::vector<tlog::NoteKey> out;
    for (const auto& opening : trail.openings) {
        if (opening.object.room != room) {
            continue;
        }
        for (const record::KeyRow& row : trail.keys->rows()) {
            if (row.role != record::Role::kSiteLog || !row.signing ||
                (row.id != opening.object.desk && row.site != trail.manifest->object.site)) {
                continue;
            }
            auto key = tlog::NoteKey::make("assay-site-log/" + opening.object.desk.hex(),
                                           tlog::NoteAlgorithm::kEd25519,
                                           record::verify_key(*row.signing));
            if (key.ok() && !std::ranges::count(out, *key)) {
                out.push_back(*key);
            }
        }
    }
    return out;
}

}  // namespace assay::audit
