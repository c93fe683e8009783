#include "crypto/tlog/tree.h"

#include <bit>

#include "crypto/hash.h"

namespace assay::tlog {
namespace {

Error malformed(const char* what) {
    return fail(Code::kInvalid, "tlog.proof.malformed"_id, {{"what", what}});
}

Error mismatch(const char* what) {
    return fail(Code::kCorrupt, "tlog.proof.mismatch"_id, {{"what", what}});
}

/// The largest power of two below `size`; size at least 2.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

/// MTH(D[begin:end]) where begin is a multiple of the power of two that covers the range.
Result<Digest> range_root(const SubtreeReader& reader, std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t size = end - begin;
    if (std::has_single_bit(size)) {
        const auto level = static_cast<unsigned>(std::countr_zero(size));
        return reader(level, begin >> level);
    }
    const std::uint64_t middle = begin + split(size);
    ASSAY_TRY(const Digest left, range_root(reader, begin, middle));
    ASSAY_TRY(const Digest right, range_root(reader, middle, end));
    return node_hash(left, right);
}

/// Walks from the root to the leaf and collects the other side at each step, then turns it round.
Status collect_path(const SubtreeReader& reader, std::uint64_t index, std::uint64_t size,
                    Proof& out) {
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        if (index < middle) {
            ASSAY_TRY(const Digest right, range_root(reader, middle, end));
            out.push_back(right);
            end = middle;
        } else {
            ASSAY_TRY(const Digest left, range_root(reader, begin, middle));
            out.push_back(left);
            begin = middle;
        }
    }
    return Ok{};
}

/// SUBPROOF(m, D[begin:end], b): stops where the old tree is a whole subtree of the new one.
Status collect_consistency(const SubtreeReader& reader, std::uint64_t old_size,
                           std::uint64_t new_size, Proof& out) {
    std::uint64_t begin = 0;
    std::uint64_t end = new_size;
    while (end != old_size) {
        const std::uint64_t middle = begin + split(end - begin);
        if (old_size <= middle) {
            ASSAY_TRY(const Digest right, range_root(reader, middle, end));
            out.push_back(right);
            end = middle;
        } else {
            ASSAY_TRY(const Digest left, range_root(reader, begin, middle));
            out.push_back(left);
            begin = middle;
        }
    }
    if (begin != 0) {  // else the verifier knows that subtree: it is the old root
        ASSAY_TRY(const Digest last, range_root(reader, begin, end));
        out.push_back(last);
    }
    return Ok{};
}

Status check_size(std::uint64_t size) {
    if (size > kTreeSizeMax) {
        return fail(Code::kLimit, "tlog.tree.size"_id,
                    {{"size", std::to_string(size)}, {"limit", std::to_string(kTreeSizeMax)}});
    }
    return Ok{};
}

Status verify_small(const Proof& proof, const TreeHead& before, const TreeHead& now) {
    if (!proof.empty()) {
        return malformed("a proof from size 0 or between equal sizes is empty");
    }
    if (before.size == 0 && before.root != empty_root()) {
        return mismatch("root of the empty tree");
    }
    if (now.size == 0 && now.root != empty_root()) {
        return mismatch("root of the empty tree");
    }
    if (before.size == now.size && before.root != now.root) {
        return mismatch("two roots for one size");
    }
    return Ok{};
}

/// Where a proof stands on its way up: the node's position in its row and that of the row's last.
/// A last node without a sibling rises alone, until it is a right child (RFC 9162, 2.1.3.2 step 4).
struct Climb {
    std::uint64_t position;
    std::uint64_t last;

    bool joins_left() const { return (position & 1U) != 0 || position == last; }
    void rise() {
        if (position == last) {
            const auto alone = static_cast<unsigned>(std::countr_zero(position));
            position >>= alone;
            last >>= alone;
        }
        position >>= 1U;
        last >>= 1U;
    }
};

}  // namespace

