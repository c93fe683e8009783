#include <algorithm>
#include <array>
#include <set>

#include "crypto/base32.h"
#include "crypto/dsse.h"
#include "crypto/hash.h"
#include "crypto/record/document.h"
#include "terminal/desk/room.h"

namespace assay::desk {
namespace {

constexpr const char* kWaiting = ".wait";

struct Marker {
    std::string object;
    Digest statement;
    std::string file;
};

/// refused/server-<digest>.json: what the server refused for good.
struct Refused {
    static constexpr std::string_view kName = "refused-by-server";
    Digest digest;
    std::string what;
    std::optional<AttemptId> attempt;
    protocol::Refusal error;

    template <class V, class S>
    static void fields(V& v, S& s) {
        v.field("digest", s.digest);
        v.field("what", s.what);
        v.field("attempt", s.attempt);
        v.field("error", s.error);
    }
};

std::string refused_file(const Digest& digest) {
    return "refused/server-" + digest.hex() + ".json";
}

std::optional<Marker> read_marker(const Bytes& bytes) {
    std::vector<std::string> lines;
    std::string line;
    for (const char c : as_text(bytes)) {
        if (c == '\n') {
            lines.push_back(std::move(line));
            line.clear();
        } else {
            line += c;
        }
    }
    if (lines.size() != 3) {
        return std::nullopt;
    }
    const auto digest = Digest::from_hex(lines[1]);
    if (!digest.ok()) {
        return std::nullopt;
    }
    return Marker{lines[0], digest.value(), lines[2]};
}

}  // namespace

std::optional<Room::Pending> Room::pending_named(const std::string& name) {
    const auto bytes = folder_.get("outbox/" + name + kWaiting);
    const auto marker = bytes.ok() ? read_marker(*bytes) : std::nullopt;
    const auto statement = marker ? folder_.get(marker->file) : Result<Bytes>(Bytes{});
    if (!marker || !statement.ok()) {
        return std::nullopt;
    }
    Pending out{Pending::Kind::kStatement, marker->object, marker->statement, *statement};
    if (marker->object == record::Package::kName) {
        const std::string stem =
            marker->file.substr(0, marker->file.size() - std::string(".dsse.json").size());
        const auto age_file = folder_.get(stem + ".age");
        if (!age_file.ok()) {
            return std::nullopt;
        }
        out.kind = Pending::Kind::kPackage;
        out.body = record::write_upload({*statement, *age_file});
    }
    return out;
}

std::optional<Room::Pending> Room::next_pending() {
    const std::lock_guard guard(lock_);
    for (const std::string& name : folder_.names("outbox", kWaiting)) {
        if (auto pending = pending_named(name)) {
            return pending;
        }
    }
    return std::nullopt;
}

Result<std::size_t> Room::export_waiting(const Path& stick) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(folder_.disk().make_folders(stick));
    std::size_t count = 0;
    for (const std::string& name : folder_.names("outbox", kWaiting)) {
        const auto pending = pending_named(name);
        if (!pending) {
            continue;
        }
        const std::string ending = pending->kind == Pending::Kind::kPackage
                                       ? crypto::short_code(pending->statement) + ".assay-package"
                                       : pending->object + ".dsse.json";
        ASSAY_TRY_STATUS(write_file(folder_.disk(), stick / (name + '-' + ending), pending->body));
        ++count;
    }
    return count;
}

namespace {

Status finish_marker(DeskFolder& folder, const Digest& statement, const std::string& ending) {
    for (const std::string& name : folder.names("outbox", kWaiting)) {
        ASSAY_TRY(const Bytes bytes, folder.get("outbox/" + name + kWaiting));
        const auto marker = read_marker(bytes);
        if (marker && marker->statement == statement) {
            ASSAY_TRY_STATUS(folder.disk().rename(folder.path("outbox/" + name + kWaiting),
                                                  folder.path("outbox/" + name + ending)));
            return folder.disk().sync_folder(folder.path("outbox"));
        }
    }
    return Ok{};
}

}  // namespace

Status Room::answered(const Digest& statement, const std::string& receipt) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY_STATUS(folder_.put("receipts/" + statement.hex(), as_bytes(receipt)));
    if (folder_.has(refused_file(statement))) {
        ASSAY_TRY_STATUS(folder_.disk().remove(folder_.path(refused_file(statement))));
    }
    return finish_marker(folder_, statement, ".done");
}

