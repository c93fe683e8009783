#include "crypto/tlog/edge.h"

#include "crypto/base/check.h"

namespace assay::tlog {

TilePlace tile_place(unsigned level, std::uint64_t index) {
    const unsigned row = level % kTileHeight;
    const std::uint64_t width = kTileWidth >> row;
    return {level / kTileHeight, index / width, row, index % width};
}

Result<Edge> Edge::load(std::uint64_t size, const ResourceReader& read) {
    Edge edge;
    edge.size_ = size;
    for (unsigned level = 0; size >> (kTileHeight * level) != 0; ++level) {
        const unsigned width = partial_width(size, level);
        edge.tiles_.emplace_back();
        if (width != 0) {
            const std::uint64_t index = size >> (kTileHeight * (level + 1));
            ASSAY_TRY(const Bytes bytes, read(Resource{level, index, width}));
            ASSAY_TRY(edge.tiles_.back(), HashTile::from_bytes(bytes, width));
        }
    }
    if (const unsigned width = partial_width(size, 0); width != 0) {
        ASSAY_TRY(edge.bundle_, read(Resource{std::nullopt, size >> kTileHeight, width}));
        ASSAY_TRY_STATUS(edge.check_bundle());
    }
    return edge;
}

Status Edge::check_bundle() const {
    const auto entries = parse_bundle(bundle_);
    bool same = entries.ok() && entries->size() == tiles_[0].width();
    for (unsigned i = 0; same && i < entries->size(); ++i) {
        ASSAY_TRY(const Digest hash, tiles_[0].at(0, i));
        same = leaf_hash((*entries)[i]) == hash;
    }
    if (!same) {
        const Resource what{std::nullopt, size_ >> kTileHeight, tiles_[0].width()};
        return fail(Code::kCorrupt, "tlog.log.file"_id, {{"path", what.path()}});
    }
    return Ok{};
}

void Edge::push(const Digest& leaf, ByteView payload, std::vector<TileFile>& filled) {
    ASSAY_CHECK(size_ < kTreeSizeMax);
    ++size_;
    append_entry(bundle_, payload);
    if (size_ % kTileWidth == 0) {
        filled.push_back({{std::nullopt, size_ / kTileWidth - 1, kTileWidth}, std::move(bundle_)});
        bundle_ = {};
        bundle_.reserve(filled.back().bytes.size());  // entries of one log are of like sizes
    }
    Digest hash = leaf;
    for (unsigned level = 0;; ++level) {
        if (level == tiles_.size()) {
            tiles_.emplace_back();
        }
        tiles_[level].push(hash);
        if (!tiles_[level].full()) {
            return;
        }
        hash = tiles_[level].root();
        const std::uint64_t index = (size_ >> (kTileHeight * (level + 1))) - 1;
        filled.push_back({{level, index, kTileWidth}, tiles_[level].to_bytes()});
        tiles_[level] = HashTile();
    }
}

Digest Edge::root() const {
    const auto root = tree_root(
        [this](unsigned level, std::uint64_t index) { return subtree(level, index); }, size_);
    ASSAY_CHECK(root.ok());  // the root of a tree needs its right edge only
    return *root;
}

bool Edge::holds(unsigned level, std::uint64_t index) const {
    const TilePlace place = tile_place(level, index);
    return place.level < tiles_.size() && place.tile == size_ >> (kTileHeight * (place.level + 1));
}

Result<Digest> Edge::subtree(unsigned level, std::uint64_t index) const {
    if (!holds(level, index)) {
        return fail(Code::kCorrupt, "tlog.log.no-subtree"_id,
                    {{"level", std::to_string(level)}, {"index", std::to_string(index)}});
    }
    const TilePlace place = tile_place(level, index);
    return tiles_[place.level].at(place.row, place.index);
}

std::vector<TileFile> Edge::partials_since(std::uint64_t before) const {
    std::vector<TileFile> out;
    if (size_ != before && size_ % kTileWidth != 0) {
        out.push_back({{std::nullopt, size_ / kTileWidth, partial_width(size_, 0)}, bundle_});
    }
    for (unsigned level = 0; level < tiles_.size(); ++level) {
        const unsigned shift = kTileHeight * level;
        if (tiles_[level].width() != 0 && size_ >> shift != before >> shift) {
            out.push_back({{level, size_ >> (shift + kTileHeight), tiles_[level].width()},
                           tiles_[level].to_bytes()});
        }
    }
    return out;
}

}  // namespace assay::tlog
