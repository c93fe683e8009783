#include "crypto/tlog/tree.h"

#include <gtest/gtest.h>

#include "crypto/tlog/edge.h"

namespace assay::tlog {
namespace {

Bytes payload(std::uint64_t i) { return assay::to_bytes("leaf " + std::to_string(i)); }

/// MTH by the definition: slow, and nothing shared with the code under test but the two hashes.
Digest definition(std::uint64_t begin, std::uint64_t end) {
    if (end - begin == 1) {
        return leaf_hash(payload(begin));
    }
    std::uint64_t k = 1;
    while (k * 2 < end - begin) {
        k *= 2;
    }
    return node_hash(definition(begin, begin + k), definition(begin + k, end));
}

Result<Digest> read_definition(unsigned level, std::uint64_t index) {
    return definition(index << level, (index + 1) << level);
}

TreeHead head(std::uint64_t size) { return {size, size == 0 ? empty_root() : definition(0, size)}; }

constexpr std::uint64_t kSizes = 40;

TEST(Tree, EveryLeafOfEverySizeIsProvedAndNoOther) {
    for (std::uint64_t size = 1; size <= kSizes; ++size) {
        ASSERT_EQ(tree_root(read_definition, size).value(), head(size).root);
        for (std::uint64_t index = 0; index < size; ++index) {
            const Proof proof = prove_inclusion(read_definition, index, size).value();
            const Digest leaf = leaf_hash(payload(index));
            EXPECT_TRUE(verify_inclusion(proof, index, leaf, head(size)).ok());
            EXPECT_FALSE(verify_inclusion(proof, index, leaf_hash(payload(99)), head(size)).ok());
            EXPECT_FALSE(verify_inclusion(proof, index + 1, leaf, head(size)).ok());
            Proof longer = proof;
            longer.push_back(leaf);
            EXPECT_FALSE(verify_inclusion(longer, index, leaf, head(size)).ok());
        }
    }
    EXPECT_EQ(prove_inclusion(read_definition, 3, 3).error().code, Code::kNotFound);
}

TEST(Tree, EverySizeExtendsEverySmallerOne) {
    for (std::uint64_t now = 1; now <= kSizes; ++now) {
        for (std::uint64_t before = 0; before <= now; ++before) {
            const Proof proof = prove_consistency(read_definition, before, now).value();
            EXPECT_TRUE(verify_consistency(proof, head(before), head(now)).ok())
                << before << " " << now;
            for (std::size_t i = 0; i < proof.size(); ++i) {
                Proof wrong = proof;
                wrong[i].bytes[7] ^= 1U;
                EXPECT_EQ(verify_consistency(wrong, head(before), head(now)).error().code,
                          Code::kCorrupt);
                Proof shorter(proof.begin(), proof.begin() + static_cast<std::ptrdiff_t>(i));
                EXPECT_FALSE(verify_consistency(shorter, head(before), head(now)).ok());
            }
        }
    }
    EXPECT_EQ(prove_consistency(read_definition, 5, 4).error().code, Code::kInvalid);
}

TEST(Tree, DecidesSizeZeroAndEqualSizesOnPurpose) {
    const Proof none;
    EXPECT_TRUE(verify_consistency(none, head(0), head(0)).ok());
    EXPECT_TRUE(verify_consistency(none, head(0), head(7)).ok());
    EXPECT_TRUE(verify_consistency(none, head(7), head(7)).ok());
    EXPECT_FALSE(verify_consistency(none, {0, head(1).root}, head(7)).ok());
    EXPECT_FALSE(verify_consistency(none, {7, head(6).root}, head(7)).ok());
    EXPECT_FALSE(verify_consistency({empty_root()}, head(0), head(7)).ok());
    EXPECT_FALSE(verify_consistency({empty_root()}, head(7), head(7)).ok());
    EXPECT_FALSE(verify_consistency(none, head(7), head(6)).ok());
    EXPECT_FALSE(verify_inclusion(none, 0, empty_root(), head(0)).ok());
}

TEST(Edge, KeepsTheRootOfALongTree) {
    std::vector<TileFile> filled;
    Edge edge;
    EXPECT_EQ(edge.root(), empty_root());
    for (std::uint64_t size = 1; size <= 600; ++size) {
        edge.push(leaf_hash(payload(size - 1)), payload(size - 1), filled);
        if (size % 97 == 0 || size % 256 == 0 || size == 257) {
            EXPECT_EQ(edge.root(), definition(0, size)) << size;
        }
    }
    ASSERT_EQ(filled.size(), 4U);  // two bundles, two tiles
    EXPECT_EQ(filled[0].what.path(), "tile/entries/000");
    EXPECT_EQ(filled[3].what.path(), "tile/0/001");
    EXPECT_EQ(filled[3].bytes.size(), 8192U);
    const auto partials = edge.partials_since(0);
    ASSERT_EQ(partials.size(), 3U);
    EXPECT_EQ(partials[0].what.path(), "tile/entries/002.p/88");
    EXPECT_EQ(partials[1].what.path(), "tile/0/002.p/88");
    EXPECT_EQ(partials[2].what.path(), "tile/1/000.p/2");
}

TEST(Tile, PathsAreThoseOfTheStandard) {
    EXPECT_EQ((Resource{0, 1234067, 256}.path()), "tile/0/x001/x234/067");
    EXPECT_EQ((Resource{2, 0, 1}.path()), "tile/2/000.p/1");
    for (const Resource& r : {Resource{std::nullopt, 999, 256}, Resource{7, 1000, 255},
                              Resource{1, 1'000'000'000, 3}}) {
        EXPECT_EQ(Resource::from_path(r.path()).value(), r);
    }
    for (const char* path : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "tile/00/000",
                             "tile/8/000",
                             "tile/0/0",
                             "tile/0/0000",
                             "tile/0/x000/000",
                             "tile/0/000/",
                             "tile/0/000.p",
                             "tile/0/000.p/",
                             "tile/0/000.p/0",
                             "tile/0/000.p/01",
                             "tile/0/000.p/256",
                             "tile/0/../0/000",
                             "/tile/0/000",
                             "tile//000",
                             "tile/0/x00a/000",
                             "tile/entries/x001",
                             "tile/data/000",
                             "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/000",
                             "tile/0/000.p/1/"}) {
        EXPECT_FALSE(Resource::from_path(path).ok()) << path;
    }
}

TEST(Bundle, IsReadWholeOrNotAtAll) {
    const std::vector<Bytes> entries{{}, {1, 2, 3}, Bytes(kLeafBytesMax, 7)};
    const Bytes bytes = write_bundle(entries);
    EXPECT_EQ(parse_bundle(bytes).value(), entries);
    EXPECT_FALSE(parse_bundle(ByteView(bytes).first(bytes.size() - 1)).ok());
    EXPECT_FALSE(parse_bundle(ByteView(bytes).first(3)).ok());
    EXPECT_TRUE(parse_bundle({}).value().empty());
    EXPECT_FALSE(parse_bundle(Bytes(2 * 257, 0)).ok());
}

}  // namespace
}  // namespace assay::tlog
