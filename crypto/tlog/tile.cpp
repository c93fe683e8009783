#include "crypto/tlog/tile.h"

#include "crypto/base/check.h"
#include "crypto/tlog/decimal.h"
#include "crypto/tlog/tree.h"

namespace assay::tlog {
namespace {

constexpr std::string_view kEntries = "entries";
constexpr std::uint64_t kIndexMax = kTreeSizeMax >> kTileHeight;
/// Three digits an element: enough for kIndexMax, and an end to hostile paths.
constexpr std::size_t kIndexElementsMax = 6;

Error bad_path(std::string_view path) {
    return fail(Code::kInvalid, "tlog.tile.path"_id, {{"path", std::string(path.substr(0, 100))}});
}

Error bad_bundle(const char* what) {
    return fail(Code::kInvalid, "tlog.bundle.malformed"_id, {{"what", what}});
}

std::string three_digits(std::uint64_t value) {
    const std::string digits = std::to_string(value);
    return std::string(3 - digits.size(), '0') + digits;
}

std::string index_path(std::uint64_t index) {
    std::string out = three_digits(index % 1000);
    for (index /= 1000; index > 0; index /= 1000) {
        out = "x" + three_digits(index % 1000) + "/" + out;
    }
    return out;
}

/// Takes the text up to the next '/' off the front of `rest`.
std::string_view take_element(std::string_view& rest) {
    const std::size_t end = rest.find('/');
    const std::string_view element = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return element;
}

/// Reads "x001/x234/067" off the front; what is left in `rest` is the last element.
std::optional<std::uint64_t> take_index(std::string_view& rest) {
    std::uint64_t index = 0;
    for (std::size_t i = 0; i < kIndexElementsMax; ++i) {
        const bool more = !rest.empty() && rest[0] == 'x';
        if (more) {
            rest.remove_prefix(1);
        }
        if (rest.size() < 3) {
            return std::nullopt;
        }
        for (const char c : rest.substr(0, 3)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            index = index * 10 + static_cast<std::uint64_t>(c - '0');
        }
        rest.remove_prefix(3);
        if (!more) {
            return index;
        }
        if (rest.empty() || rest[0] != '/') {
            return std::nullopt;
        }
        rest.remove_prefix(1);
    }
    return std::nullopt;
}

}  // namespace

Result<HashTile> HashTile::from_bytes(ByteView bytes, unsigned width) {
    if (width == 0 || width > kTileWidth || bytes.size() != width * Digest::kBytes) {
        return fail(Code::kCorrupt, "tlog.tile.size"_id,
                    {{"size", std::to_string(bytes.size())}, {"width", std::to_string(width)}});
    }
    HashTile tile;
    for (unsigned i = 0; i < width; ++i) {
        Digest hash;
        const ByteView from = bytes.subspan(i * Digest::kBytes, Digest::kBytes);
        std::copy(from.begin(), from.end(), hash.bytes.begin());
        tile.push(hash);
    }
    return tile;
}

void HashTile::push(const Digest& hash) {
    ASSAY_CHECK(!full());
    rows_[0].push_back(hash);
    for (unsigned row = 0; row < kTileHeight && rows_[row].size() % 2 == 0; ++row) {
        const std::vector<Digest>& below = rows_[row];
        rows_[row + 1].push_back(node_hash(below[below.size() - 2], below.back()));
    }
}

Result<Digest> HashTile::at(unsigned row, std::uint64_t index) const {
    if (row > kTileHeight || index >= rows_[row].size()) {
        return fail(Code::kCorrupt, "tlog.tile.size"_id,
                    {{"size", std::to_string(width() * Digest::kBytes)},
                     {"width", std::to_string((index + 1) << row)}});
    }
    return rows_[row][index];
}

const Digest& HashTile::root() const {
    ASSAY_CHECK(full());
    return rows_[kTileHeight][0];
}

Bytes HashTile::to_bytes() const {
    Bytes out;
    out.reserve(rows_[0].size() * Digest::kBytes);
    for (const Digest& hash : rows_[0]) {
        append(out, hash.view());
    }
    return out;
}

std::string Resource::path() const {
    ASSAY_CHECK(index <= kIndexMax && width >= 1 && width <= kTileWidth);
    std::string out = "tile/" + (level ? std::to_string(*level) : std::string(kEntries)) + "/";
    out += index_path(index);
    if (width != kTileWidth) {
        out += ".p/" + std::to_string(width);
    }
    return out;
}

Result<Resource> Resource::from_path(std::string_view path) {
    std::string_view rest = path;
    Resource out;
    if (take_element(rest) != "tile") {
        return bad_path(path);
    }
    if (const std::string_view level = take_element(rest); level != kEntries) {
        const auto number = parse_decimal(level);
        if (!number || *number > kTileLevelMax) {
            return bad_path(path);
        }
        out.level = static_cast<unsigned>(*number);
    }
    const auto index = take_index(rest);
    if (!index || *index > kIndexMax) {
        return bad_path(path);
    }
    out.index = *index;
    if (rest.starts_with(".p/")) {
        const auto width = parse_decimal(rest.substr(3));
        if (!width || *width == 0 || *width >= kTileWidth) {
            return bad_path(path);
        }
        out.width = static_cast<unsigned>(*width);
        rest = {};
    }
    if (!rest.empty() || out.path() != path) {
        return bad_path(path);
    }
    return out;
}

unsigned partial_width(std::uint64_t size, unsigned level) {
    return static_cast<unsigned>((size >> (kTileHeight * level)) % kTileWidth);
}

void append_entry(Bytes& bundle, ByteView entry) {
    ASSAY_CHECK(entry.size() <= kLeafBytesMax);
    bundle.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
    bundle.push_back(static_cast<std::uint8_t>(entry.size() & 0xffU));
    append(bundle, entry);
}

Bytes write_bundle(const std::vector<Bytes>& entries) {
    Bytes out;
    for (const Bytes& entry : entries) {
        append_entry(out, entry);
    }
    return out;
}

Result<std::vector<Bytes>> parse_bundle(ByteView bytes) {
    std::vector<Bytes> out;
    while (!bytes.empty()) {
        if (out.size() == kTileWidth) {
            return bad_bundle("more than 256 entries");
        }
        if (bytes.size() < 2) {
            return bad_bundle("cut inside a length");
        }
        const std::size_t size = (std::size_t{bytes[0]} << 8U) | bytes[1];
        bytes = bytes.subspan(2);
        if (size > bytes.size()) {
            return bad_bundle("cut inside an entry");
        }
        out.push_back(to_bytes(bytes.first(size)));
        bytes = bytes.subspan(size);
    }
    return out;
}

}  // namespace assay::tlog
