#include "server/store/recent.h"

#include <ranges>

namespace assay::store {

void Changes::add(Change change) {
    const std::size_t at = all_.size();
    all_.push_back(std::move(change));
    const Change& added = all_.back();
    if (const auto* const object = std::get_if<Index::ObjectPlace>(&added)) {
        objects_.emplace(object->object.digest, at);
    } else if (const auto* const body = std::get_if<BodyAt>(&added)) {
        bodies_.emplace(body->digest, at);
    } else if (const auto* const row = std::get_if<RowChange>(&added)) {
        rows_[row->row.table].insert_or_assign(row->row.key, row->row);
    } else if (const auto* const gone = std::get_if<RowRemoved>(&added)) {
        rows_[gone->table].insert_or_assign(gone->key, std::nullopt);
    } else if (const auto* const counter = std::get_if<CounterSet>(&added)) {
        counters_.insert_or_assign(counter->name, counter->value);
    }
}

void Changes::set_leaves(const std::vector<std::size_t>& places, std::uint64_t first) {
    for (const std::size_t place : places) {
        std::get<Index::ObjectPlace>(all_.at(place)).object.log_index = first++;
    }
}

const Index::ObjectPlace* Changes::object(const Digest& digest) const {
    const auto found = objects_.find(digest);
    return found == objects_.end() ? nullptr : &std::get<Index::ObjectPlace>(all_[found->second]);
}

const Index::BodyPlace* Changes::body(const Digest& digest) const {
    const auto found = bodies_.find(digest);
    return found == bodies_.end() ? nullptr : &std::get<BodyAt>(all_[found->second]).place;
}

const std::optional<Row>* Changes::row(const std::string& table, const Bytes& key) const {
    const auto rows = rows_.find(table);
    if (rows == rows_.end()) {
        return nullptr;
    }
    const auto found = rows->second.find(key);
    return found == rows->second.end() ? nullptr : &found->second;
}

const std::uint64_t* Changes::counter(const std::string& name) const {
    const auto found = counters_.find(name);
    return found == counters_.end() ? nullptr : &found->second;
}

void Recent::push(RecentGroup group) {
    auto shared = std::make_shared<const RecentGroup>(std::move(group));
    const std::lock_guard guard(lock_);
    changes_ += shared->changes.all().size();
    groups_.push_back(std::move(shared));
}

Recent::Groups Recent::waiting() {
    const std::lock_guard guard(lock_);
    return {groups_.begin(), groups_.end()};
}

void Recent::pop(std::size_t count) {
    const std::lock_guard guard(lock_);
    for (; count > 0; --count) {
        changes_ -= groups_.front()->changes.all().size();
        groups_.pop_front();
    }
}

std::size_t Recent::size() {
    const std::lock_guard guard(lock_);
    return changes_;
}

template <typename Look>
auto Recent::newest(Look look) {
    using Found = std::remove_cvref_t<decltype(*look(std::declval<const Changes&>()))>;
    const std::lock_guard guard(lock_);
    for (const auto& group : std::views::reverse(groups_)) {
        if (const auto* const found = look(group->changes)) {
            return std::optional<Found>(std::in_place, *found);
        }
    }
    return std::optional<Found>();
}

std::optional<Index::ObjectPlace> Recent::object(const Digest& digest) {
    return newest([&](const Changes& changes) { return changes.object(digest); });
}

std::optional<Index::BodyPlace> Recent::body(const Digest& digest) {
    return newest([&](const Changes& changes) { return changes.body(digest); });
}

std::optional<std::optional<Row>> Recent::row(const std::string& table, const Bytes& key) {
    return newest([&](const Changes& changes) { return changes.row(table, key); });
}

std::optional<std::uint64_t> Recent::counter(const std::string& name) {
    return newest([&](const Changes& changes) { return changes.counter(name); });
}

}  // namespace assay::store
