#include <algorithm>

#include "crypto/base32.h"
#include "crypto/hash.h"
#include "terminal/desk/room.h"
#include "terminal/desk/room_publish.h"

namespace assay::desk {
namespace {

std::string package_name(const Digest& statement) { return "packages/" + statement.hex(); }

Error package_error(Code code, MessageId id, const record::Package& package) {
    return fail(
        code, id,
        {{"attempt", package.attempt.hex()}, {"epoch", std::to_string(package.epoch.value)}});
}

}  // namespace

Status Room::load_packages() {
    for (const std::string& name : folder_.names("packages", ".dsse.json")) {
        ASSAY_TRY(auto package,
                  folder_.get_signed<record::Package>("packages/" + name + ".dsse.json"));
        state_[package.object.attempt].package = std::move(package);
    }
    for (const std::string& name : folder_.names("seals", ".dsse.json")) {
        ASSAY_TRY(seal_, folder_.get_signed<record::Seal>("seals/" + name + ".dsse.json"));
    }
    return Ok{};
}

Status Room::check_package(const record::Signed<record::Package>& package, ByteView age_file) {
    const record::Package& object = package.object;
    if (object.manifest != manifest_->digest || object.room != config_.room) {
        return package_error(Code::kRefused, "desk.package.other"_id, object);
    }
    if (crypto::sha256(age_file) != object.package || age_file.size() != object.bytes) {
        return package_error(Code::kCorrupt, "desk.package.digest"_id, object);
    }
    const auto found = state_.find(object.attempt);
    if (found == state_.end() || found->second.runs.empty()) {
        return package_error(Code::kRefused, "desk.package.never-started"_id, object);
    }
    const Attempt& attempt = found->second;
    const auto run = std::ranges::find_if(
        attempt.runs, [&](const Run& each) { return each.start.object.epoch == object.epoch; });
    if (run == attempt.runs.end() || run->start.object.terminal != object.terminal) {
        return package_error(Code::kDenied, "desk.package.terminal"_id, object);
    }
    ASSAY_TRY(const Terminal* const from, terminal(object.terminal));
    ASSAY_TRY_STATUS(record::require_key(package, from->enrolment.keys.signing));
    if (object.epoch < current_epoch(attempt)) {
        return package_error(Code::kConflict, "desk.package.older-epoch"_id, object);
    }
    if (attempt.package && attempt.package->digest != package.digest) {
        return package_error(Code::kConflict, "desk.package.second"_id, object);
    }
    ASSAY_TRY(const record::JournalHead held, journals_.head(run->journal));
    if (object.journals.empty() || object.journals.back() != held) {
        return fail(Code::kRefused, "desk.package.head"_id, {{"held", std::to_string(held.count)}});
    }
    return Ok{};
}

Status Room::keep_refused(const Digest& statement, ByteView upload, const Error& why) {
    const std::string name = "refused/package-" + statement.hex();
    ASSAY_TRY_STATUS(folder_.put(name + ".tar", upload));
    return folder_.put(name + ".why", as_bytes(to_string(why)));
}

Result<protocol::PackageReply> Room::take_package(const Digest& statement, ByteView upload) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_opening());
    ASSAY_TRY(const record::PackageUpload files, record::read_upload(upload));
    ASSAY_TRY(auto package, record::read_signed<record::Package>(files.statement));
    if (package.digest != statement) {
        return fail(Code::kInvalid, "desk.package.address"_id);
    }
    if (const Status good = check_package(package, files.package); !good.ok()) {
        const bool evidence = good.error().code == Code::kConflict;
        if (evidence) {
            ASSAY_TRY_STATUS(keep_refused(statement, upload, good.error()));
        }
        ports_.log.error(good.error());
        return good.error();
    }
    Attempt& attempt = state_[package.object.attempt];
    if (!attempt.package) {
        package.envelope.add_signature(keys_.signing);
        ASSAY_TRY_STATUS(folder_.put(package_name(statement) + ".age", files.package));
        ASSAY_TRY_STATUS(publish(package_name(statement) + ".dsse.json", package));
        attempt.package = package;
        ports_.log.info("desk.log.package"_id, {{"attempt", package.object.attempt.hex()}});
        if (seal_) {
            ASSAY_TRY_STATUS(seal_again());
        }
    }
    ASSAY_TRY(const std::string proof, site_log_->proof(statement));
    protocol::PackageReply out{to_bytes(attempt.package->json()), proof, std::nullopt};
    if (folder_.has("receipts/" + statement.hex())) {
        ASSAY_TRY(const Bytes receipt, folder_.get("receipts/" + statement.hex()));
        out.receipt = to_string(receipt);
    }
    return out;
}

