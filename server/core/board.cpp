#include "server/core/board.h"

#include <algorithm>
#include <map>

#include "server/core/exports.h"
#include "server/core/rulings.h"
#include "server/core/tables.h"
#include "server/protocol/package.h"

namespace assay::server_core {
namespace {

/// The newest seal of each room, and what they say about each attempt.
struct Seals {
    std::map<RoomId, record::Signed<record::Seal>> newest;
    std::map<AttemptId, std::vector<record::SealRow>> rows;  ///< but "moved to"
};

Result<Seals> seals_of(Ports& ports, const SittingId& sitting) {
    store::Keys where;
    where.sitting = sitting;
    ASSAY_TRY(auto all, all_kept<record::Seal>(ports, where));
    Seals out;
    for (auto& seal : all) {
        const auto known = out.newest.find(seal.object.room);
        if (known == out.newest.end() || known->second.object.number < seal.object.number) {
            const RoomId room = seal.object.room;
            out.newest.insert_or_assign(room, std::move(seal));
        }
    }
    for (const auto& [room, seal] : out.newest) {
        for (const record::SealRow& row : seal.object.rows) {
            if (row.disposition != record::Disposition::kMovedTo) {
                out.rows[row.attempt].push_back(row);
            }
        }
    }
    return out;
}

BoardState state_of(const record::SealRow& sealed, const std::optional<Digest>& here) {
    if (sealed.package) {
        if (!here) {
            return BoardState::kOutstanding;
        }
        return *here == *sealed.package ? BoardState::kReceived : BoardState::kOther;
    }
    switch (sealed.disposition) {
        case record::Disposition::kAbsent:
            return BoardState::kAbsent;
        case record::Disposition::kTerminated:
            return BoardState::kTerminated;
        default:
            return here ? BoardState::kOther : BoardState::kLost;
    }
}

/// Segments alone: a candidate's files are not among the seal's counts.
Result<std::uint64_t> evidence_of(Ports& ports, const AttemptId& attempt) {
    store::Query query;
    query.keys.attempt = attempt;
    std::uint64_t count = 0;
    while (true) {
        ASSAY_TRY(const auto page, ports.store.rows(kFileTable, query));
        for (const store::Row& row : page) {
            const std::string_view value = as_text(row.value);
            count += value.substr(0, value.find('\0')) == protocol::kUploadKindSegment ? 1U : 0U;
            query.after_key = row.key;
        }
        if (page.size() < query.limit) {
            return count;
        }
    }
}

class BoardMaker {
  public:
    BoardMaker(Ports& ports, Intake& intake, const Sitting& sitting)
        : ports_(ports), intake_(intake), sitting_(sitting) {}

    Result<Board> make() {
        const record::SittingManifest& manifest = sitting_.manifest.object;
        ASSAY_TRY(seals_, seals_of(ports_, manifest.sitting));
        out_.sitting = manifest.sitting;
        out_.site = manifest.site;
        out_.title = manifest.title;
        out_.time = ports_.clock.wall();
        out_.adds_up = true;
        for (const record::ManifestRoom& room : manifest.rooms) {
            ASSAY_TRY_STATUS(add_room(room));
        }
        out_.adds_up = out_.adds_up && out_.wrong.empty();
        return std::move(out_);
    }

  private:
    Status add_room(const record::ManifestRoom& from) {
        BoardRoom room;
        room.room = from.room;
        room.name = from.name;
        store::Query query;
        query.keys.sitting = out_.sitting;
        query.keys.room = from.room;
        ASSAY_TRY(const auto refused, ports_.store.refusals(query));
        room.refused = refused.size();
        query.kind = std::string(record::RoomOpening::kName);
        query.limit = 1;
        ASSAY_TRY(const auto openings, ports_.store.objects(query));
        room.opened = !openings.empty();
        const auto seal = seals_.newest.find(from.room);
        room.seal = seal == seals_.newest.end() ? 0 : seal->second.object.number;
        for (const record::AttemptRow& attempt : sitting_.attempts.attempts) {
            if (attempt.room == from.room) {
                ASSAY_TRY_STATUS(add_attempt(attempt.attempt, room));
            }
        }
        const bool window_over = sitting_.manifest.object.window_end < out_.time;
        room.call = room.call || (window_over && room.seal == 0);
        out_.rooms.push_back(std::move(room));
        return Ok{};
    }

