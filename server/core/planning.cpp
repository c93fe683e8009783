#include "server/core/planning.h"

#include <algorithm>

#include "question-bank/sealed/capsule.h"

namespace assay::server_core {
namespace {

/// Digits, because invigilators read them out and candidates type them on any keyboard.
std::string seat_code(Random& random) {
    std::string out;
    while (out.size() < kSeatCodeDigits) {
        std::array<std::uint8_t, 1> byte{};
        random.fill(byte);
        if (byte[0] < 250) {
            out.push_back(static_cast<char>('0' + byte[0] % 10));
        }
    }
    return out;
}

Result<RoomId> room_of(const SittingDefinition& definition, const Candidate& candidate) {
    for (const record::ManifestRoom& room : definition.rooms) {
        if (candidate.room.empty() || candidate.room == room.name) {
            return room.room;
        }
    }
    return fail(Code::kInvalid, "server.plan.room"_id,
                {{"line", std::to_string(candidate.line)}, {"room", candidate.room}});
}

Status check_definition(const SittingDefinition& definition) {
    const auto wrong = [](const char* member) {
        return fail(Code::kInvalid, "server.plan.definition"_id, {{"member", member}});
    };
    if (definition.rooms.empty()) {
        return wrong("rooms");
    }
    for (const record::ManifestRoom& room : definition.rooms) {
        if (room.desks.empty() || room.name.empty()) {
            return wrong("rooms");
        }
    }
    if (definition.window_end <= definition.window_begin) {
        return wrong("windowEnd");
    }
    if (definition.title.empty()) {
        return wrong("title");
    }
    if (definition.scoring_recipient == definition.escrow_recipient) {
        return wrong("escrowRecipient");
    }
    const bool any_main =
        std::ranges::any_of(definition.parts, [](const auto& part) { return !part.reserve; });
    return any_main ? Status(Ok{}) : Status(wrong("parts"));
}

Result<std::vector<record::ManifestPart>> manifest_parts(const PlanRequest& request) {
    const auto& planned = request.definition.parts;
    if (request.banks.size() != planned.size() || request.scoring.size() != planned.size()) {
        return fail(Code::kInvalid, "server.plan.definition"_id, {{"member", "parts"}});
    }
    std::vector<record::ManifestPart> out;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const sealed::BankPart& bank = request.banks[i];
        const sealed::ScoringPart& scoring = request.scoring[i];
        if (bank.exam != request.definition.exam || scoring.bank != bank.bank ||
            scoring.part != bank.part) {
            return fail(Code::kInvalid, "server.plan.part"_id, {{"part", planned[i].folder}});
        }
        out.push_back({bank.part, bank.title, planned[i].reserve, bank.bank, scoring.scoring});
    }
    return out;
}

record::SittingManifest manifest_of(const PlanRequest& request, const SittingId& sitting) {
    const SittingDefinition& from = request.definition;
    record::SittingManifest out;
    out.sitting = sitting;
    out.organisation = from.organisation;
    out.exam = from.exam;
    out.title = from.title;
    out.level = from.level;
    out.standard = from.standard;
    out.site = from.site;
    out.rooms = from.rooms;
    out.window_begin = from.window_begin;
    out.window_end = from.window_end;
    out.programs = from.programs.value_or(std::vector<record::ProgramDigest>{});
    out.scoring_recipient = from.scoring_recipient;
    out.escrow_recipient = from.escrow_recipient;
    out.log_key = from.log_key;
    out.witness_policy = from.witness_policy.value_or("");
    out.lowest_key_list = from.lowest_key_list.value_or(1);
    out.rules = from.rules;
    out.time = request.time;
    return out;
}

/// One candidate's part of the plan.
class Planner {
  public:
    Planner(Random& random, const PlanRequest& request, Plan& plan)
        : random_(random), request_(request), plan_(plan) {}

