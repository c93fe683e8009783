#include "server/store/index.h"

namespace assay::store {
namespace {

constexpr const char* kMigrations[] = {R"(
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE object (
  number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,
  site BLOB, sitting BLOB, room BLOB, attempt BLOB, seen INTEGER NOT NULL,
  wants_log INTEGER NOT NULL, log_index INTEGER,
  volume INTEGER NOT NULL, at INTEGER NOT NULL, payload INTEGER NOT NULL, envelope INTEGER NOT NULL
) STRICT;
CREATE INDEX object_kind ON object(kind, number);
CREATE INDEX object_sitting ON object(sitting, number) WHERE sitting IS NOT NULL;
CREATE INDEX object_room ON object(room, number) WHERE room IS NOT NULL;
CREATE INDEX object_attempt ON object(attempt, number) WHERE attempt IS NOT NULL;
CREATE INDEX object_unlogged ON object(number) WHERE wants_log = 1 AND log_index IS NULL;
CREATE TABLE refusal (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL,
  site BLOB, sitting BLOB, room BLOB, attempt BLOB, seen INTEGER NOT NULL,
  volume INTEGER NOT NULL, at INTEGER NOT NULL, payload INTEGER NOT NULL, envelope INTEGER NOT NULL,
  UNIQUE (volume, at)
) STRICT;
CREATE INDEX refusal_sitting ON refusal(sitting, number) WHERE sitting IS NOT NULL;
CREATE INDEX refusal_attempt ON refusal(attempt, number) WHERE attempt IS NOT NULL;
CREATE TABLE body (
  digest BLOB PRIMARY KEY, volume INTEGER, at INTEGER, size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item (
  name TEXT NOT NULL, key BLOB NOT NULL, site BLOB, sitting BLOB, room BLOB, attempt BLOB,
  state TEXT NOT NULL, value BLOB NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_sitting ON item(name, sitting, key) WHERE sitting IS NOT NULL;
CREATE INDEX item_room ON item(name, room, key) WHERE room IS NOT NULL;
CREATE INDEX item_attempt ON item(name, attempt, key) WHERE attempt IS NOT NULL;
CREATE INDEX item_state ON item(name, state, key);
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)",
                                       R"(
CREATE TABLE leaf (digest BLOB PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)"};

constexpr const char* kObjectColumns =
    "SELECT number, digest, kind, site, sitting, room, attempt, seen, wants_log, log_index, "
    "volume, at, "
    "payload, envelope FROM object";
constexpr const char* kRefusalColumns =
    "SELECT number, kind, reason, site, sitting, room, attempt, seen, volume, at, payload, "
    "envelope "
    "FROM refusal";
constexpr const char* kRowColumns =
    "SELECT name, key, site, sitting, room, attempt, state, value, revision FROM item";

Error not_found(const char* what) {
    return fail(Code::kNotFound, "store.none"_id, {{"what", what}});
}

Keys read_keys(const vault::Statement& row, int first) {
    return {row.optional_id<SiteId>(first), row.optional_id<SittingId>(first + 1),
            row.optional_id<RoomId>(first + 2), row.optional_id<AttemptId>(first + 3)};
}

Place read_place(const vault::Statement& row, int first) {
    return {row.size(first), row.size(first + 1)};
}

Index::ObjectPlace read_object(const vault::Statement& row) {
    Index::ObjectPlace out;
    out.object.number = row.size(0);
    out.object.digest = row.id<Digest>(1);
    out.object.object.kind = row.text(2);
    out.object.object.keys = read_keys(row, 3);
    out.object.seen = {row.integer(7)};
    out.object.object.log = row.integer(8) != 0;
    if (!row.is_null(9)) {
        out.object.log_index = row.size(9);
    }
    out.place = read_place(row, 10);
    out.payload_size = row.size(12);
    out.envelope_size = row.size(13);
    return out;
}

Index::RefusalPlace read_refusal(const vault::Statement& row) {
    Index::RefusalPlace out;
    out.refusal.number = row.size(0);
    out.refusal.refusal.kind = row.text(1);
    out.refusal.refusal.reason = row.text(2);
    out.refusal.refusal.keys = read_keys(row, 3);
    out.refusal.seen = {row.integer(7)};
    out.place = read_place(row, 8);
    out.payload_size = row.size(10);
    out.envelope_size = row.size(11);
    return out;
}

Row read_row(const vault::Statement& row) {
    return {row.text(0), row.blob(1), read_keys(row, 2), row.text(6), row.blob(7), row.size(8)};
}

/// Conditions for the keys that a query names, as parameters ?3 to ?6.
std::string key_conditions(const Keys& keys) {
    std::string out;
    out += keys.site ? " AND site = ?3" : "";
    out += keys.sitting ? " AND sitting = ?4" : "";
    out += keys.room ? " AND room = ?5" : "";
    out += keys.attempt ? " AND attempt = ?6" : "";
    return out;
}

template <typename T, typename Read>
Result<std::vector<T>> read_all(vault::Statement& rows, Read read) {
    std::vector<T> out;
    while (true) {
        ASSAY_TRY(const bool more, rows.step());
        if (!more) {
            return out;
        }
        out.push_back(read(rows));
    }
}

std::size_t page(const Query& query) { return std::min(query.limit, kPageRowsMax); }

template <typename T, typename Read>
Result<std::vector<T>> find_numbered(vault::Vault& vault, const char* columns, const Query& query,
                                     Read read) {
    const std::string sql = std::string(columns) + " WHERE number > ?1" +
                            (query.kind ? " AND kind = ?2" : "") + key_conditions(query.keys) +
                            " ORDER BY number LIMIT ?7";
    ASSAY_TRY(vault::Statement rows, vault.prepare(sql));
    rows.bind(query.after, query.kind, query.keys.site, query.keys.sitting, query.keys.room,
              query.keys.attempt, page(query));
    return read_all<T>(rows, read);
}

}  // namespace

Result<Index> Index::open(const Path& file, const crypto::StoreKey& key) {
    ASSAY_TRY(vault::Vault vault,
              vault::Vault::open(file, key,
                                 {.migrations = kMigrations, .sync = vault::Sync::kRebuildable}));
    return Index(std::move(vault));
}

Status Index::apply(const ObjectPlace& e) {
    const Object& object = e.object.object;
    const Keys& keys = object.keys;
    return vault_.run(
        "INSERT INTO object(digest, kind, site, sitting, room, attempt, seen, wants_log, volume, "
        "at, payload, envelope, log_index) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
        "?12, COALESCE(?13, CASE WHEN ?8 THEN (SELECT number FROM leaf WHERE digest = ?1) END)) "
        "ON CONFLICT(digest) DO NOTHING",
        e.object.digest, object.kind, keys.site, keys.sitting, keys.room, keys.attempt,
        e.object.seen.seconds, object.log, e.place.volume, e.place.offset, e.payload_size,
        e.envelope_size, e.object.log_index);
}

Status Index::apply(const RefusalPlace& e) {
    const Refusal& refusal = e.refusal.refusal;
    const Keys& keys = refusal.keys;
    return vault_.run(
        "INSERT INTO refusal(kind, reason, site, sitting, room, attempt, seen, volume, at, "
        "payload, "
        "envelope) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING",
        refusal.kind, refusal.reason, keys.site, keys.sitting, keys.room, keys.attempt,
        e.refusal.seen.seconds, e.place.volume, e.place.offset, e.payload_size, e.envelope_size);
}

Status Index::apply(const Digest& digest, const BodyPlace& body) {
    if (!body.place) {
        return vault_.run("INSERT INTO body(digest, size) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                          digest, body.size);
    }
    return vault_.run(
        "INSERT INTO body(digest, volume, at, size) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        digest, body.place->volume, body.place->offset, body.size);
}

Status Index::apply(const RowChange& e) {
    const Keys& keys = e.row.keys;
    return vault_.run(
        "INSERT INTO item(name, key, site, sitting, room, attempt, state, value, revision) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(name, key) DO UPDATE SET "
        "site = ?3, sitting = ?4, room = ?5, attempt = ?6, state = ?7, value = ?8, revision = ?9",
        e.row.table, e.row.key, keys.site, keys.sitting, keys.room, keys.attempt, e.row.state,
        e.row.value, e.row.revision);
}

Status Index::apply(const RowRemoved& e) {
    return vault_.run("DELETE FROM item WHERE name = ?1 AND key = ?2", e.table, e.key);
}

Status Index::apply(const CounterSet& e) {
    return vault_.run(
        "INSERT INTO counter(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = "
        "?2",
        e.name, e.value);
}

Result<std::uint64_t> Index::mark(const char* name) {
    ASSAY_TRY(vault::Statement row, vault_.prepare("SELECT value FROM mark WHERE name = ?1"));
    ASSAY_TRY(const bool found, row.bind(name).step());
    return found ? row.size(0) : 0;
}

Status Index::set_mark(const char* name, std::uint64_t value) {
    return vault_.run(
        "INSERT INTO mark(name, value) VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2",
        name, value);
}

Result<Place> Index::followed() {
    ASSAY_TRY(const std::uint64_t volume, mark("volume"));
    ASSAY_TRY(const std::uint64_t offset, mark("offset"));
    return Place{volume, offset};
}

Status Index::set_followed(Place end) {
    ASSAY_TRY_STATUS(set_mark("volume", end.volume));
    return set_mark("offset", end.offset);
}

Result<std::uint64_t> Index::log_size() { return mark("log"); }

Status Index::set_log_size(std::uint64_t size) { return set_mark("log", size); }

Result<std::vector<Digest>> Index::unlogged() {
    ASSAY_TRY(vault::Statement rows,
              vault_.prepare("SELECT digest FROM object WHERE wants_log = 1 AND log_index IS NULL "
                             "ORDER BY number"));
    return read_all<Digest>(rows, [](const vault::Statement& row) { return row.id<Digest>(0); });
}

Status Index::keep_leaf(const Digest& digest, std::uint64_t index) {
    return vault_.run(
        "INSERT INTO leaf(digest, number) SELECT ?1, ?2 WHERE NOT EXISTS "
        "(SELECT 1 FROM object WHERE digest = ?1) ON CONFLICT DO NOTHING",
        digest, index);
}

Result<std::optional<std::uint64_t>> Index::leaf(const Digest& digest) {
    ASSAY_TRY(vault::Statement row, vault_.prepare("SELECT number FROM leaf WHERE digest = ?1"));
    ASSAY_TRY(const bool found, row.bind(digest).step());
    return found ? std::optional(row.size(0)) : std::nullopt;
}

Result<std::vector<LostObject>> Index::lost(std::uint64_t from) {
    ASSAY_TRY(vault::Statement rows,
              vault_.prepare("SELECT digest, number FROM leaf WHERE number >= ?1 AND NOT EXISTS "
                             "(SELECT 1 FROM object WHERE object.digest = leaf.digest) "
                             "ORDER BY number LIMIT ?2"));
    rows.bind(from, kPageRowsMax);
    return read_all<LostObject>(rows, [](const vault::Statement& row) {
        return LostObject{row.id<Digest>(0), row.size(1)};
    });
}

Status Index::set_log_index(const Digest& digest, std::uint64_t index) {
    return vault_.run(
        "UPDATE object SET log_index = ?2 WHERE digest = ?1 AND wants_log = 1 AND log_index IS "
        "NULL",
        digest, index);
}

Result<Index::ObjectPlace> Index::object(const Digest& digest) {
    const std::string sql = std::string(kObjectColumns) + " WHERE digest = ?1";
    ASSAY_TRY(vault::Statement row, vault_.prepare(sql));
    ASSAY_TRY(const bool found, row.bind(digest).step());
    return found ? Result<ObjectPlace>(read_object(row)) : not_found("object");
}

Result<std::vector<Index::ObjectPlace>> Index::objects(const Query& query) {
    return find_numbered<ObjectPlace>(vault_, kObjectColumns, query, read_object);
}

Result<std::vector<Index::RefusalPlace>> Index::refusals(const Query& query) {
    return find_numbered<RefusalPlace>(vault_, kRefusalColumns, query, read_refusal);
}

Result<Index::BodyPlace> Index::body(const Digest& digest) {
    ASSAY_TRY(vault::Statement row,
              vault_.prepare("SELECT volume, at, size FROM body WHERE digest = ?1"));
    ASSAY_TRY(const bool found, row.bind(digest).step());
    if (!found) {
        return not_found("body");
    }
    BodyPlace out;
    if (!row.is_null(0)) {
        out.place = read_place(row, 0);
    }
    out.size = row.size(2);
    return out;
}

Result<std::vector<Digest>> Index::bodies_after(const Digest& after, std::size_t limit) {
    ASSAY_TRY(vault::Statement rows,
              vault_.prepare("SELECT digest FROM body WHERE digest > ?1 ORDER BY digest LIMIT ?2"));
    rows.bind(after, limit);
    return read_all<Digest>(rows, [](const vault::Statement& row) { return row.id<Digest>(0); });
}

Result<Row> Index::row(const std::string& table, const Bytes& key) {
    const std::string sql = std::string(kRowColumns) + " WHERE name = ?1 AND key = ?2";
    ASSAY_TRY(vault::Statement row, vault_.prepare(sql));
    ASSAY_TRY(const bool found, row.bind(table, key).step());
    return found ? Result<Row>(read_row(row)) : not_found("row");
}

Result<std::vector<Row>> Index::rows(const std::string& table, const Query& query) {
    const std::string sql = std::string(kRowColumns) + " WHERE name = ?1 AND key > ?2" +
                            key_conditions(query.keys) + (query.state ? " AND state = ?7" : "") +
                            " ORDER BY key LIMIT ?8";
    ASSAY_TRY(vault::Statement rows, vault_.prepare(sql));
    rows.bind(table, query.after_key, query.keys.site, query.keys.sitting, query.keys.room,
              query.keys.attempt, query.state, page(query));
    return read_all<Row>(rows, read_row);
}

Result<std::uint64_t> Index::counter(const std::string& name) {
    ASSAY_TRY(vault::Statement row, vault_.prepare("SELECT value FROM counter WHERE name = ?1"));
    ASSAY_TRY(const bool found, row.bind(name).step());
    return found ? row.size(0) : 0;
}

Change change_of(const ObjectAdded& entry, Place large) {
    const Object& from = entry.object;
    Index::ObjectPlace out;
    out.object.digest = entry.digest;
    out.object.object = {from.kind, from.keys, {}, {}, from.log};
    out.object.seen = entry.seen;
    out.place = large;
    out.payload_size = from.payload.size();
    out.envelope_size = from.envelope.size();
    return out;
}

Change change_of(const RefusalAdded& entry, Place large) {
    const Refusal& from = entry.refusal;
    Index::RefusalPlace out;
    out.refusal.refusal = {from.kind, from.reason, from.keys, {}, {}};
    out.refusal.seen = entry.seen;
    out.place = large;
    out.payload_size = from.payload.size();
    out.envelope_size = from.envelope.size();
    return out;
}

Change change_of(const Body& entry, Place large) {
    return BodyAt{entry.digest, {large, entry.bytes.size()}};
}

Change change_of(const FileBody& entry, Place /*large*/) {
    return BodyAt{entry.digest, {std::nullopt, entry.size}};
}

Change change_of(const RowChange& entry, Place /*large*/) { return entry; }

Change change_of(const RowRemoved& entry, Place /*large*/) { return entry; }

Change change_of(const CounterSet& entry, Place /*large*/) { return entry; }

Change change_of(const Entry& entry, Place large) {
    return std::visit([large](const auto& e) { return change_of(e, large); }, entry);
}

Status apply_change(Index& index, const Change& change) {
    return std::visit(
        [&index](const auto& e) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(e)>, BodyAt>) {
                return index.apply(e.digest, e.place);
            } else {
                return index.apply(e);
            }
        },
        change);
}

}  // namespace assay::store
