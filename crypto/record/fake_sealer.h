#pragma once
// A fake for tests and simulations. One thread.
#include "crypto/record/journal.h"

namespace assay::record {

/// Records that are not encrypted, for simulations: the same sizes, the same refusals of a record
/// that is torn, changed or in another place. Deterministic; protects nothing.
class FakeSealer final : public RecordSealer {
  public:
    explicit FakeSealer(const JournalId& id) : id_(id) {}
    Bytes seal(std::uint64_t index, const Digest& previous, ByteView body) override;
    Result<Bytes> open(std::uint64_t index, const Digest& previous, ByteView record) override;

  private:
    Bytes check(std::uint64_t index, const Digest& previous, ByteView body) const;

    JournalId id_;
};

}  // namespace assay::record
