#include "crypto/record/enrolment.h"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "crypto/record/room_code_rows.h"
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

class RoomCodeRows : public testing::Test {
  protected:
    RoomCodeRows() {
        FakeRandom random(7);
        random.fill(code.desk_key.bytes);
        random.fill(code.secret.bytes);
    }
    static std::string joined(const std::vector<std::string>& rows, const char* between) {
        std::string out;
        for (const std::string& row : rows) {
            out += row + between;
        }
        return out;
    }
    void expect_read(const std::string& typed) const {
        const auto read = RoomCode::from_text(typed);
        ASSERT_TRUE(read.ok()) << typed;
        EXPECT_EQ(read->text(), code.text());
    }
    static std::string refusal(const std::string& typed) {
        const auto read = RoomCode::from_text(typed);
        return read.ok() ? "accepted" : to_string(read.error());
    }
    RoomCode code;
    std::vector<std::string> rows() const { return record::room_code_rows(code); }
};

TEST_F(RoomCodeRows, AreFiveRowsOfFourGroupsAndACheck) {
    ASSERT_EQ(rows().size(), 5U);
    for (const std::string& row : rows()) {
        EXPECT_EQ(row.size(), 21U) << row;
        EXPECT_EQ(std::ranges::count(row, '-'), 4) << row;
    }
}

TEST_F(RoomCodeRows, AreReadWithOrWithoutSpacesAndInLowerCase) {
    expect_read(joined(rows(), "\n"));
    expect_read(joined(rows(), "\r\n\r\n"));
    expect_read(joined(rows(), " "));
    std::string bare = joined(rows(), "");
    std::erase(bare, '-');
    expect_read(bare);
    for (char& c : bare) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    expect_read(bare);
}

TEST_F(RoomCodeRows, SayWhichRowWasCopiedWrongly) {
    const std::string digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (std::size_t row = 0; row < 5; ++row) {
        for (const char* const between : {"\n", " "}) {
            for (std::size_t at = 0; at < 21; ++at) {
                auto typed = rows();
                char& c = typed[row][at];
                if (c == '-') {
                    continue;
                }
                c = digits[(digits.find(c) + 1) % digits.size()];
                EXPECT_NE(refusal(joined(typed, between))
                              .find("record.room-code.row row=" + std::to_string(row + 1)),
                          std::string::npos)
                    << joined(typed, between);
            }
            auto shorter = rows();
            shorter[row].erase(2, 1);
            EXPECT_NE(refusal(joined(shorter, between))
                          .find("record.room-code.row row=" + std::to_string(row + 1)),
                      std::string::npos);
        }
    }
}

TEST_F(RoomCodeRows, RefuseRowsInAnotherOrderOrTooManyOrTooFew) {
    auto swapped = rows();
    std::swap(swapped[1], swapped[2]);
    EXPECT_NE(refusal(joined(swapped, "\n")).find("record.room-code.order"), std::string::npos);
    auto more = rows();
    more.push_back(more[0]);
    EXPECT_NE(refusal(joined(more, "\n")).find("record.room-code.order"), std::string::npos);
    auto fewer = rows();
    fewer.pop_back();
    EXPECT_NE(refusal(joined(fewer, "\n")).find("record.room-code.row row=5"), std::string::npos);
    EXPECT_NE(refusal("").find("record.room-code.row row=1"), std::string::npos);
    EXPECT_NE(refusal(std::string(2000, 'A')).find("record.room-code.form"), std::string::npos);
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