    Status add(const Candidate& candidate, record::AttemptsFile& attempts) {
        ASSAY_TRY(const RoomId room, room_of(request_.definition, candidate));
        record::RosterRow row;
        row.attempt = random_.id<AttemptId>();
        row.name = candidate.name;
        row.number = candidate.number;
        row.seat = candidate.seat;
        row.seat_code = seat_code(random_);
        row.accommodations.extra_time_percent = candidate.extra_time_percent;
        random_.fill(row.salt.bytes);
        ASSAY_TRY_STATUS(add_photo(row));
        // The attempts file goes to every terminal: what is said in words stays with the person.
        record::AttemptRow attempt{row.attempt, room, {}, row.accommodations, {}};
        if (!candidate.note.empty()) {
            row.accommodations.other.push_back(candidate.note);
        }
        attempt.person = record::person_digest(row);
        attempt.recipient = add_key(row.attempt);
        attempts.attempts.push_back(attempt);
        add_personal(row, candidate.fee);
        plan_.roster.push_back(std::move(row));
        return Ok{};
    }

  private:
    Status add_photo(record::RosterRow& row) {
        if (request_.photos == nullptr) {
            return Ok{};
        }
        auto photo = request_.photos->find(row.number);
        if (!photo.ok() && photo.error().code != Code::kNotFound) {
            return photo.error();
        }
        if (!photo.ok()) {
            plan_.without_photo.push_back(row.number);
            return Ok{};
        }
        row.photo = crypto::sha256(photo->bytes);
        plan_.photos.push_back(std::move(photo->bytes));
        return Ok{};
    }

    record::AgePublic add_key(const AttemptId& attempt) {
        const auto key = crypto::AgeIdentity::generate(random_);
        const auto wrap = [&](const char* name, const record::AgePublic& to) {
            plan_.wraps.push_back(
                {attempt, name, sealed::make_capsule(random_, key, record::age_recipient(to))});
        };
        wrap(kScoringWrap, request_.definition.scoring_recipient);
        wrap(kEscrowWrap, request_.definition.escrow_recipient);
        return record::public_of(key.recipient());
    }

    void add_personal(const record::RosterRow& row, const std::string& fee) {
        plan_.personal.push_back(
            {kRosterTable, row.attempt, to_bytes("row"), record::write_document(row)});
        if (!fee.empty()) {
            plan_.personal.push_back(
                {kPrivateRosterTable, row.attempt, to_bytes("fee"), to_bytes(fee)});
        }
    }

    Random& random_;
    const PlanRequest& request_;
    Plan& plan_;
};

}  // namespace

Result<Plan> plan_sitting(Random& random, const PlanRequest& request) {
    ASSAY_TRY_STATUS(check_definition(request.definition));
    ASSAY_TRY(auto parts, manifest_parts(request));
    const SittingId sitting = request.definition.sitting.value_or(random.id<SittingId>());
    Plan plan;
    record::AttemptsFile attempts{sitting, {}};
    Planner planner(random, request, plan);
    for (const Candidate& candidate : request.candidates) {
        ASSAY_TRY_STATUS(planner.add(candidate, attempts));
    }
    // The order of the roster would tie an attempt to a person.
    std::ranges::sort(attempts.attempts, {}, &record::AttemptRow::attempt);
    plan.attempts = record::write_document(attempts);
    record::SittingManifest manifest = manifest_of(request, sitting);
    manifest.parts = std::move(parts);
    manifest.attempts = crypto::sha256(plan.attempts);
    plan.manifest = record::make(std::move(manifest));
    if (plan.manifest.envelope.payload.size() > record::kStatementBytesMax) {
        return fail(Code::kLimit, "server.plan.manifest"_id,
                    {{"limit", std::to_string(record::kStatementBytesMax)}});
    }
    return plan;
}

Status keep_plan(Ports& ports, const Plan& plan) {
    for (const Bytes& photo : plan.photos) {
        store::Batch batch;
        batch.bodies.push_back({crypto::sha256(photo), photo});
        ASSAY_TRY(const store::Committed done, ports.store.put(std::move(batch)));
    }
    // Wraps first: a roster row without its key would be a candidate whose package never opens.
    ASSAY_TRY_STATUS(ports.store.put_wraps(plan.wraps));
    return ports.store.put_personal(plan.personal);
}

}  // namespace assay::server_core
