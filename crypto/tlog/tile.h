#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

// What a log stores and serves as files: C2SP tlog-tiles, sections "Merkle Tree" (tiles) and "Log
// entries" (bundles).
//
// Widths count hashes or entries, 1 to 256; sizes count leaves; lengths are bytes. Values and pure
// functions, for any thread. Errors: tlog.tile.path and tlog.bundle.malformed (kInvalid: no writer
// makes this), tlog.tile.size (kCorrupt: the file is shorter or longer than its name says).
namespace assay::tlog {

/// Rows of the tree that one tile spans, and hashes in a full one.
inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 256;
/// A bundle entry's length is 16 bits.
inline constexpr std::size_t kLeafBytesMax = 65'535;
/// Levels that a tree of kTreeSizeMax leaves needs.
inline constexpr unsigned kTileLevelMax = 7;
/// A full bundle of the largest entries.
inline constexpr std::size_t kBundleBytesMax = kTileWidth * (2 + kLeafBytesMax);

/// One tile with the rows between its hashes and its root: subtrees are looked up, never
/// recomputed.
class HashTile {
  public:
    HashTile() = default;
    /// `width` * 32 bytes, 1 to 256 hashes; kCorrupt for another length.
    static Result<HashTile> from_bytes(ByteView bytes, unsigned width);

    /// Adds a hash on the right; the tile must not be full.
    void push(const Digest& hash);
    unsigned width() const { return static_cast<unsigned>(rows_[0].size()); }
    bool full() const { return width() == kTileWidth; }
    /// The root of the full subtree of 2^row hashes that starts at hash index * 2^row; kCorrupt
    /// where the tile is not that wide.
    Result<Digest> at(unsigned row, std::uint64_t index) const;
    /// The root of a full tile: a hash of the level above.
    const Digest& root() const;
    /// The first `width` hashes as a file holds them.
    Bytes to_bytes() const;

  private:
    std::array<std::vector<Digest>, kTileHeight + 1> rows_;
};

/// What one file of a log is. `level` is nothing for a bundle of entries.
struct Resource {
    std::optional<unsigned> level;
    std::uint64_t index = 0;
    /// 256, or less for a partial one.
    unsigned width = kTileWidth;

    /// "tile/0/x001/x234/067.p/8" or "tile/entries/000".
    std::string path() const;
    /// Exactly what path() writes, so that a request can be answered from a folder; kInvalid for
    /// anything else, whatever tricks it plays.
    static Result<Resource> from_path(std::string_view path);

    friend bool operator==(const Resource&, const Resource&) = default;
};

/// How many hashes the last tile of `level` holds in a tree of `size`: 0 where it is empty or full.
unsigned partial_width(std::uint64_t size, unsigned level);

/// At most 256 entries, each after its length as two bytes, big end first. An entry is at most
/// kLeafBytesMax.
Bytes write_bundle(const std::vector<Bytes>& entries);
void append_entry(Bytes& bundle, ByteView entry);
/// At most 256 entries; every byte belongs to one. kInvalid otherwise.
Result<std::vector<Bytes>> parse_bundle(ByteView bytes);

}  // namespace assay::tlog