Status Room::refused(const Digest& statement, const Error& error) {
    const std::lock_guard guard(lock_);
    std::string what = "statement";
    for (const std::string& name : folder_.names("outbox", kWaiting)) {
        const auto bytes = folder_.get("outbox/" + name + kWaiting);
        const auto marker = bytes.ok() ? read_marker(*bytes) : std::nullopt;
        what = marker && marker->statement == statement ? marker->object : what;
    }
    std::optional<AttemptId> attempt;
    for (const auto& [id, each] : state_) {
        const bool package = each.package && each.package->digest == statement;
        const bool start = std::ranges::any_of(
            each.runs, [&](const Run& run) { return run.start.digest == statement; });
        attempt = package || start ? id : attempt;
    }
    ASSAY_TRY_STATUS(keep_refusal(statement, what, attempt, error));
    return finish_marker(folder_, statement, ".refused");
}

Status Room::refused_upload(const Digest& file, const std::string& kind, const std::string& attempt,
                            const Error& error) {
    const std::lock_guard guard(lock_);
    const auto id = AttemptId::from_hex(attempt);
    return keep_refusal(file, kind, id.ok() ? std::optional(*id) : std::nullopt, error);
}

Status Room::keep_refusal(const Digest& digest, const std::string& what,
                          std::optional<AttemptId> attempt, const Error& error) {
    ports_.log.error(error);
    const Refused out{digest, what, attempt, protocol::refusal_of(error)};
    return folder_.put(refused_file(digest), record::write_document(out));
}

Status Room::forget_refusal(const Digest& digest) {
    const std::lock_guard guard(lock_);
    if (!folder_.has(refused_file(digest))) {
        return Ok{};
    }
    return folder_.disk().remove(folder_.path(refused_file(digest)));
}

Result<std::size_t> Room::retry_refused() {
    const std::lock_guard guard(lock_);
    std::size_t count = 0;
    for (const std::string& name : folder_.names("outbox", ".refused")) {
        ASSAY_TRY_STATUS(folder_.disk().rename(folder_.path("outbox/" + name + ".refused"),
                                               folder_.path("outbox/" + name + kWaiting)));
        ++count;
    }
    if (count > 0) {
        ASSAY_TRY_STATUS(folder_.disk().sync_folder(folder_.path("outbox")));
    }
    for (const std::string& name : folder_.names("refused", ".json")) {
        if (name.starts_with("server-")) {
            ASSAY_TRY_STATUS(folder_.disk().remove(folder_.path("refused/" + name + ".json")));
        }
    }
    return count;
}

std::vector<RefusedRow> Room::refused_rows() {
    std::vector<RefusedRow> out;
    for (const std::string& name : folder_.names("refused", ".json")) {
        if (out.size() == kRefusedShownMax) {
            break;
        }
        const auto bytes = folder_.get("refused/" + name + ".json");
        const auto kept =
            bytes.ok() ? record::read_document<Refused>(*bytes) : Result<Refused>(bytes.error());
        if (!kept.ok()) {
            continue;
        }
        const record::RosterRow* person = kept->attempt ? roster_row(*kept->attempt) : nullptr;
        out.push_back(
            {kept->digest, kept->what, person == nullptr ? "" : person->seat, kept->error});
    }
    return out;
}

namespace {

struct Shelf {
    const char* folder;
    std::string_view object;
};
constexpr std::array kPublished{Shelf{"openings", record::RoomOpening::kName},
                                Shelf{"enrolments", record::Enrolment::kName},
                                Shelf{"releases", record::Release::kName},
                                Shelf{"starts", record::Start::kName},
                                Shelf{"moves", record::Move::kName},
                                Shelf{"packages", record::Package::kName},
                                Shelf{"seals", record::Seal::kName}};

}  // namespace

Status Room::mend_outbox() {
    std::set<std::string> queued;
    for (const char* const ending : {kWaiting, ".done", ".refused"}) {
        for (const std::string& name : folder_.names("outbox", ending)) {
            ASSAY_TRY(const Bytes bytes, folder_.get("outbox/" + name + ending));
            if (const auto marker = read_marker(bytes)) {
                queued.insert(marker->file);
            }
        }
    }
    for (const Shelf& shelf : kPublished) {
        for (const std::string& name : folder_.names(shelf.folder, ".dsse.json")) {
            const std::string file = std::string(shelf.folder) + '/' + name + ".dsse.json";
            if (queued.contains(file)) {
                continue;
            }
            ASSAY_TRY(const Bytes bytes, folder_.get(file));
            ASSAY_TRY(const auto envelope, crypto::Envelope::parse(bytes));
            ASSAY_TRY(const std::string proof, site_log_->add(envelope.payload));
            ASSAY_TRY_STATUS(
                queue(std::string(shelf.object), crypto::sha256(envelope.payload), file));
        }
    }
    return Ok{};
}

}  // namespace assay::desk
