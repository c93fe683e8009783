#include <algorithm>

#include "crypto/hash.h"
#include "terminal/desk/room.h"
#include "terminal/desk/room_publish.h"

namespace assay::desk {
namespace {

constexpr int kMovePinLogN = 16;

}  // namespace

Status Room::load_openings() {
    for (const std::string& name : folder_.names("openings", ".dsse.json")) {
        ASSAY_TRY(opening_,
                  folder_.get_signed<record::RoomOpening>("openings/" + name + ".dsse.json"));
    }
    return Ok{};
}

Status Room::open_room(const crypto::Pin& pin) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_sitting());
    if (opening_) {
        return Ok{};
    }
    const crypto::AgeIdentity move_key = crypto::AgeIdentity::generate(ports_.random);
    ASSAY_TRY(const Bytes locked, crypto::age_encrypt_passphrase(
                                      ports_.random, move_key.text().view(), pin, kMovePinLogN));
    ASSAY_TRY_STATUS(folder_.put("move-key.age", locked));
    record::RoomOpening opening;
    opening.manifest = manifest_->digest;
    opening.room = config_.room;
    opening.desk = keys_.id;
    ASSAY_TRY(opening.move_recipient, record::AgePublic::from_bytes(move_key.recipient().view()));
    opening.time = ports_.clock.wall();
    const auto signed_opening = record::sign(std::move(opening), keys_.signing);
    ASSAY_TRY_STATUS(record::check_opening(signed_opening, *manifest_, *trusted_));
    ASSAY_TRY_STATUS(publish("openings/0001.dsse.json", signed_opening));
    opening_ = signed_opening;
    ports_.log.info("desk.log.opened"_id, {{"room", config_.room.hex()}});
    return Ok{};
}

Result<record::RoomCode> Room::make_room_code() {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(Command::kCode));
    ASSAY_TRY(const crypto::TlsIdentity tls, crypto::TlsIdentity::from_seed(keys_.tls_seed));
    record::RoomCode code;
    code.desk_key = crypto::sha256(tls.key().view());
    ports_.random.fill(code.secret.bytes);
    code_ = code;
    code_until_ = ports_.clock.steady() + config_.code_valid;
    code_used_ = 0;
    return code;
}

Result<protocol::EnrolReply> Room::enrol(const protocol::EnrolRequest& request,
                                         const crypto::TlsKey& peer,
                                         const crypto::TlsExporter& exporter) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(need_opening());
    if (!code_ || ports_.clock.steady() > code_until_ || code_used_ >= config_.seats_max) {
        return fail(Code::kDenied, "desk.enrol.no-code"_id);
    }
    const Digest expected =
        record::enrolment_proof(code_->secret.view(), request.keys, exporter.view());
    if (!crypto::equal_secret(expected.view(), request.proof.view()) ||
        !std::ranges::equal(peer.bytes, request.keys.tls.bytes)) {
        return fail(Code::kDenied, "desk.enrol.proof"_id);
    }
    const auto known = terminals_.find(request.machine);
    if (known != terminals_.end() && known->second.enrolment.keys != request.keys) {
        return fail(Code::kConflict, "desk.enrol.other-keys"_id,
                    {{"machine", request.machine.hex()}});
    }
    record::Enrolment enrolment{request.machine, manifest_->object.site, config_.room, request.keys,
                                keys_.id,        ports_.clock.wall()};
    const auto signed_enrolment = record::sign(std::move(enrolment), keys_.signing);
    const std::string name = "enrolments/" + request.machine.hex();
    ASSAY_TRY_STATUS(publish(name + ".dsse.json", signed_enrolment));
    ASSAY_TRY_STATUS(folder_.put(name + ".seat", as_bytes(request.label)));
    terminals_[request.machine] = Terminal{signed_enrolment.object, request.label, {}, {}, false};
    ++code_used_;
    ports_.log.info("desk.log.enrolled"_id, {{"machine", request.machine.hex()}});
    return protocol::EnrolReply{to_bytes(signed_enrolment.json()), *key_list_, keys_.id};
}

Status Room::load_terminals() {
    for (const std::string& name : folder_.names("enrolments", ".dsse.json")) {
        ASSAY_TRY(const auto enrolment,
                  folder_.get_signed<record::Enrolment>("enrolments/" + name + ".dsse.json"));
        std::string seat;
        if (const auto stored = folder_.get("enrolments/" + name + ".seat"); stored.ok()) {
            seat = to_string(*stored);
        }
        terminals_[enrolment.object.machine] = Terminal{enrolment.object, seat, {}, {}, false};
    }
    return Ok{};
}

Status Room::assign_seat(const MachineId& machine, const std::string& seat) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(may(Command::kAssignSeat));
    ASSAY_TRY(Terminal* const found, terminal(machine));
    ASSAY_TRY_STATUS(folder_.put("enrolments/" + machine.hex() + ".seat", as_bytes(seat)));
    found->seat = seat;
    return Ok{};
}

std::optional<MachineId> Room::machine_of(const crypto::TlsKey& key) {
    const std::lock_guard guard(lock_);
    for (const auto& [machine, each] : terminals_) {
        if (std::ranges::equal(each.enrolment.keys.tls.bytes, key.bytes)) {
            return machine;
        }
    }
    return std::nullopt;
}

Result<Room::Terminal*> Room::terminal(const MachineId& machine) {
    const auto found = terminals_.find(machine);
    if (found == terminals_.end()) {
        return fail(Code::kDenied, "desk.terminal.unknown"_id, {{"machine", machine.hex()}});
    }
    return &found->second;
}

Status Room::put_half(const MachineId& machine, const protocol::StoreHalf& half) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const Terminal* const found, terminal(machine));
    if (found == nullptr || half.half.size() != 32) {
        return fail(Code::kInvalid, "desk.half.size"_id);
    }
    const std::string name = "halves/" + machine.hex() + ".age";
    if (folder_.has(name)) {
        ASSAY_TRY(const Bytes known, folder_.get_sealed(name));
        if (known != half.half) {
            return fail(Code::kConflict, "desk.half.known"_id);
        }
        return Ok{};
    }
    return folder_.put_sealed(name, half.half);
}

Result<protocol::StoreHalf> Room::half(const MachineId& machine) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const Bytes half, folder_.get_sealed("halves/" + machine.hex() + ".age"));
    return protocol::StoreHalf{half};
}

}  // namespace assay::desk
