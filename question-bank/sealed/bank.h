#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "crypto/age.h"
#include "crypto/base/disk.h"
#include "crypto/record/key_list.h"
#include "question-bank/sealed/memory_file.h"
#include "question-bank/sealed/statements.h"

namespace assay::sealed {

/// A bank part of the candidate view, open. Members are decrypted when they are read. One thread;
/// the file outlives it and must not change.
class Bank {
  public:
    Bank(Bank&&) noexcept;
    Bank& operator=(Bank&&) noexcept;
    Bank(const Bank&) = delete;
    Bank& operator=(const Bank&) = delete;
    ~Bank();

    /// Sorted.
    const std::vector<std::string>& names() const;
    /// Plain bytes of a member; kNotFound.
    Result<std::uint64_t> size(std::string_view name) const;
    /// kNotFound, kLimit over kMemberBytesMax, kCorrupt where a chunk was changed.
    Result<Bytes> read(std::string_view name);
    /// Up to out.size() bytes of a member from `offset`, for media; fewer only at its end.
    Result<std::size_t> read_range(std::string_view name, std::uint64_t offset,
                                   std::span<std::uint8_t> out);

    enum class Which {
        kTexts,  ///< names that end in .xml or .css: enough to show an item, pictures come by read
        kAll,
    };
    /// For item::make_package.
    Result<std::map<std::string, Bytes>> read_files(Which which);

    const BankPart& part() const;

  private:
    struct State;
    friend Result<Bank> open_members(File& file, const BankPart& part,
                                     const crypto::AgeIdentity& part_key);
    explicit Bank(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// What the reader of a bank knows already, from manifest and release.
struct Expected {
    ExamId exam;
    PartId part;
    Digest bank;            ///< H(bank.age), of the manifest or the release
    WallTime release_time;  ///< of the signed release: never the terminal's own clock
};

/// Statement only: t-of-n officers of `keys`, exam, part, bank digest, not-before, not-after.
Status check_bank_statement(const record::Signed<BankPart>& statement,
                            const record::TrustedKeys& keys, const Expected& expected);

/// On arrival and at readiness: length and H of the whole file. Reads it once, in pieces; no key
/// is needed. kCorrupt: sealed.bank.length, sealed.bank.digest.
Status check_arrival(File& file, const BankPart& part);

/// Opens in this order: statement (as above), R's public half, length, header, last chunk, the
/// zip's directory. Each step has its own error and nothing is decrypted before all of the first
/// four are right.
Result<Bank> open_bank(File& file, const record::Signed<BankPart>& statement,
                       const record::TrustedKeys& keys, const Expected& expected,
                       const crypto::AgeIdentity& part_key);

/// The same without the statement's signatures, exam, part and times: for who has just checked
/// them (the paper custodian after sealing, the fuzz target).
Result<Bank> open_members(File& file, const BankPart& part, const crypto::AgeIdentity& part_key);

}  // namespace assay::sealed
