#include <algorithm>
#include <array>
#include <set>

#include "crypto/base32.h"
#include "crypto/dsse.h"
#include "crypto/hash.h"
#include "terminal/desk/room.h"

namespace assay::desk {
namespace {

constexpr const char* kWaiting = ".wait";

struct Marker {
    std::string object;
    Digest statement;
    std::string file;
};

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
    return finish_marker(folder_, statement, ".done");
}

Status Room::refused(const Digest& statement, const Error& error) {
    const std::lock_guard guard(lock_);
    ports_.log.error(error);
    ASSAY_TRY_STATUS(
        folder_.put("refused/server-" + statement.hex() + ".why", as_bytes(to_string(error))));
    return finish_marker(folder_, statement, ".refused");
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
