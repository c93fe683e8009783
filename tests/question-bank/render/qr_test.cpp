#include "question-bank/render/qr.h"

#include <gtest/gtest.h>

namespace assay::render {
namespace {

/// The finder pattern whose corner is at (row, column).
bool has_finder(const QrCode& code, std::size_t row, std::size_t column) {
    for (std::size_t i = 0; i < 7; ++i) {
        for (std::size_t j = 0; j < 7; ++j) {
            const bool edge = i == 0 || i == 6 || j == 0 || j == 6;
            const bool heart = i >= 2 && i <= 4 && j >= 2 && j <= 4;
            if (code.dark(row + i, column + j) != (edge || heart)) {
                return false;
            }
        }
    }
    return true;
}

TEST(Qr, HasItsThreeFinders) {
    const QrCode code = make_qr("交卷凭条 7K3M-9QX2").value();
    EXPECT_TRUE(has_finder(code, 0, 0));
    EXPECT_TRUE(has_finder(code, 0, code.size - 7));
    EXPECT_TRUE(has_finder(code, code.size - 7, 0));
    EXPECT_EQ(code.modules.size(), code.size * code.size);
}

TEST(Qr, TakesUpToItsLimitAndNoMore) {
    EXPECT_TRUE(make_qr(std::string(kQrTextBytesMax, 'x')).ok());
    EXPECT_EQ(make_qr(std::string(kQrTextBytesMax + 1, 'x')).error().code, Code::kLimit);
    EXPECT_EQ(make_qr("").error().code, Code::kLimit);
    EXPECT_TRUE(make_qr(std::string("\0\xff", 2)).ok());
}

TEST(Qr, DrawsAQuietZoneAndALabel) {
    const QrCode code = make_qr("A").value();
    const std::string svg = qr_svg(code, "凭条 <1>");
    EXPECT_NE(svg.find("viewBox=\"0 0 29 29\""), std::string::npos) << svg;
    EXPECT_NE(svg.find("aria-label=\"凭条 &lt;1&gt;\""), std::string::npos);
    EXPECT_NE(svg.find("M4 4h1v1h-1z"), std::string::npos);
}

}  // namespace
}  // namespace assay::render
