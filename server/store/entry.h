#pragma once

#include <variant>

#include "server/store/store.h"

/// The bytes of a change inside a frame of a volume. Layout in the README.
namespace assay::store {

/// A row with the revision that it has from now on.
struct RowChange {
    Row row;
};
struct RowRemoved {
    std::string table;
    Bytes key;
};
struct CounterSet {
    std::string name;
    std::uint64_t value = 0;
};
struct ObjectAdded {
    Object object;
    Digest digest;
    WallTime seen;
};
struct RefusalAdded {
    Refusal refusal;
    WallTime seen;
};

using Entry =
    std::variant<ObjectAdded, RefusalAdded, Body, FileBody, RowChange, RowRemoved, CounterSet>;

/// Where the large part of an entry lies, counted from the start of the frame's content: the
/// payload with the envelope right behind it, or a body's bytes.
struct EntryPlace {
    std::size_t large_at = 0;
};

/// Adds the entry to `content`.
EntryPlace append_entry(Bytes& content, const Entry& entry);
/// The same for one of the kinds of Entry, without a copy of what it holds.
template <typename Kind>
EntryPlace append_entry(Bytes& content, const Kind& entry);

/// Calls `visit` for each entry of a frame's content. kCorrupt where the bytes are not exactly what
/// append_entry writes.
using VisitEntry = std::function<Status(const Entry& entry, EntryPlace place)>;
Status visit_entries(ByteView content, const VisitEntry& visit);

}  // namespace assay::store
