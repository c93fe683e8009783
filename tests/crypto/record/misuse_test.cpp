// What must not compile with the keys and ids of records (tests/crypto/misuse_test.cpp has the
// rest).
#include <concepts>

#include <gtest/gtest.h>

#include "crypto/record/journal.h"
#include "crypto/record/package.h"
#include "crypto/record/signed.h"

namespace assay::record {
namespace {

template <typename A, typename B>
constexpr bool kApart =
    !std::convertible_to<A, B> && !std::convertible_to<B, A> &&
    !std::constructible_from<A, const B&> && !std::constructible_from<B, const A&>;

// 32 bytes each, and never one for the other.
static_assert(kApart<SigningPublic, TlsPublic> && kApart<SigningPublic, AgePublic> &&
              kApart<TlsPublic, AgePublic> && kApart<Salt, Nonce> && kApart<Salt, Digest> &&
              kApart<JournalId, Digest> && kApart<SigningPublic, Digest>);
// 16 bytes each.
static_assert(kApart<AttemptId, MachineId> && kApart<SiteId, RoomId> && kApart<PartId, ExamId> &&
              kApart<SittingId, AttemptId> && !std::convertible_to<std::uint64_t, Epoch> &&
              !std::convertible_to<Epoch, std::uint64_t>);

template <typename Key>
concept Required =
    requires(const Signed<Start>& start, const Key& key) { require_key(start, key); };
static_assert(Required<SigningPublic> && !Required<TlsPublic> && !Required<AgePublic> &&
              !Required<Digest> && !Required<crypto::SigningKey>);

template <typename Key>
concept SealsAJournal = std::constructible_from<JournalSealer, const Key&, JournalId, Random&>;
static_assert(SealsAJournal<crypto::JournalKey> && !SealsAJournal<crypto::SecretBytes> &&
              !SealsAJournal<crypto::StoreKey> && !SealsAJournal<crypto::Pin> &&
              !SealsAJournal<crypto::AgeIdentity> && !SealsAJournal<crypto::SigningKey> &&
              !SealsAJournal<Digest> && !SealsAJournal<Bytes>);
template <typename Key>
concept IsNamedByAStart = requires(const Key& key) { journal_key_digest(key); };
static_assert(IsNamedByAStart<crypto::JournalKey> && !IsNamedByAStart<crypto::SecretBytes> &&
              !IsNamedByAStart<crypto::StoreKey>);

template <typename Id>
concept NamesAJournal = requires(const Id& id) { chain_head(id, {}); };
static_assert(NamesAJournal<JournalId> && !NamesAJournal<Digest> && !NamesAJournal<AttemptId>);

// What holds a journal key can't be copied.
static_assert(!std::copy_constructible<PackagedJournal>);
// One object is not another, though both are signed.
static_assert(kApart<Signed<Start>, Signed<Move>> && kApart<Signed<Package>, Signed<Start>>);

TEST(RecordMisuse, IsRefusedByTheCompiler) { SUCCEED() << "the assertions above are the test"; }

}  // namespace
}  // namespace assay::record
