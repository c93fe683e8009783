#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

/// What a server must not lose, behind one interface: engines differ, promises don't.
namespace assay::store {

/// A blob that travels through memory; larger ones come as files (Uploads).
inline constexpr std::size_t kBodyBytesMax = std::size_t{16} * 1024 * 1024;
/// Payload or envelope of a statement, value of a row.
inline constexpr std::size_t kValueBytesMax = std::size_t{1} * 1024 * 1024;
/// Names of kinds, tables, states, counters; keys of rows; in bytes.
inline constexpr std::size_t kNameBytesMax = 200;
/// Parts of one batch together.
inline constexpr std::size_t kBatchPartsMax = 10'000;
inline constexpr std::size_t kBatchBytesMax = std::size_t{24} * 1024 * 1024;
/// Rows of one answer.
inline constexpr std::size_t kPageRowsMax = 1'000;

/// What a thing belongs to; each is an index. Absent parts match nothing in particular.
struct Keys {
    std::optional<SiteId> site;
    std::optional<SittingId> sitting;
    std::optional<RoomId> room;
    std::optional<AttemptId> attempt;

    friend bool operator==(const Keys&, const Keys&) = default;
};

/// A signed statement. The store does not look inside; its digest is H(payload).
struct Object {
    std::string kind;  ///< its predicate, in a word: "package", "seal"
    Keys keys;
    Bytes payload;
    Bytes envelope;
    /// Is to be a leaf of the transparency log.
    bool log = false;
};

/// An object as it is kept.
struct StoredObject {
    std::uint64_t number = 0;  ///< order of arrival, from 1, for paging
    Digest digest;
    Object object;  ///< in lists without payload and envelope
    WallTime seen;
    std::optional<std::uint64_t> log_index;
};

/// Something that was refused and is kept as evidence.
struct Refusal {
    std::string kind;
    std::string reason;  ///< a message id
    Keys keys;
    Bytes payload;
    Bytes envelope;
};

struct StoredRefusal {
    std::uint64_t number = 0;
    Refusal refusal;
    WallTime seen;
};

struct Body {
    Digest digest;  ///< the caller hashed the bytes
    Bytes bytes;
};

/// A body that lies in the store's folder of files already (Uploads put it there).
struct FileBody {
    Digest digest;
    std::uint64_t size = 0;
};

/// State that changes: a sitting, an attempt, a machine, an upload, a job. Nothing personal.
struct Row {
    std::string table;
    Bytes key;
    Keys keys;
    std::string state;
    Bytes value;
    /// When put: the revision that the caller saw, 0 for a new row, or kAnyRevision. When read: the
    /// revision to give with the next put; it rises by one with each.
    std::uint64_t revision = 0;

    friend bool operator==(const Row&, const Row&) = default;
};
inline constexpr std::uint64_t kAnyRevision = UINT64_MAX;

struct RowKey {
    std::string table;
    Bytes key;
    std::uint64_t revision = kAnyRevision;
};

/// Changes that become durable together or not at all.
struct Batch {
    std::vector<Object> objects;
    std::vector<Refusal> refusals;
    std::vector<Body> bodies;
    std::vector<FileBody> files;
    std::vector<Row> rows;
    std::vector<RowKey> removals;
    /// Each of these counters rises by one.
    std::vector<std::string> counters;
};

/// What a batch came to.
struct Committed {
    struct Kept {
        Digest digest;
        bool was_there = false;  ///< the same payload came before; the first envelope stays
        std::optional<std::uint64_t> log_index;
    };
    std::vector<Kept> objects;           ///< one for each object, in order
    std::vector<std::uint64_t> numbers;  ///< one for each counter: 1, 2, 3, ...
};

/// Personal data, apart from everything else so that it can be erased: roster rows, results, marks.
struct PersonalRow {
    std::string table;
    AttemptId attempt;
    Bytes key;
    Bytes value;

    friend bool operator==(const PersonalRow&, const PersonalRow&) = default;
};

/// P_a sealed to somebody: "scoring" or "escrow". In a database file of its own, which ordinary
/// backups leave out.
struct Wrap {
    AttemptId attempt;
    std::string recipient;
    Bytes sealed;

    friend bool operator==(const Wrap&, const Wrap&) = default;
};

/// A leaf of the log whose statement is not here: it was acknowledged once and is lost, until
/// somebody who still holds it brings it again.
struct LostObject {
    Digest digest;
    std::uint64_t log_index = 0;