    Status add_attempt(const AttemptId& attempt, BoardRoom& room) {
        BoardRow row;
        row.attempt = attempt;
        const auto accepted = intake_.accepted(attempt);
        if (accepted.ok()) {
            row.package = accepted->digest;
        } else if (accepted.error().code != Code::kNotFound) {
            return accepted.error();
        }
        ASSAY_TRY(row.evidence_received, evidence_of(ports_, attempt));
        const std::vector<record::SealRow> said = seals_.rows[attempt];
        if (!said.empty()) {
            row.state = state_of(said.front(), row.package);
            row.sealed_package = said.front().package;
            row.evidence_expected = said.front().evidence.segments;
        }
        ASSAY_TRY(const auto voided, void_decision(ports_, attempt));
        if (voided) {
            row.state = BoardState::kVoid;
        }
        if (said.size() > 1 || (said.empty() && room.seal > 0)) {
            out_.wrong.push_back(attempt);
        }
        judge(row, room);
        room.rows.push_back(row);
        return Ok{};
    }

    void judge(const BoardRow& row, BoardRoom& room) {
        const bool missing =
            row.state == BoardState::kOutstanding || row.state == BoardState::kOther;
        const bool evidence = row.evidence_received < row.evidence_expected;
        room.call = room.call || missing || evidence;
        out_.adds_up = out_.adds_up && !missing && row.state != BoardState::kNotSealed;
    }

    Ports& ports_;
    Intake& intake_;
    const Sitting& sitting_;
    Seals seals_;
    Board out_;
};

std::string csv_row(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += (line.empty() ? "" : ",") + csv_field(field);
    }
    return line + "\r\n";
}

std::string count_of(const BoardRoom& room, BoardState state) {
    return std::to_string(std::ranges::count(room.rows, state, &BoardRow::state));
}

}  // namespace

Result<Board> board_of(Ports& ports, Sittings& sittings, Intake& intake, const SittingId& id) {
    ASSAY_TRY(const auto sitting, sittings.find(id));
    return BoardMaker(ports, intake, *sitting).make();
}

std::string board_csv(const Board& board) {
    std::string out =
        "\xEF\xBB\xBF" + csv_row({"考场", "启用", "封存序号", "考生", "已收", "未收", "不一致",
                                  "缺考", "终止", "丢失", "作废", "未封存", "拒收", "需联系"});
    for (const BoardRoom& room : board.rooms) {
        out += csv_row({room.name, room.opened ? "是" : "否", std::to_string(room.seal),
                        std::to_string(room.rows.size()), count_of(room, BoardState::kReceived),
                        count_of(room, BoardState::kOutstanding),
                        count_of(room, BoardState::kOther), count_of(room, BoardState::kAbsent),
                        count_of(room, BoardState::kTerminated), count_of(room, BoardState::kLost),
                        count_of(room, BoardState::kVoid), count_of(room, BoardState::kNotSealed),
                        std::to_string(room.refused), room.call ? "是" : "否"});
    }
    out += csv_row({"考场", "考次", "状态", "应收答卷包", "过程记录应收", "过程记录已收"});
    for (const BoardRoom& room : board.rooms) {
        for (const BoardRow& row : room.rows) {
            if (row.state == BoardState::kOutstanding || row.state == BoardState::kOther ||
                row.evidence_received < row.evidence_expected) {
                out += csv_row({room.name, row.attempt.hex(), std::string(record::word(row.state)),
                                row.sealed_package ? row.sealed_package->hex() : "",
                                std::to_string(row.evidence_expected),
                                std::to_string(row.evidence_received)});
            }
        }
    }
    return out;
}

}  // namespace assay::server_core
