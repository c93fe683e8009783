#pragma once
// Sealed records (draft-irtf-cfrg-xchacha-03 section 2, RFC 5869) and their chain. Bytes.
#include <functional>

#include "crypto/base/random.h"
#include "crypto/record/types.h"
#include "crypto/secret_kinds.h"

namespace assay::record {

inline constexpr std::size_t kRecordBodyBytesMax = 1U << 20U;  ///< one change, a whole essay
inline constexpr std::size_t kRecordOverheadBytes = 24 + 16;   ///< nonce and tag

/// Seals and opens the records of one journal; one thread. Record i is nonce (24) and
/// XChaCha20-Poly1305 of the body with key HKDF(K_j, id, "assay/v1/journal") and aad = id, be64(i),
/// h(i-1); on disk it follows its length as be32. An interface, so that simulations run without the
/// cipher.
class RecordSealer {
  public:
    virtual ~RecordSealer() = default;
    /// `index` from 0, `previous` h(index - 1), `body` at most kRecordBodyBytesMax.
    virtual Bytes seal(std::uint64_t index, const Digest& previous, ByteView body) = 0;
    /// kCorrupt where the record is not the index-th after `previous` under this key.
    virtual Result<Bytes> open(std::uint64_t index, const Digest& previous, ByteView record) = 0;
};

class JournalSealer final : public RecordSealer {
  public:
    JournalSealer(const crypto::JournalKey& journal_key, const JournalId& id, Random& random);
    Bytes seal(std::uint64_t index, const Digest& previous, ByteView body) override;
    Result<Bytes> open(std::uint64_t index, const Digest& previous, ByteView record) override;

  private:
    crypto::SecretBytes key_;
    JournalId id_;
    Random& random_;
};

/// h(i) = H("assay/v1/jrec" 0 h(i-1) record).
Digest record_hash(const Digest& previous, ByteView record);

/// h(-1).
Digest first_hash(const JournalId& id);

/// The records of a journal file in order: be32 length, record. A torn last record (fewer bytes
/// than its length says, or a length that is zero or over the limit) ends the walk.
struct RecordWalk {
    std::vector<Bytes> records;
    std::uint64_t intact_bytes = 0;  ///< where the torn rest begins
    bool torn = false;
};
RecordWalk walk_records(ByteView file);

/// be32 length and the record, as it lies on the disk.
Bytes framed_record(ByteView record);

/// A whole journal opened and its chain checked: bodies, and h(count-1). kCorrupt names the first
/// record that does not follow.
struct OpenedJournal {
    std::vector<Bytes> bodies;
    JournalHead head;
};
Result<OpenedJournal> open_journal(RecordSealer& sealer, const JournalId& id,
                                   const std::vector<Bytes>& records);

/// The chain without the key: what h(count-1) is.
JournalHead chain_head(const JournalId& id, const std::vector<Bytes>& records);

}  // namespace assay::record
