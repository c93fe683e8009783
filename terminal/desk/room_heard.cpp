#include "crypto/record/document.h"
#include "terminal/desk/room.h"

// What terminals told last: counts and findings that no record of the desk's holds, because it
// cannot read the journals.
namespace assay::desk {
namespace {

constexpr const char* kHeardFile = "heard.age";

struct Heard {
    struct Row {
        MachineId machine;
        protocol::HeartbeatRequest told;
        template <class V, class S>
        static void fields(V& v, S& s) {
            v.field("machine", s.machine);
            v.field("told", s.told);
        }
    };
    static constexpr std::string_view kName = "heard";
    std::vector<Row> rows;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("rows", s.rows);
    }
};

/// Without what is another number every second and no news.
Bytes news_of(Heard heard) {
    for (Heard::Row& row : heard.rows) {
        row.told.remaining_ms = 0;
        row.told.records = 0;
        row.told.orders_seen = 0;
    }
    return record::write_document(heard);
}

}  // namespace

Status Room::keep_heard() {
    const std::lock_guard guard(lock_);
    Heard heard;
    for (const auto& [machine, terminal] : terminals_) {
        if (terminal.heard) {
            heard.rows.push_back({machine, terminal.last});
        }
    }
    Bytes news = news_of(heard);
    if (heard.rows.empty() || news == heard_) {
        return Ok{};
    }
    ASSAY_TRY_STATUS(folder_.put_sealed(kHeardFile, record::write_document(heard)));
    heard_ = std::move(news);
    return Ok{};
}

Status Room::load_heard() {
    if (!folder_.has(kHeardFile)) {
        return Ok{};
    }
    // Only what a screen shows: a file that cannot be read must not keep the room closed.
    const auto plain = folder_.get_sealed(kHeardFile);
    const auto heard =
        plain.ok() ? record::read_document<Heard>(*plain) : Result<Heard>(plain.error());
    if (!heard.ok()) {
        ports_.log.error(heard.error());
        return Ok{};
    }
    for (const Heard::Row& row : heard->rows) {
        const auto found = terminals_.find(row.machine);
        if (found != terminals_.end()) {
            found->second.last = row.told;
            found->second.heard = true;
        }
    }
    heard_ = news_of(*heard);
    return Ok{};
}

}  // namespace assay::desk
