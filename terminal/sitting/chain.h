#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "crypto/record/package.h"
#include "terminal/sitting/journal_file.h"
#include "terminal/sitting/sitting_folder.h"
#include "terminal/sitting/state.h"
#include "terminal/sitting/store.h"

namespace assay::sitting {

/// Makes the sealer of a journal from K_j and the journal's id.
using SealerMaker = std::function<std::unique_ptr<record::RecordSealer>(
    const crypto::JournalKey& key, const record::JournalId& id)>;

/// The journals of one attempt on this machine, oldest first: those that moved here, which do not
/// change any more, and the one that is written. One thread.
class Chain {
  public:
    Chain(Disk& disk, Store& store, SealerMaker sealers, SittingFolder folder,
          const AttemptId& attempt);

    /// Reads what lies in the folder and folds it. The newest journal may be empty where the
    /// machine stopped in the middle of admission: then `unbegun` is its start, and the state is
    /// the one before it.
    struct Loaded {
        State state;
        std::optional<record::Signed<record::Start>> unbegun;
        std::uint64_t dropped_bytes = 0;
        std::vector<record::Event> events;  ///< of the newest journal
        std::uint64_t first = 0;            ///< index of the first of them in the chain
    };
    Result<Loaded> load(State initial);
    /// Drops the writer and reads the newest journal anew: after it reported itself broken.
    Result<Loaded> reload(State initial) { return load(std::move(initial)); }

    /// K_j of an epoch, in the store before the desk is asked.
    Status keep_key(Epoch epoch, const crypto::JournalKey& key);
    Result<crypto::JournalKey> key(Epoch epoch) const;

    /// The countersigned start begins a journal here.
    Status begin(const record::Signed<record::Start>& start);
    /// A journal that moved here, complete: its files are written.
    Status adopt(const record::Signed<record::Start>& start, const crypto::JournalKey& key,
                 const std::vector<Bytes>& records,
                 const std::optional<record::Signed<record::Acknowledgement>>& acknowledgement);

    bool writing() const { return writer_.has_value(); }
    JournalWriter& writer() {
        ASSAY_CHECK(writer_.has_value());
        return *writer_;
    }
    const JournalWriter& writer() const {
        ASSAY_CHECK(writer_.has_value());
        return *writer_;
    }
    /// Records of the journals before the one that is written.
    std::uint64_t earlier_records() const;
    /// Nothing here: no start was countersigned.
    bool empty() const { return journals_.empty(); }

    const std::optional<record::Signed<record::Acknowledgement>>& acknowledgement() const {
        return newest_ack_;
    }
    /// Beside the journal, durable.
    Status keep_acknowledgement(const record::Signed<record::Acknowledgement>& acknowledgement);
    void set_acknowledgement(record::Signed<record::Acknowledgement> acknowledgement) {
        newest_ack_ = std::move(acknowledgement);
    }

    /// All journals with keys and records, for the package.
    Result<std::vector<record::PackagedJournal>> packaged() const;
    std::vector<record::JournalHead> heads() const;

  private:
    struct Kept {
        record::Signed<record::Start> start;
        record::JournalHead head;  ///< of the journals that do not change
        std::optional<record::Signed<record::Acknowledgement>> acknowledgement;
    };
    std::string key_name(Epoch epoch) const;
    Result<std::vector<record::Signed<record::Start>>> read_starts() const;
    Result<std::optional<record::Signed<record::Acknowledgement>>> read_ack(Epoch epoch) const;
    Status make_sealer(const record::Signed<record::Start>& start);
    Status load_earlier(const record::Signed<record::Start>& start, State& state);
    JournalPlace place(Epoch epoch) const;

    Disk* disk_;
    Store* store_;
    SealerMaker sealers_;
    SittingFolder folder_;
    AttemptId attempt_;
    std::vector<Kept> journals_;
    std::unique_ptr<record::RecordSealer> sealer_;
    std::optional<JournalWriter> writer_;
    std::optional<record::Signed<record::Acknowledgement>> newest_ack_;
};

/// Reads a small signed file; nothing where there is none.
template <typename T>
Result<std::optional<record::Signed<T>>> read_signed_file(Disk& disk, const Path& path) {
    if (!disk.exists(path)) {
        return std::optional<record::Signed<T>>{};
    }
    ASSAY_TRY(const Bytes bytes, read_file(disk, path, kSmallFileBytesMax));
    ASSAY_TRY(record::Signed<T> object, record::read_signed<T>(bytes));
    return std::optional<record::Signed<T>>(std::move(object));
}

}  // namespace assay::sitting
