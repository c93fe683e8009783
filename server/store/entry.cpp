#include "server/store/entry.h"

namespace assay::store {
namespace {

/// Fields in order, big end first; texts and blobs after their length in four bytes.
class Writer {
  public:
    explicit Writer(Bytes& out) : out_(out) {}
    void number(std::uint64_t value) { append_be64(out_, value); }
    void flag(bool value) { out_.push_back(value ? 1 : 0); }
    void blob(ByteView bytes) {
        append_be32(out_, static_cast<std::uint32_t>(bytes.size()));
        append(out_, bytes);
    }
    /// One blob of two pieces.
    EntryPlace blob(ByteView first, ByteView second) {
        append_be32(out_, static_cast<std::uint32_t>(first.size() + second.size()));
        const EntryPlace place{out_.size()};
        append(out_, first);
        append(out_, second);
        return place;
    }
    void text(std::string_view value) { blob(as_bytes(value)); }
    void digest(const Digest& value) { append(out_, value.view()); }
    template <typename Id>
    void optional_id(const std::optional<Id>& id) {
        blob(id ? id->view() : ByteView());
    }
    void keys(const Keys& keys) {
        optional_id(keys.site);
        optional_id(keys.sitting);
        optional_id(keys.room);
        optional_id(keys.attempt);
    }
    std::size_t at() const { return out_.size(); }

  private:
    Bytes& out_;
};

Error malformed() { return fail(Code::kCorrupt, "store.entry.malformed"_id); }

/// Reads what Writer wrote. After something that does not fit, bad() is true and values are empty.
class Reader {
  public:
    explicit Reader(ByteView bytes) : all_(bytes), rest_(bytes) {}

    std::uint64_t number() { return need(8) ? read_be64(take(8)) : 0; }
    bool flag() {
        const std::uint8_t value = need(1) ? take(1)[0] : 0;
        bad_ = bad_ || value > 1;
        return value == 1;
    }
    ByteView blob() {
        const std::size_t size = need(4) ? read_be32(take(4)) : 0;
        return need(size) ? take(size) : ByteView();
    }
    std::string text() { return to_string(blob()); }
    Digest digest() { return need(32) ? Digest::from_bytes(take(32)).value() : Digest{}; }
    template <typename Id>
    void optional_id(std::optional<Id>& out) {
        const ByteView bytes = blob();
        if (bytes.empty()) {
            return;
        }
        const auto id = Id::from_bytes(bytes);
        bad_ = bad_ || !id.ok();
        out = id.ok() ? std::optional(*id) : std::nullopt;
    }
    Keys keys() {
        Keys out;
        optional_id(out.site);
        optional_id(out.sitting);
        optional_id(out.room);
        optional_id(out.attempt);
        return out;
    }
    WallTime time() { return {static_cast<std::int64_t>(number())}; }
    std::size_t at() const { return all_.size() - rest_.size(); }
    void refuse() { bad_ = true; }
    bool bad() const { return bad_; }