Result<protocol::ReceiptReply> Room::receipt(const std::string& short_code) {
    ASSAY_TRY(const crypto::ShortCode wanted, crypto::read_short_code(short_code));
    const std::lock_guard guard(lock_);
    for (const auto& [id, attempt] : state_) {
        if (!attempt.package || crypto::short_of(attempt.package->digest) != wanted) {
            continue;
        }
        const Digest& statement = attempt.package->digest;
        if (folder_.has("receipts/" + statement.hex())) {
            ASSAY_TRY(const Bytes receipt, folder_.get("receipts/" + statement.hex()));
            return protocol::ReceiptReply{statement, to_string(receipt)};
        }
        ASSAY_TRY(const std::string proof, site_log_->proof(statement));
        return protocol::ReceiptReply{statement, proof};
    }
    return fail(Code::kNotFound, "desk.receipt.none"_id);
}

// ---- seal

Result<std::vector<record::SealRow>> Room::seal_rows(
    const std::map<AttemptId, record::Disposition>& decided) const {
    std::vector<record::SealRow> rows;
    for (const record::RosterRow& person : roster_.rows) {
        record::SealRow row;
        row.attempt = person.attempt;
        const Attempt& attempt = state_.at(person.attempt);
        if (attempt.package) {
            const record::Package& package = attempt.package->object;
            row.epoch = package.epoch;
            row.disposition = package.kind == record::PackageKind::kForced
                                  ? record::Disposition::kForced
                                  : record::Disposition::kHandedIn;
            row.package = attempt.package->digest;
            row.evidence = package.evidence;
        } else if (attempt.runs.empty()) {
            row.disposition = record::Disposition::kAbsent;
        } else {
            const auto said = decided.find(person.attempt);
            const bool known =
                said != decided.end() && (said->second == record::Disposition::kTerminated ||
                                          said->second == record::Disposition::kLost);
            if (!known) {
                return fail(Code::kRefused, "desk.seal.open"_id, {{"seat", person.seat}});
            }
            row.epoch = current_epoch(attempt);
            row.disposition = said->second;
        }
        rows.push_back(row);
    }
    return rows;
}

Status Room::write_seal(std::vector<record::SealRow> rows) {
    record::Seal seal;
    seal.manifest = manifest_->digest;
    seal.room = config_.room;
    seal.opening = opening_->digest;
    seal.number = seal_ ? seal_->object.number + 1 : 1;
    if (seal_) {
        seal.predecessor = seal_->digest;
    }
    seal.rows = std::move(rows);
    seal.checkpoint = site_log_->checkpoint();
    seal.time = ports_.clock.wall();
    auto signed_seal = record::sign(std::move(seal), keys_.signing);
    ASSAY_TRY_STATUS(record::check_seal(signed_seal, *opening_, attempts_, *trusted_));
    std::string number = std::to_string(signed_seal.object.number);
    number.insert(0, 4 - std::min<std::size_t>(4, number.size()), '0');
    ASSAY_TRY_STATUS(publish("seals/" + number + ".dsse.json", signed_seal));
    ports_.log.info("desk.log.sealed"_id, {{"number", number}});
    seal_ = std::move(signed_seal);
    return Ok{};
}

Status Room::seal(const std::map<AttemptId, record::Disposition>& decided) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(seal_ ? need_opening() : may(Command::kSeal));
    ASSAY_TRY(std::vector<record::SealRow> rows, seal_rows(decided));
    if (seal_ && seal_->object.rows == rows) {
        return Ok{};
    }
    return write_seal(std::move(rows));
}

Status Room::seal_again() {
    std::map<AttemptId, record::Disposition> decided;
    for (const record::SealRow& row : seal_->object.rows) {
        decided[row.attempt] = row.disposition;
    }
    ASSAY_TRY(std::vector<record::SealRow> rows, seal_rows(decided));
    return write_seal(std::move(rows));
}

}  // namespace assay::desk
