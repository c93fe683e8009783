#include "crypto/tlog/note.h"

#include <gtest/gtest.h>

#include "crypto/base64.h"
#include "crypto/tlog/checkpoint.h"
#include "crypto/tlog/policy.h"
#include "crypto/tlog/proof.h"

namespace assay::tlog {
namespace {

struct Signer {
    crypto::SigningKey key;
    NoteKey name;
};

Signer signer(const std::string& name, std::uint64_t seed,
              NoteAlgorithm algorithm = NoteAlgorithm::kEd25519) {
    FakeRandom random(seed);
    crypto::SigningKey key = crypto::SigningKey::generate(random);
    NoteKey named = NoteKey::make(name, algorithm, key.verify_key()).value();
    return {std::move(key), std::move(named)};
}

const std::string kText = "log.example\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n";

Note signed_by(const std::vector<const Signer*>& signers) {
    Note note{kText, {}};
    for (const Signer* s : signers) {
        note.signatures.push_back(s->name.algorithm() == NoteAlgorithm::kEd25519
                                      ? sign_note(kText, s->name, s->key)
                                      : cosign_note(kText, s->name, s->key, {1772353800}));
    }
    return note;
}

TEST(NoteKey, IsReadInTheFormThatItWrites) {
    for (const auto algorithm : {NoteAlgorithm::kEd25519, NoteAlgorithm::kCosignature}) {
        const NoteKey key = signer("log.example/1", 1, algorithm).name;
        EXPECT_EQ(NoteKey::from_text(key.text()).value(), key);
    }
    const std::string text = signer("log.example/1", 1).name.text();
    std::string other_id = text;
    other_id[15] = other_id[15] == '0' ? '1' : '0';
    for (const std::string& wrong :
         {std::string(), std::string("a+b"), text + "=", text.substr(1), other_id, "x" + text}) {
        EXPECT_FALSE(NoteKey::from_text(wrong).ok()) << wrong;
    }
    for (const char* name : {"", "a b", "a+b", "a\xc2\xa0z", "a\nb", "\xff", "\xc0\x80"}) {
        EXPECT_FALSE(valid_key_name(name)) << name;
    }
    EXPECT_TRUE(valid_key_name("\xe8\x80\x83\xe7\x82\xb9.example/site-log"));
    EXPECT_FALSE(valid_key_name(std::string(257, 'a')));
}

TEST(Note, IsReadInTheFormThatItWrites) {
    const Signer log = signer("log.example", 1);
    const Note note = signed_by({&log});
    const std::string text = note.write();
    EXPECT_EQ(Note::parse(text).value(), note);
    for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_FALSE(Note::parse(text.substr(0, i)).ok()) << i;
    }
    EXPECT_FALSE(Note::parse(text + "\n").ok());
    EXPECT_FALSE(Note::parse(text + "x").ok());
    EXPECT_FALSE(Note::parse(text + "\xe2\x80\x94 name AAAAA===\n").ok());
    EXPECT_EQ(Note::parse(std::string(kNoteBytesMax + 1, 'a')).error().code, Code::kLimit);
    std::string many = text;
    for (std::size_t i = 0; i < kNoteSignaturesMax; ++i) {
        many += text.substr(text.rfind("\xe2\x80\x94"));
    }
    EXPECT_EQ(Note::parse(many).error().code, Code::kLimit);
}

TEST(Note, CountsKnownKeysOnceAndRefusesTheirBadSignatures) {
    const Signer log = signer("log.example", 1);
    const Signer other = signer("other.example", 2);
    const Signer impostor = signer("log.example", 3);
    Note twice = signed_by({&log, &other, &log});
    EXPECT_EQ(verify_note(twice, {&log.name, 1}).value().size(), 1U);
    EXPECT_EQ(verify_note(twice, {&impostor.name, 1}).error().code, Code::kDenied);
    for (Note note : {signed_by({&log}), twice}) {
        note.signatures.back().signature[3] ^= 1U;
        EXPECT_EQ(verify_note(note, {&log.name, 1}).error().code, Code::kCorrupt);
    }
    Note changed = signed_by({&log});
    changed.text[0] = 'm';
    EXPECT_EQ(verify_note(changed, {&log.name, 1}).error().code, Code::kCorrupt);
}

TEST(Note, ACosignatureSaysWhen) {
    const Signer witness = signer("w.example", 4, NoteAlgorithm::kCosignature);
    Note note = signed_by({&witness});
    const auto signers = verify_note(note, {&witness.name, 1}).value();
    EXPECT_EQ(signers.at(0).time.value().text(), "2026-03-01T08:30:00Z");
    note.signatures[0].signature[7] ^= 1U;  // another second
    EXPECT_EQ(verify_note(note, {&witness.name, 1}).error().code, Code::kCorrupt);
    // The same key as a log's: the id differs, so a cosignature can't pass for a log's signature.
    const NoteKey as_log =
        NoteKey::make("w.example", NoteAlgorithm::kEd25519, witness.key.verify_key()).value();
    EXPECT_EQ(verify_note(note, {&as_log, 1}).error().code, Code::kDenied);
}

TEST(Checkpoint, IsReadInTheFormThatItWrites) {
    const Checkpoint checkpoint = Checkpoint::parse(kText).value();
    EXPECT_EQ(checkpoint.text(), kText);
    EXPECT_EQ(checkpoint.head.size, 1U);
    const std::string root = "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n";
    for (const std::string& wrong :
         {std::string(), std::string("a\n"), "\n1\n" + root, "a\n01\n" + root, "a\n-1\n" + root,
          "a\n1\n" + root.substr(4), "a\n1\n" + root + "\n", "a\n1\n" + root + "x", "a\n0\n" + root,
          "a\n9223372036854775807\n" + root, "a\n1\n" + root.substr(0, 44)}) {
        EXPECT_FALSE(Checkpoint::parse(wrong).ok()) << wrong;
    }
    EXPECT_EQ(Checkpoint::parse("a\n1\n" + root + "more\n").value().extensions.size(), 1U);
}

TEST(Policy, AsksForItsQuorum) {
    const Signer log = signer("log.example", 1);
    std::vector<Signer> w;
    std::string text = "# who counts\nlog " + log.name.text() + "  example:url\n\n";
    for (std::uint64_t i = 0; i < 4; ++i) {
        const std::string name = "w" + std::to_string(i);
        w.push_back(signer(name + ".example", 10 + i, NoteAlgorithm::kCosignature));
        text += "\twitness " + name + " " + w[i].name.text() + "\n";
    }
    text += "group site any w2 w3\ngroup both 2 w0 w1 site\nquorum both\n";
    const auto policy = Policy::parse(text);
    ASSERT_TRUE(policy.ok()) << to_string(policy.error());
    EXPECT_TRUE(policy->verify(signed_by({&log, &w[0], &w[1]}).write()).ok());
    EXPECT_TRUE(policy->verify(signed_by({&log, &w[3], &w[0]}).write()).ok());
    for (const Note& note :
         {signed_by({&log, &w[2], &w[3]}), signed_by({&log, &w[0], &w[0]}), signed_by({&log})}) {
        EXPECT_EQ(policy->verify(note.write()).error().what.id, "tlog.policy.quorum"_id);
    }
    EXPECT_EQ(policy->verify(signed_by({&w[0], &w[1]}).write()).error().what.id,
              "tlog.policy.unknown-log"_id);
    const auto seen = policy->verify(signed_by({&log, &w[0], &w[1]}).write())->witnesses;
    EXPECT_EQ(seen.at(1).name, "w1");
}

TEST(Policy, RefusesWhatCannotBeMeant) {
    const std::string log = "log " + signer("log.example", 1).name.text() + "\n";
    const std::string key = signer("w.example", 2, NoteAlgorithm::kCosignature).name.text();
    const std::string witness = "witness w " + key + "\n";
    EXPECT_TRUE(Policy::parse(log + "quorum none\n").ok());
    EXPECT_TRUE(Policy::parse(log + witness + "quorum w\n").ok());
    for (const std::string& wrong :
         {std::string(), log, log + log + "quorum none\n", witness + witness + "quorum w\n",
          log + "quorum w\n", log + witness + "quorum w\nquorum w\n", std::string("quorum none"),
          log + witness + "witness v " + key + "\nquorum w\n",
          log + witness + "group g 2 w\nquorum g\n", log + witness + "group g 0 w\nquorum g\n",
          log + witness + "group g all w w\nquorum g\n",
          log + witness + "group none all w\nquorum none\n",
          log + "witness w " + signer("l", 3).name.text() + "\nquorum w\n",
          log + "logs\nquorum none\n", log + "quorum none\n\x01\n"}) {
        EXPECT_FALSE(Policy::parse(wrong).ok()) << wrong;
    }
}

TEST(Receipt, HoldsForItsPayloadOnly) {
    const Signer log = signer("log.example", 1);
    const Bytes leaf;  // kText's root is the leaf hash of nothing
    const LogProof proof{{1, 2, 3}, 0, {}, signed_by({&log}).write()};
    const std::string text = proof.write();
    EXPECT_EQ(LogProof::parse(text).value(), proof);
    EXPECT_EQ(verify_receipt(text, leaf, log.name).value().index, 0U);
    EXPECT_EQ(verify_receipt(text, as_bytes("x"), log.name).error().code, Code::kCorrupt);
    EXPECT_EQ(verify_receipt(text, leaf, signer("log.example", 9).name).error().code,
              Code::kDenied);
    EXPECT_EQ(verify_receipt(text, leaf, signer("other", 1).name).error().code, Code::kDenied);
    EXPECT_EQ(verify_receipt("x" + text, leaf, log.name).error().code, Code::kInvalid);
    for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_FALSE(verify_receipt(text.substr(0, i), leaf, log.name).ok()) << i;
        std::string flipped = text;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        const auto result = verify_receipt(flipped, leaf, log.name);
        // Extra data is the one part that nothing authenticates.
        EXPECT_TRUE(!result.ok() || LogProof::parse(flipped)->extra != proof.extra) << i;
    }
}

}  // namespace
}  // namespace assay::tlog
