#include "server/core/statements.h"

#include "question-bank/sealed/kit.h"

namespace assay::server_core {
namespace {

constexpr const char* kTerminalTable = "terminal";

store::Keys keys_of(const Sitting& sitting, const RoomId& room) {
    store::Keys out;
    out.site = sitting.manifest.object.site;
    out.sitting = sitting.manifest.object.sitting;
    out.room = room;
    return out;
}

template <typename T>
Result<protocol::ReceiptReply> keep_and_answer(Ports& ports, const record::Signed<T>& object,
                                               const store::Keys& where) {
    ASSAY_TRY(const std::string proof, keep(ports, object, where));
    return protocol::ReceiptReply{object.digest, proof};
}

}  // namespace

Result<protocol::ReceiptReply> Statements::take(const protocol::StatementRequest& request) {
    if (request.kind == record::Enrolment::kName) {
        return take_enrolment(request.statement);
    }
    if (request.kind == record::RoomOpening::kName) {
        return take_opening(request.statement);
    }
    if (request.kind == record::Release::kName) {
        return take_release(request.statement);
    }
    if (request.kind == record::Start::kName) {
        return take_start(request.statement);
    }
    if (request.kind == record::Move::kName) {
        return take_move(request.statement);
    }
    if (request.kind == record::Seal::kName) {
        return take_seal(request.statement);
    }
    return fail(Code::kInvalid, "server.statement.kind"_id, {{"kind", request.kind}});
}

Result<protocol::ReceiptReply> Statements::take_enrolment(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto enrolment, record::read_signed<record::Enrolment>(file));
    ASSAY_TRY_STATUS(record::check_enrolment(enrolment, *keys));
    store::Keys where;
    where.site = enrolment.object.site;
    where.room = enrolment.object.room;
    store::Batch batch;
    batch.objects.push_back(as_object(enrolment, where));
    batch.rows.push_back({kTerminalTable, to_bytes(enrolment.object.machine.view()), where, "",
                          to_bytes(enrolment.digest.view()), store::kAnyRevision});
    const auto done = ports_.store.put(std::move(batch));
    terminals_.forget(enrolment.object.machine);  // also after a failure: it may be there
    if (!done.ok()) {
        return done.error();
    }
    ASSAY_TRY(const std::string proof,
              ports_.central.proof(done->objects.at(0).log_index.value_or(0)));
    return protocol::ReceiptReply{enrolment.digest, proof};
}

Result<Statements::Enrolled> Statements::enrolment(const MachineId& machine) {
    return terminals_.get(machine, [&]() -> Result<Enrolled> {
        const auto row = ports_.store.row(kTerminalTable, to_bytes(machine.view()));
        if (!row.ok()) {
            return fail(Code::kNotFound, "server.terminal.unknown"_id,
                        {{"machine", machine.hex()}});
        }
        ASSAY_TRY(const Digest digest, Digest::from_bytes(row->value));
        ASSAY_TRY(const auto enrolment, kept<record::Enrolment>(ports_, digest));
        return std::make_shared<const record::Enrolment>(enrolment.object);
    });
}

Result<protocol::ReceiptReply> Statements::take_opening(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto opening, record::read_signed<record::RoomOpening>(file));
    ASSAY_TRY(const auto sitting, sittings_.find_by_manifest(opening.object.manifest));
    ASSAY_TRY_STATUS(record::check_opening(opening, sitting->manifest, *keys));
    auto kept = keep_and_answer(ports_, opening, keys_of(*sitting, opening.object.room));
    rooms_.forget({sitting->manifest.object.sitting, opening.object.room});
    return kept;
}

Result<Statements::Opened> Statements::opening(const Sitting& sitting, const RoomId& room) {
    return rooms_.get({sitting.manifest.object.sitting, room},
                      [&] { return newest_opening(sitting, room); });
}

Result<Statements::Opened> Statements::newest_opening(const Sitting& sitting, const RoomId& room) {
    ASSAY_TRY(auto openings, all_kept<record::RoomOpening>(ports_, keys_of(sitting, room)));
    record::Signed<record::RoomOpening>* newest = nullptr;
    for (auto& each : openings) {
        if (newest == nullptr || each.object.number > newest->object.number) {
            newest = &each;
        }
    }
    if (newest == nullptr) {
        return fail(Code::kNotFound, "server.room.never-opened"_id, {{"room", room.hex()}});
    }
    return std::make_shared<const record::Signed<record::RoomOpening>>(std::move(*newest));
}

Result<protocol::ReceiptReply> Statements::take_release(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto release, record::read_signed<record::Release>(file));
    ASSAY_TRY(const auto sitting, sittings_.find(release.object.sitting));
    ASSAY_TRY(const auto in_charge, opening(*sitting, release.object.room));
    std::optional<record::Signed<record::Batch>> batch;
    if (release.object.batch) {
        ASSAY_TRY(batch, kept<record::Batch>(ports_, *release.object.batch));
    } else if (release.object.kit) {
        ASSAY_TRY(const auto kit, kept<sealed::SiteKit>(ports_, *release.object.kit));
        if (kit.object.part != release.object.part || kit.object.site != release.object.site) {
            return fail(Code::kRefused, "server.release.kit"_id);
        }
    }
    ASSAY_TRY_STATUS(record::check_release(release, sitting->manifest, *in_charge,
                                           batch ? &*batch : nullptr, *keys));
    return keep_and_answer(ports_, release, keys_of(*sitting, release.object.room));
}

Result<protocol::ReceiptReply> Statements::take_start(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto start, record::read_signed<record::Start>(file));
    ASSAY_TRY(const auto sitting, sittings_.find_by_manifest(start.object.manifest));
    ASSAY_TRY(const Enrolled terminal, enrolment(start.object.terminal));
    ASSAY_TRY_STATUS(record::check_start(start, *terminal, sitting->manifest, sitting->attempts));
    ASSAY_TRY(const auto in_charge, opening(*sitting, start.object.room));
    ASSAY_TRY(const record::SigningPublic desk, record::desk_key(in_charge->object, *keys));
    ASSAY_TRY_STATUS(record::check_admission(start, desk));
    store::Keys where = keys_of(*sitting, start.object.room);
    where.attempt = start.object.attempt;
    return keep_and_answer(ports_, start, where);
}

Result<protocol::ReceiptReply> Statements::take_move(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto move, record::read_signed<record::Move>(file));
    ASSAY_TRY(const auto sitting, sittings_.find_by_manifest(move.object.manifest));
    ASSAY_TRY(const auto in_charge, opening(*sitting, move.object.room));
    ASSAY_TRY(const record::SigningPublic desk, record::desk_key(in_charge->object, *keys));
    ASSAY_TRY_STATUS(record::require_key(move, desk));
    store::Keys where = keys_of(*sitting, move.object.room);
    where.attempt = move.object.attempt;
    return keep_and_answer(ports_, move, where);
}

Result<protocol::ReceiptReply> Statements::take_seal(ByteView file) {
    ASSAY_TRY(const auto keys, trust_.keys());
    ASSAY_TRY(const auto seal, record::read_signed<record::Seal>(file));
    ASSAY_TRY(const auto sitting, sittings_.find_by_manifest(seal.object.manifest));
    ASSAY_TRY(const auto in_charge, opening(*sitting, seal.object.room));
    ASSAY_TRY_STATUS(record::check_seal(seal, *in_charge, sitting->attempts, *keys));
    return keep_and_answer(ports_, seal, keys_of(*sitting, seal.object.room));
}

}  // namespace assay::server_core
