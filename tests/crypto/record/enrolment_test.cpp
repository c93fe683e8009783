#include "crypto/record/enrolment.h"

#include <gtest/gtest.h>

#include "tests/crypto/record/random_object.h"

namespace assay::test {
namespace {

using record::RoomCode;

TEST(RoomCode, ReadsBackWhatItWrote) {
    FakeRandom random(1);
    RoomCode code;
    random.fill(code.desk_key.bytes);
    random.fill(code.secret.bytes);
    const auto read = RoomCode::from_text(code.text());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->desk_key, code.desk_key);
    EXPECT_EQ(read->secret, code.secret);
    EXPECT_EQ(code.text(), "ASSAY-ROOM-1 " + code.desk_key.hex() + " " + code.secret.hex());
}

TEST(RoomCode, RefusesEveryOtherForm) {
    const std::string text = RoomCode{}.text();
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(RoomCode::from_text(text.substr(0, size)).ok());
    }
    EXPECT_FALSE(RoomCode::from_text(text + "0").ok());
    EXPECT_FALSE(RoomCode::from_text(" " + text).ok());
    EXPECT_FALSE(RoomCode::from_text("ASSAY-ROOM-2" + text.substr(12)).ok());
    std::string upper = text;
    upper.back() = 'A';
    EXPECT_FALSE(RoomCode::from_text(upper).ok());
}

TEST(EnrolmentProof, HangsOnSecretKeysAndConnection) {
    RandomObject random(1);
    const auto keys = random.make<record::MachineKeys>();
    const auto proof = record::enrolment_proof(as_bytes("secret"), keys, as_bytes("exporter"));
    EXPECT_NE(proof, record::enrolment_proof(as_bytes("secreT"), keys, as_bytes("exporter")));
    EXPECT_NE(proof, record::enrolment_proof(as_bytes("secret"), keys, as_bytes("exporteR")));
    for (int which = 0; which < 3; ++which) {
        auto other = keys;
        auto& byte = which == 0   ? other.tls.bytes[0]
                     : which == 1 ? other.signing.bytes[0]
                                  : other.age.bytes[0];
        byte ^= 1U;
        EXPECT_NE(proof, record::enrolment_proof(as_bytes("secret"), other, as_bytes("exporter")));
        EXPECT_NE(record::machine_fingerprint(keys), record::machine_fingerprint(other));
    }
}

}  // namespace
}  // namespace assay::test