Digest leaf_hash(ByteView payload) {
    constexpr std::uint8_t kPrefix[] = {0x00};
    crypto::Sha256 hash;
    hash.update(kPrefix);
    hash.update(payload);
    return hash.finish();
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 1 + 2 * Digest::kBytes> input{};
    input[0] = 0x01;
    std::copy(left.bytes.begin(), left.bytes.end(), input.begin() + 1);
    std::copy(right.bytes.begin(), right.bytes.end(), input.begin() + 1 + Digest::kBytes);
    return crypto::sha256(input);
}

Digest empty_root() { return crypto::sha256({}); }

Result<Digest> tree_root(const SubtreeReader& reader, std::uint64_t size) {
    ASSAY_TRY_STATUS(check_size(size));
    if (size == 0) {
        return empty_root();
    }
    return range_root(reader, 0, size);
}

Result<Proof> prove_inclusion(const SubtreeReader& reader, std::uint64_t index,
                              std::uint64_t size) {
    ASSAY_TRY_STATUS(check_size(size));
    if (index >= size) {
        return fail(Code::kNotFound, "tlog.tree.no-leaf"_id,
                    {{"index", std::to_string(index)}, {"size", std::to_string(size)}});
    }
    Proof proof;
    ASSAY_TRY_STATUS(collect_path(reader, index, size, proof));
    return Proof(proof.rbegin(), proof.rend());
}

Result<Proof> prove_consistency(const SubtreeReader& reader, std::uint64_t old_size,
                                std::uint64_t new_size) {
    ASSAY_TRY_STATUS(check_size(new_size));
    if (old_size > new_size) {
        return fail(Code::kInvalid, "tlog.tree.smaller"_id,
                    {{"old", std::to_string(old_size)}, {"new", std::to_string(new_size)}});
    }
    Proof proof;
    if (old_size != 0 && old_size != new_size) {
        ASSAY_TRY_STATUS(collect_consistency(reader, old_size, new_size, proof));
    }
    return Proof(proof.rbegin(), proof.rend());
}

Status verify_inclusion(const Proof& proof, std::uint64_t index, const Digest& leaf,
                        const TreeHead& head) {
    ASSAY_TRY_STATUS(check_size(head.size));
    if (index >= head.size) {
        return malformed("the index is not below the size");
    }
    Climb climb{index, head.size - 1};
    Digest root = leaf;
    for (const Digest& hash : proof) {
        if (climb.last == 0) {
            return malformed("too many hashes");
        }
        root = climb.joins_left() ? node_hash(hash, root) : node_hash(root, hash);
        climb.rise();
    }
    if (climb.last != 0) {
        return malformed("too few hashes");
    }
    if (root != head.root) {
        return mismatch("inclusion");
    }
    return Ok{};
}

Status verify_consistency(const Proof& proof, const TreeHead& before, const TreeHead& now) {
    ASSAY_TRY_STATUS(check_size(now.size));
    if (before.size > now.size) {
        return malformed("the old tree is larger than the new one");
    }
    if (before.size == 0 || before.size == now.size) {
        return verify_small(proof, before, now);
    }
    if (proof.empty()) {
        return malformed("too few hashes");
    }
    const auto ones = static_cast<unsigned>(std::countr_one(before.size - 1));
    Climb climb{(before.size - 1) >> ones, (now.size - 1) >> ones};
    const bool whole =
        std::has_single_bit(before.size);  // the old root is itself a node of the new
    Digest old_root = whole ? before.root : proof[0];
    Digest new_root = old_root;
    for (std::size_t next = whole ? 0 : 1; next < proof.size(); ++next) {
        if (climb.last == 0) {
            return malformed("too many hashes");
        }
        if (climb.joins_left()) {
            old_root = node_hash(proof[next], old_root);
            new_root = node_hash(proof[next], new_root);
        } else {
            new_root = node_hash(new_root, proof[next]);
        }
        climb.rise();
    }
    if (climb.last != 0) {
        return malformed("too few hashes");
    }
    if (old_root != before.root || new_root != now.root) {
        return mismatch(old_root != before.root ? "the old root" : "the new root");
    }
    return Ok{};
}

}  // namespace assay::tlog
