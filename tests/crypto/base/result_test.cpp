#include "crypto/base/result.h"

#include <gtest/gtest.h>

#include "crypto/base/ids.h"

namespace assay {
namespace {

Result<int> half(int value) {
    if (value % 2 != 0) {
        return fail(Code::kInvalid, "base.hex.digit"_id, {{"position", std::to_string(value)}});
    }
    return value / 2;
}

Result<int> quarter(int value) {
    ASSAY_TRY(const int first, half(value));
    return half(first);
}

TEST(Result, CarriesTheFirstErrorUp) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(to_string(quarter(6).error()), "invalid base.hex.digit position=3");
}

TEST(ResultDeathTest, TheValueOfAnErrorIsABug) { EXPECT_DEATH((void)half(1).value(), "bug"); }

TEST(ExitCode, IsDistinctForEachKind) {
    EXPECT_EQ(exit_code(Code::kUsage), 2);
    EXPECT_EQ(exit_code(Code::kInvalid), 10);
    EXPECT_EQ(exit_code(Code::kIo), 19);
}

TEST(Fixed, ReadsOnlyItsOwnLengthAndLowerCase) {
    const std::string text(64, 'a');
    EXPECT_EQ(Digest::from_hex(text).value().hex(), text);
    EXPECT_FALSE(Digest::from_hex(std::string(64, 'A')).ok());
    EXPECT_FALSE(Digest::from_hex(std::string(62, 'a')).ok());
    EXPECT_FALSE(MachineId::from_bytes(as_bytes("short")).ok());
}

}  // namespace
}  // namespace assay
