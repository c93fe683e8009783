#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"
#include "crypto/tlog/tile.h"
#include "crypto/tlog/tree.h"

// What appending needs of a tree, without the tree: C2SP tlog-tiles names the files, RFC 6962
// section 2.1 the hashes.
//
// Levels count tiles from the leaves (0), subtree levels count halvings. One thread at a time; a
// copy is independent. Memory: one tile a level and one bundle, at most 17 MiB with the largest
// leaves and some hundred KiB with ours. Errors: tlog.log.file and tlog.log.no-subtree (kCorrupt),
// and those of the reader.
namespace assay::tlog {

/// A file of a log and what it holds.
struct TileFile {
    Resource what;
    Bytes bytes;
};

using ResourceReader = std::function<Result<Bytes>(const Resource&)>;

/// The right edge of a tree: the last, not full tile of each level and the last, not full bundle.
/// All that appending needs; a value.
class Edge {
  public:
    /// The edge of a tree of `size` leaves from its partial tiles. kCorrupt where a bundle is not
    /// what its hashes say.
    static Result<Edge> load(std::uint64_t size, const ResourceReader& read);

    /// Adds a leaf. Tiles and bundles that it fills go to `filled`.
    void push(const Digest& leaf, ByteView payload, std::vector<TileFile>& filled);

    std::uint64_t size() const { return size_; }
    Digest root() const;
    /// Whether subtree (level, index) lies in a partial tile of this edge.
    bool holds(unsigned level, std::uint64_t index) const;
    /// kCorrupt where the tree does not have it.
    Result<Digest> subtree(unsigned level, std::uint64_t index) const;
    /// The partial tiles and bundle that a tree of `before` leaves did not have.
    std::vector<TileFile> partials_since(std::uint64_t before) const;

  private:
    Status check_bundle() const;

    std::uint64_t size_ = 0;
    std::vector<HashTile> tiles_;  ///< by level; an empty one where the last tile is full
    Bytes bundle_;
};

/// Where a subtree's hash is found: a row of a tile.
struct TilePlace {
    unsigned level;       ///< of the tile
    std::uint64_t tile;   ///< its index
    unsigned row;         ///< in the tile
    std::uint64_t index;  ///< in that row
};
TilePlace tile_place(unsigned level, std::uint64_t index);

}  // namespace assay::tlog