    friend bool operator==(const LostObject&, const LostObject&) = default;
};

/// Conditions that hold together; absent ones don't matter.
struct Query {
    std::optional<std::string> kind;  ///< of objects and refusals
    Keys keys;
    std::optional<std::string> state;  ///< of rows
    std::uint64_t after = 0;           ///< only numbers above this, for objects and refusals
    Bytes after_key;                   ///< only keys above this, for rows
    std::size_t limit = kPageRowsMax;
};

/// How the store is doing, for health checks.
struct Health {
    WallTime last_commit;
    std::uint64_t free_bytes = 0;
    std::uint64_t waiting = 0;  ///< batches in the queue
    bool writable = true;
};

/// Asked between two reads of a scrub; false ends it.
using Pace = std::function<bool()>;

using Done = std::function<void(Result<Committed>)>;

/// The store. Reads see everything that was acknowledged. Every function may be called from any
/// thread. Errors beyond those that are named: kIo, kFull, kCorrupt.
class Store {
  public:
    virtual ~Store() = default;

    /// Takes a batch. `done` is called once, from another thread, after the batch is on the disk
    /// (and its objects in the log): a crash from then on loses nothing of it. It is called with
    /// kConflict, and nothing of the batch done, where a revision is not the one that is there;
    /// with kIo or kFull where writing failed: the batch may or may not be there after a restart.
    /// Not called, and kLimit or kUnavailable returned, where the batch is too large or the queue
    /// full.
    virtual Status put(Batch batch, Done done) = 0;
    /// The same, waiting. Not from within `done`.
    Result<Committed> put(Batch batch);

    /// kNotFound where there is none.
    virtual Result<StoredObject> object(const Digest& digest) = 0;
    /// In order of arrival, without payloads and envelopes.
    virtual Result<std::vector<StoredObject>> objects(const Query& query) = 0;
    virtual Result<std::vector<StoredRefusal>> refusals(const Query& query) = 0;

    virtual Result<std::uint64_t> body_size(const Digest& digest) = 0;
    /// At most kBodyBytesMax from `offset`, fewer at the end. Not checked against the digest.
    virtual Result<Bytes> body_range(const Digest& digest, std::uint64_t offset,
                                     std::size_t size) = 0;
    /// All of it, checked against its digest. kLimit above kBodyBytesMax.
    Result<Bytes> body(const Digest& digest);

    virtual Result<Row> row(const std::string& table, const Bytes& key) = 0;
    /// In order of keys.
    virtual Result<std::vector<Row>> rows(const std::string& table, const Query& query) = 0;
    /// The number that the counter gave last; 0 before the first.
    virtual Result<std::uint64_t> counter(const std::string& name) = 0;

    /// Durable when they return; an existing row is replaced.
    virtual Status put_personal(const std::vector<PersonalRow>& rows) = 0;
    virtual Result<std::vector<PersonalRow>> personal(const std::string& table,
                                                      const AttemptId& attempt) = 0;
    /// All tables of the attempt. Nothing of it is left in the file.
    virtual Status erase_personal(const AttemptId& attempt) = 0;

    virtual Status put_wraps(const std::vector<Wrap>& wraps) = 0;
    virtual Result<Wrap> wrap(const AttemptId& attempt, const std::string& recipient) = 0;
    virtual Status destroy_wraps(const AttemptId& attempt) = 0;

    /// At most kPageRowsMax of them from log index `from` on, in order of the log. Found when the
    /// store is opened; an old backup beside a newer log is what makes them.
    virtual Result<std::vector<LostObject>> lost(std::uint64_t from) = 0;

    /// Reads everything again and compares it with its digests; kCorrupt names the first finding.
    virtual Status scrub(const Pace& pace) = 0;
    Status scrub();
    virtual Health health() = 0;
};

/// The transparency log as far as a store needs it: leaves go in with the batch that holds them.
/// Used by one thread at a time, but for settle().
class LeafLog {
  public:
    virtual ~LeafLog() = default;
    /// Appends the payloads and makes them durable together; the index of the first.
    virtual Result<std::uint64_t> append(const std::vector<ByteView>& leaves) = 0;
    /// The same for leaves that the caller made durable: the log may show and sign them at once and
    /// write them with settle(). Those that it then misses after a crash come again, in the same
    /// order, before any other.
    virtual Result<std::uint64_t> append_ahead(const std::vector<ByteView>& leaves) {
        return append(leaves);
    }
    /// Makes durable what append_ahead() left; any thread, while another appends.
    virtual Status settle() { return Ok{}; }
    virtual std::uint64_t size() = 0;
    /// False while the log may not grow: batches with new leaves are refused, the rest goes on.
    virtual bool writable() { return true; }
    /// Told when the store is opened while the log may not grow: leaves that the store holds and
    /// the log misses, in their order, in pieces until the log may grow. They may lead to just the
    /// head that somebody else kept; they are then appended first.
    virtual void hold(const std::vector<ByteView>& leaves) { static_cast<void>(leaves); }
    virtual Result<Bytes> leaf(std::uint64_t index) = 0;
};

}  // namespace assay::store
