#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

// The Merkle tree of RFC 6962 section 2.1 over SHA-256: hashes, proofs made, proofs verified.
//
// Sizes and indices count leaves; an index is from 0. A hash is 32 bytes. Pure functions, for any
// thread; those that take a SubtreeReader call it on the caller's thread and add its errors to
// theirs. Work: a proof asks for at most two hashes a level, a verification hashes once for each
// hash of the proof. Errors: tlog.tree.size (kLimit: more than kTreeSizeMax), tlog.tree.no-leaf
// (kNotFound), tlog.tree.smaller and tlog.proof.malformed (kInvalid), tlog.proof.mismatch
// (kCorrupt: these roots do not belong together, and one who signed both forged one).
namespace assay::tlog {

/// Leaves in one tree; the algorithms shift sizes, so the top bit stays free.
inline constexpr std::uint64_t kTreeSizeMax = std::uint64_t{1} << 62U;
/// Hashes in one proof: a path has at most one a level, a consistency proof one more.
inline constexpr std::size_t kProofHashesMax = 63;

/// A path or a consistency proof, from the leaves towards the root.
using Proof = std::vector<Digest>;

/// SHA-256(0x00 || payload).
Digest leaf_hash(ByteView payload);
/// SHA-256(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right);
/// SHA-256 of nothing: the root of a tree without leaves.
Digest empty_root();

/// The root of the full subtree of 2^level leaves that starts at leaf index * 2^level. Level 0 is a
/// leaf hash. Errors are those of the storage.
using SubtreeReader = std::function<Result<Digest>(unsigned level, std::uint64_t index)>;

/// MTH(D[0:size]), RFC 6962 2.1. `size` at most what the reader holds; kLimit beyond
/// kTreeSizeMax.
Result<Digest> tree_root(const SubtreeReader& reader, std::uint64_t size);
/// PATH(index, D[0:size]), RFC 6962 2.1.1. kNotFound unless index < size.
Result<Proof> prove_inclusion(const SubtreeReader& reader, std::uint64_t index, std::uint64_t size);
/// PROOF(old_size, D[0:new_size]), RFC 6962 2.1.2. Empty for equal sizes and for old size 0;
/// kInvalid where old_size > new_size.
Result<Proof> prove_consistency(const SubtreeReader& reader, std::uint64_t old_size,
                                std::uint64_t new_size);

/// A tree as somebody stated it.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root;

    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// RFC 9162 2.1.3.2: the leaf is at `index` of the tree. kCorrupt where the proof does not lead to
/// the root, kInvalid where index, size and length of the proof can't belong together.
Status verify_inclusion(const Proof& proof, std::uint64_t index, const Digest& leaf,
                        const TreeHead& head);

/// RFC 9162 2.1.4.2: `now` extends `before`. Decided here, because the RFC leaves it open:
/// - equal sizes: the roots must be equal and the proof empty;
/// - old size 0: the old root must be that of the empty tree and the proof empty; every tree
/// extends
///   the empty one, so nothing is said about the new root;
/// - a size 0 has no other root than that of the empty tree.
/// kInvalid where sizes and length of the proof can't belong together, else kCorrupt.
Status verify_consistency(const Proof& proof, const TreeHead& before, const TreeHead& now);

}  // namespace assay::tlog
