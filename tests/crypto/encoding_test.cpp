#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "crypto/base32.h"
#include "crypto/base64.h"
#include "crypto/bech32.h"
#include "crypto/hash.h"

namespace assay::crypto {

TEST(Base64, WritesTheExamplesOfItsStandard) {
    for (const auto& [plain, text] : {std::pair{"", ""},
                                      {"f", "Zg=="},
                                      {"fo", "Zm8="},
                                      {"foo", "Zm9v"},
                                      {"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(to_base64(as_bytes(plain)), text);
        EXPECT_EQ(from_base64(text).value(), to_bytes(plain));
        const std::string raw = std::string(text).substr(0, std::string_view(text).find('='));
        EXPECT_EQ(to_base64_raw(as_bytes(plain)), raw);
        EXPECT_EQ(from_base64_raw(raw).value(), to_bytes(plain));
    }
}

TEST(Base64, HasOneSpellingOnly) {
    for (const char* const bad : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9", "Zm9v\n", " Zm9v", "Zm-_",
                                  "Zm9v====", "=", "Zg==Zg=="}) {
        EXPECT_FALSE(from_base64(bad).ok()) << bad;
    }
    for (const char* const bad : {"Zg==", "Zh", "Z", "Zm9v=", "Zm9v\n"}) {
        EXPECT_FALSE(from_base64_raw(bad).ok()) << bad;
    }
}

TEST(Base64, RefusesEveryByteThatIsNoDigit) {
    for (unsigned byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '+' || c == '/';
        EXPECT_EQ(from_base64(std::string("AAA") + c).ok(), digit || c == '=') << byte;
        EXPECT_EQ(from_base64_raw(std::string(1, c) + "AAA").ok(), digit) << byte;
    }
}

TEST(Bech32, ComesBackUnderItsPrefixOnly) {
    FakeRandom random(2);
    for (std::size_t size = 1; size <= 40; ++size) {
        Bytes bytes(size);
        random.fill(bytes);
        const std::string text = to_bech32("age", bytes);
        Bytes back(size);
        ASSERT_TRUE(read_bech32("age", text, back).ok());
        EXPECT_EQ(back, bytes);
        EXPECT_FALSE(read_bech32("agf", text, back).ok());
        const SecretBytes upper = to_bech32_secret("age", bytes);
        EXPECT_TRUE(read_bech32("age", as_text(upper.view()), back).ok());
    }
}

TEST(Bech32, WritesTheExampleOfItsStandard) {
    // BIP 173: 20 bytes after a version symbol are not ours; the empty text "a12uel5l" is.
    EXPECT_EQ(to_bech32("a", {}), "a12uel5l");
    EXPECT_TRUE(read_bech32("a", "A12UEL5L", {}).ok());
    EXPECT_FALSE(read_bech32("a", "A12uEL5L", {}).ok());
    EXPECT_FALSE(read_bech32("a", "a12uel5m", {}).ok());
}

TEST(Crockford32, PadsWithZeroBits) {
    EXPECT_EQ(crockford32({}), "");
    EXPECT_EQ(crockford32(as_bytes("f")), "CR");
    EXPECT_EQ(crockford32(as_bytes("fo")), "CSQG");
    EXPECT_EQ(crockford32(as_bytes("foobar")), "CSQPYRK1E8");
}

TEST(ShortCode, ComesBackFromWhatAPersonWrites) {
    FakeRandom random(3);
    for (int i = 0; i < 2000; ++i) {
        const ShortCode code = short_of(random.id<Digest>());
        const std::string text = short_code(code);
        ASSERT_EQ(text.size(), 17U);
        EXPECT_EQ(read_short_code(text).value(), code);
        std::string grouped = short_code_grouped(code);
        EXPECT_EQ(grouped.size(), 21U);
        for (char& c : grouped) {
            c = c == '1' ? 'l' : c == '0' ? 'o' : static_cast<char>(tolower(c));
        }
        EXPECT_EQ(read_short_code(" " + grouped).value(), code) << grouped;
    }
}

TEST(ShortCode, FindsEveryWrongCharacterAndEverySwap) {
    const std::string good = short_code(sha256(as_bytes("slip")));
    const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (std::size_t i = 0; i + 1 < good.size(); ++i) {
        for (const char c : alphabet) {
            std::string bad = good;
            bad[i] = c;
            EXPECT_EQ(read_short_code(bad).ok(), c == good[i]) << bad;
        }
        std::string swapped = good;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_EQ(read_short_code(swapped).ok(), good[i] == good[i + 1]) << swapped;
    }
    EXPECT_FALSE(read_short_code(good.substr(1)).ok());
    EXPECT_FALSE(read_short_code("U" + good.substr(1)).ok());
}

}  // namespace assay::crypto
