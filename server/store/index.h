#pragma once

#include "crypto/vault/vault.h"
#include "server/store/entry.h"
#include "server/store/volumes.h"

namespace assay::store {

/// The metadata of the embedded store in SQL: what the volumes hold, found by key. It can always be
/// made again from the volumes, so it is synced lazily. One thread at a time.
class Index {
  public:
    static Result<Index> open(const Path& file, const crypto::StoreKey& key);

    Result<vault::Transaction> begin() { return vault_.begin(); }
    Status checkpoint() { return vault_.checkpoint(); }
    Status check() { return vault_.check(); }

    /// How far the volumes and the log were followed.
    Result<Place> followed();
    Status set_followed(Place end);
    Result<std::uint64_t> log_size();
    Status set_log_size(std::uint64_t size);
    /// Objects that wait for their leaf, oldest first.
    Result<std::vector<Digest>> unlogged();
    Status set_log_index(const Digest& digest, std::uint64_t index);
    /// Remembers a leaf where its object is not here.
    Status keep_leaf(const Digest& digest, std::uint64_t index);
    /// Where such a leaf stands in the log.
    Result<std::optional<std::uint64_t>> leaf(const Digest& digest);
    Result<std::vector<LostObject>> lost(std::uint64_t from);

    struct ObjectPlace {
        StoredObject object;  ///< without payload and envelope
        Place place;
        std::size_t payload_size = 0;
        std::size_t envelope_size = 0;
    };
    /// kNotFound where there is none.
    Result<ObjectPlace> object(const Digest& digest);
    Result<std::vector<ObjectPlace>> objects(const Query& query);

    struct RefusalPlace {
        StoredRefusal refusal;
        Place place;
        std::size_t payload_size = 0;
        std::size_t envelope_size = 0;
    };
    Result<std::vector<RefusalPlace>> refusals(const Query& query);

    struct BodyPlace {
        std::optional<Place> place;  ///< nothing for a file
        std::uint64_t size = 0;
    };
    /// Applying the same change again changes nothing. An object whose leaf is remembered gets it.
    Status apply(const ObjectPlace& object);
    Status apply(const RefusalPlace& refusal);
    Status apply(const Digest& digest, const BodyPlace& body);
    Status apply(const RowChange& change);
    Status apply(const RowRemoved& removed);
    Status apply(const CounterSet& counter);

    Result<BodyPlace> body(const Digest& digest);
    /// Digests of bodies above `after`, for scrubbing.
    Result<std::vector<Digest>> bodies_after(const Digest& after, std::size_t limit);

    Result<Row> row(const std::string& table, const Bytes& key);
    Result<std::vector<Row>> rows(const std::string& table, const Query& query);
    Result<std::uint64_t> counter(const std::string& name);

  private:
    explicit Index(vault::Vault vault) : vault_(std::move(vault)) {}
    Result<std::uint64_t> mark(const char* name);
    Status set_mark(const char* name, std::uint64_t value);

    vault::Vault vault_;
};

struct BodyAt {
    Digest digest;
    Index::BodyPlace place;
};

/// An entry of a volume without its large part.
using Change = std::variant<Index::ObjectPlace, Index::RefusalPlace, BodyAt, RowChange, RowRemoved,
                            CounterSet>;

/// Of an entry whose large part lies at `large`.
Change change_of(const ObjectAdded& entry, Place large);
Change change_of(const RefusalAdded& entry, Place large);
Change change_of(const Body& entry, Place large);
Change change_of(const FileBody& entry, Place large);
Change change_of(const RowChange& entry, Place large);
Change change_of(const RowRemoved& entry, Place large);
Change change_of(const CounterSet& entry, Place large);
Change change_of(const Entry& entry, Place large);

Status apply_change(Index& index, const Change& change);

}  // namespace assay::store
