// A journal record on the disk beside a bare append; a whole package beside six bare verifications.
#include <benchmark/benchmark.h>
#include <sodium.h>

#include "crypto/random.h"
#include "crypto/record/journal.h"
#include "crypto/record/package.h"
#include "crypto/tlog/edge.h"
#include "crypto/tlog/proof.h"
#include "tests/crypto/record/random_object.h"
#include "tests/support/paired_bench.h"
#include "tests/support/paths.h"

namespace assay::record {

namespace {

/// The record has the length of the reference's page.
void JournalRecord(benchmark::State& state) {
    const test::TempFolder folder;
    SystemDisk disk;
    crypto::SystemRandom random;
    const JournalId id = random.id<JournalId>();
    JournalSealer sealer(crypto::JournalKey::random(random), id, random);
    const auto journal = disk.create(folder.path() / "journal").value();
    const auto bare = disk.create(folder.path() / "bare").value();
    const Bytes page(4096, 'x');
    const Bytes body(page.size() - 4 - kRecordOverheadBytes, 'x');
    std::uint64_t index = 0;
    Digest head = first_hash(id);
    bool good = true;
    test::paired(
        state,
        [&] {
            const Bytes record = sealer.seal(index++, head, body);
            head = record_hash(head, record);
            good = journal->append(framed_record(record)).ok() && journal->sync().ok() && good;
        },
        [&] { good = bare->append(page).ok() && bare->sync().ok() && good; });
    if (!good) {
        state.SkipWithError("the disk failed");
    }
}
BENCHMARK(JournalRecord)->UseManualTime();

/// A package's Statement, signed by terminal and desk, in a log of 200 leaves whose checkpoint the
/// log and three witnesses signed.
class LoggedPackage {
  public:
    LoggedPackage() {
        Signed<Package> package = make(test::RandomObject(1).make<Package>());
        package.envelope.add_signature(terminal_);
        package.envelope.add_signature(desk_);
        json_ = package.json();
        tlog::Edge edge;
        std::vector<tlog::TileFile> filled;
        for (std::uint64_t i = 0; i < 200; ++i) {
            const Bytes leaf = i == kIndex ? package.envelope.payload : to_bytes(std::to_string(i));
            edge.push(tlog::leaf_hash(leaf), leaf, filled);
        }
        const auto reader = [&](unsigned level, std::uint64_t at) {
            return edge.subtree(level, at);
        };
        receipt_ = tlog::LogProof{{},
                                  kIndex,
                                  tlog::prove_inclusion(reader, kIndex, edge.size()).value(),
                                  cosigned({edge.size(), edge.root()})}
                       .write();
    }

    /// Everything that an auditor does, with keys that were read before.
    bool verify() const {
        const auto package = read_signed<Package>(as_bytes(json_));
        return package.ok() &&
               crypto::require_threshold(package->envelope, {&terminal_.verify_key(), 1}, 1).ok() &&
               crypto::require_threshold(package->envelope, {&desk_.verify_key(), 1}, 1).ok() &&
               tlog::verify_receipt(receipt_, package->envelope.payload, *policy_).ok();
    }
    /// Six signatures of the same lengths, and nothing around them.
    bool verify_bare() const {
        bool good = true;
        for (int i = 0; i < 6; ++i) {
            const Bytes& message = i < 2 ? pae_ : text_;
            const crypto::Signature& signature = i < 2 ? pae_signature_ : text_signature_;
            good =
                crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                            terminal_.verify_key().view().data()) == 0 &&
                good;
        }
        return good;
    }

  private:
    static constexpr std::uint64_t kIndex = 100;

    std::string cosigned(const tlog::TreeHead& head) {
        const auto log =
            tlog::NoteKey::make("log.example", tlog::NoteAlgorithm::kEd25519, log_.verify_key())
                .value();
        tlog::Note note{tlog::Checkpoint{"log.example", head, {}}.text(), {}};
        note.signatures.push_back(tlog::sign_note(note.text, log, log_));
        std::string policy = "log " + log.text() + '\n';
        for (int i = 0; i < 3; ++i) {
            const std::string name = "w" + std::to_string(i);
            const auto key = crypto::SigningKey::generate(random_);
            const auto witness =
                tlog::NoteKey::make(name, tlog::NoteAlgorithm::kCosignature, key.verify_key())
                    .value();
            note.signatures.push_back(tlog::cosign_note(note.text, witness, key, WallTime{1000}));
            policy += "witness " + name + ' ' + witness.text() + '\n';
        }
        policy_ = tlog::Policy::parse(policy + "group all-three all w0 w1 w2\nquorum all-three\n")
                      .value();
        pae_ = read_signed<Package>(as_bytes(json_))->envelope.pae();
        pae_signature_ = terminal_.sign(pae_);
        text_ = to_bytes(note.text);
        text_signature_ = terminal_.sign(text_);
        return note.write();
    }

    FakeRandom random_{1};
    crypto::SigningKey terminal_ = crypto::SigningKey::generate(random_);
    crypto::SigningKey desk_ = crypto::SigningKey::generate(random_);
    crypto::SigningKey log_ = crypto::SigningKey::generate(random_);
    std::string json_;
    std::string receipt_;
    std::optional<tlog::Policy> policy_;
    Bytes pae_;
    Bytes text_;
    crypto::Signature pae_signature_;
    crypto::Signature text_signature_;
};

void VerifyPackage(benchmark::State& state) {
    const LoggedPackage package;
    bool good = true;
    test::paired(
        state, [&] { good = package.verify() && good; },
        [&] { good = package.verify_bare() && good; });
    if (!good) {
        state.SkipWithError("the package does not verify");
    }
}
BENCHMARK(VerifyPackage)->UseManualTime();

}  // namespace

}  // namespace assay::record
