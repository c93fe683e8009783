#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>

#include "server/store/index.h"

namespace assay::store {

/// What one group of batches changes, in order, and the newest of it by key.
class Changes {
  public:
    void add(Change change);
    /// Gives the objects at these places of all() their leaves, one after the other.
    void set_leaves(const std::vector<std::size_t>& places, std::uint64_t first);

    const Index::ObjectPlace* object(const Digest& digest) const;
    const Index::BodyPlace* body(const Digest& digest) const;
    /// Null: not touched. Nothing in it: removed.
    const std::optional<Row>* row(const std::string& table, const Bytes& key) const;
    const std::uint64_t* counter(const std::string& name) const;

    const std::vector<Change>& all() const { return all_; }

  private:
    std::vector<Change> all_;
    std::map<Digest, std::size_t> objects_;
    std::map<Digest, std::size_t> bodies_;
    std::map<std::string, std::map<Bytes, std::optional<Row>>, std::less<>> rows_;
    std::map<std::string, std::uint64_t> counters_;
};

/// A group that was acknowledged, and how far volumes and log were with it.
struct RecentGroup {
    Changes changes;
    Place end;
    std::uint64_t log_size = 0;
};

/// What was acknowledged and SQL does not hold yet. Look here first, then in SQL: a group leaves
/// this list after it is there. Thread-safe.
class Recent {
  public:
    using Groups = std::vector<std::shared_ptr<const RecentGroup>>;

    void push(RecentGroup group);
    /// All, oldest first.
    Groups waiting();
    /// The oldest `count` are in SQL.
    void pop(std::size_t count);
    /// Changes that wait.
    std::size_t size();

    std::optional<Index::ObjectPlace> object(const Digest& digest);
    std::optional<Index::BodyPlace> body(const Digest& digest);
    /// As Changes::row().
    std::optional<std::optional<Row>> row(const std::string& table, const Bytes& key);
    std::optional<std::uint64_t> counter(const std::string& name);

  private:
    /// The newest that `look` finds, copied.
    template <typename Look>
    auto newest(Look look);

    std::mutex lock_;
    std::deque<std::shared_ptr<const RecentGroup>> groups_;
    std::size_t changes_ = 0;
};

}  // namespace assay::store
