#include "crypto/record/slip.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"

namespace assay::test {
namespace {

using record::Slip;

Slip a_slip() {
    FakeRandom random(1);
    Slip slip;
    slip.statement = random.id<Digest>();
    slip.salt = random.id<record::Salt>();
    slip.countersigned = true;
    slip.proof = "c2sp.org/tlog-proof@v1\nindex 1\n";
    return slip;
}

TEST(Slip, ReadsBackWhatItWrote) {
    Slip slip = a_slip();
    EXPECT_EQ(Slip::from_text(slip.text()).value(), slip);
    slip.salt.reset();
    EXPECT_EQ(Slip::from_text(slip.text()).value(), slip);
    slip.countersigned = false;
    slip.proof.clear();
    EXPECT_EQ(Slip::from_text(slip.text()).value(), slip);
}

TEST(Slip, HasTheFormOfItsDescription) {
    Slip slip = a_slip();
    EXPECT_EQ(slip.text(), "assay-slip/v1\nstatement " + slip.statement.hex() + "\nsalt " +
                               slip.salt->hex() + "\ncountersigned yes\n\n" + slip.proof);
}

TEST(Slip, RefusesEveryOtherForm) {
    const std::string text = a_slip().text();
    for (std::size_t size = 0; size < text.find("c2sp"); ++size) {
        EXPECT_FALSE(Slip::from_text(text.substr(0, size)).ok()) << size;
    }
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string out = text;
        return out.replace(out.find(from), from.size(), to);
    };
    EXPECT_FALSE(Slip::from_text(with("v1", "v2")).ok());
    EXPECT_FALSE(Slip::from_text(with("yes", "maybe")).ok());
    EXPECT_FALSE(Slip::from_text(with("statement ", "statement  ")).ok());
    EXPECT_FALSE(Slip::from_text(with("salt ", "salt 0")).ok());
    EXPECT_FALSE(Slip::from_text(with("\n\n", "\nmore\n\n")).ok());
    EXPECT_FALSE(Slip::from_text(with("\n", "\r\n")).ok());
    EXPECT_FALSE(Slip::from_text(text + std::string(record::kSlipBytesMax, 'x')).ok());
}

}  // namespace
}  // namespace assay::test