  private:
    bool need(std::size_t size) {
        bad_ = bad_ || rest_.size() < size;
        return !bad_;
    }
    ByteView take(std::size_t size) {
        const ByteView out = rest_.first(size);
        rest_ = rest_.subspan(size);
        return out;
    }
    ByteView all_;
    ByteView rest_;
    bool bad_ = false;
};

// The variant's index is the entry's first byte: new kinds go to the end.

EntryPlace write_fields(Writer& out, const ObjectAdded& e) {
    out.digest(e.digest);
    out.text(e.object.kind);
    out.keys(e.object.keys);
    out.flag(e.object.log);
    out.number(static_cast<std::uint64_t>(e.seen.seconds));
    out.number(e.object.payload.size());
    return out.blob(e.object.payload, e.object.envelope);
}

EntryPlace write_fields(Writer& out, const RefusalAdded& e) {
    out.text(e.refusal.kind);
    out.text(e.refusal.reason);
    out.keys(e.refusal.keys);
    out.number(static_cast<std::uint64_t>(e.seen.seconds));
    out.number(e.refusal.payload.size());
    return out.blob(e.refusal.payload, e.refusal.envelope);
}

EntryPlace write_fields(Writer& out, const Body& e) {
    out.digest(e.digest);
    out.blob(e.bytes);
    return {out.at() - e.bytes.size()};
}

EntryPlace write_fields(Writer& out, const FileBody& e) {
    out.digest(e.digest);
    out.number(e.size);
    return {};
}

EntryPlace write_fields(Writer& out, const RowChange& e) {
    out.text(e.row.table);
    out.blob(e.row.key);
    out.keys(e.row.keys);
    out.text(e.row.state);
    out.blob(e.row.value);
    out.number(e.row.revision);
    return {};
}

EntryPlace write_fields(Writer& out, const RowRemoved& e) {
    out.text(e.table);
    out.blob(e.key);
    return {};
}

EntryPlace write_fields(Writer& out, const CounterSet& e) {
    out.text(e.name);
    out.number(e.value);
    return {};
}

/// Splits "payload envelope" at a length that stands before them.
EntryPlace read_two(Reader& in, Bytes& payload, Bytes& envelope) {
    const std::uint64_t size = in.number();
    const ByteView both = in.blob();
    if (size > both.size()) {
        in.refuse();
        return {};
    }
    const auto split = static_cast<std::size_t>(size);
    payload = to_bytes(both.first(split));
    envelope = to_bytes(both.subspan(split));
    return {in.at() - both.size()};
}

EntryPlace read_fields(Reader& in, ObjectAdded& e) {
    e.digest = in.digest();
    e.object.kind = in.text();
    e.object.keys = in.keys();
    e.object.log = in.flag();
    e.seen = in.time();
    return read_two(in, e.object.payload, e.object.envelope);
}

EntryPlace read_fields(Reader& in, RefusalAdded& e) {
    e.refusal.kind = in.text();
    e.refusal.reason = in.text();
    e.refusal.keys = in.keys();
    e.seen = in.time();
    return read_two(in, e.refusal.payload, e.refusal.envelope);
}

EntryPlace read_fields(Reader& in, Body& e) {
    e.digest = in.digest();
    e.bytes = to_bytes(in.blob());
    return {in.at() - e.bytes.size()};
}

EntryPlace read_fields(Reader& in, FileBody& e) {
    e.digest = in.digest();
    e.size = in.number();
    return {};
}

EntryPlace read_fields(Reader& in, RowChange& e) {
    e.row.table = in.text();
    e.row.key = to_bytes(in.blob());
    e.row.keys = in.keys();
    e.row.state = in.text();
    e.row.value = to_bytes(in.blob());
    e.row.revision = in.number();
    return {};
}

EntryPlace read_fields(Reader& in, RowRemoved& e) {
    e.table = in.text();
    e.key = to_bytes(in.blob());
    return {};
}

EntryPlace read_fields(Reader& in, CounterSet& e) {
    e.name = in.text();
    e.value = in.number();
    return {};
}

/// Which alternative of Entry a kind is.
template <typename Kind, std::size_t I = 0>
constexpr std::uint8_t kind_index() {
    if constexpr (std::is_same_v<Kind, std::variant_alternative_t<I, Entry>>) {
        return I;
    } else {
        return kind_index<Kind, I + 1>();
    }
}

template <std::size_t I = 0>
std::optional<Entry> make_entry(std::size_t kind) {
    if constexpr (I < std::variant_size_v<Entry>) {
        return kind == I ? std::optional<Entry>(std::in_place, std::in_place_index<I>)
                         : make_entry<I + 1>(kind);
    }
    return std::nullopt;
}

}  // namespace

template <typename Kind>
EntryPlace append_entry(Bytes& content, const Kind& entry) {
    content.push_back(kind_index<Kind>());
    Writer out(content);
    return write_fields(out, entry);
}

template EntryPlace append_entry(Bytes& content, const ObjectAdded& entry);
template EntryPlace append_entry(Bytes& content, const RefusalAdded& entry);
template EntryPlace append_entry(Bytes& content, const Body& entry);
template EntryPlace append_entry(Bytes& content, const FileBody& entry);
template EntryPlace append_entry(Bytes& content, const RowChange& entry);
template EntryPlace append_entry(Bytes& content, const RowRemoved& entry);
template EntryPlace append_entry(Bytes& content, const CounterSet& entry);

EntryPlace append_entry(Bytes& content, const Entry& entry) {
    return std::visit([&](const auto& e) { return append_entry(content, e); }, entry);
}

Status visit_entries(ByteView content, const VisitEntry& visit) {
    std::size_t start = 0;
    while (start < content.size()) {
        auto entry = make_entry(content[start]);
        if (!entry) {
            return malformed();
        }
        Reader in(content.subspan(start + 1));
        EntryPlace place = std::visit([&](auto& e) { return read_fields(in, e); }, *entry);
        if (in.bad()) {
            return malformed();
        }
        place.large_at += start + 1;
        ASSAY_TRY_STATUS(visit(*entry, place));
        start += 1 + in.at();
    }
    return Ok{};
}

}  // namespace assay::store
