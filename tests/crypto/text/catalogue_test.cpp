#include "crypto/text/catalogue.h"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace assay::text {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

void number(Bytes& out, std::size_t value, bool big) {
    for (unsigned i = 0; i < 4; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> (big ? 24 - 8 * i : 8 * i)));
    }
}

Bytes mo_file(const Pairs& pairs, bool big) {
    Bytes out;
    const std::size_t ids = 28;
    const std::size_t texts = ids + 8 * pairs.size();
    for (const std::size_t value : {std::size_t{0x950412de}, std::size_t{0}, pairs.size(), ids,
                                    texts, std::size_t{0}, std::size_t{0}}) {
        number(out, value, big);
    }
    std::string strings;
    for (const bool second : {false, true}) {
        for (const auto& pair : pairs) {
            const std::string& text = second ? pair.second : pair.first;
            number(out, text.size(), big);
            number(out, texts + 8 * pairs.size() + strings.size(), big);
            strings += text + '\0';
        }
    }
    append(out, as_bytes(strings));
    return out;
}

TEST(Catalogue, IsReadInEitherByteOrder) {
    for (const bool big : {false, true}) {
        const auto read = Catalogue::parse(mo_file({{"", "header"}, {"a.b", "句子"}}, big));
        ASSERT_TRUE(read.ok());
        EXPECT_EQ(read->size(), 1U);
        EXPECT_EQ(*read->find("a.b"), "句子");
        EXPECT_EQ(read->find("a"), nullptr);
    }
}

TEST(Catalogue, RefusesEveryCutOfTheFile) {
    const Bytes whole = mo_file({{"a.b", "sentence"}}, false);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        EXPECT_FALSE(Catalogue::parse(ByteView(whole).first(size)).ok()) << size;
    }
}

TEST(Catalogue, RefusesOffsetsOutsideOfTheFile) {
    for (const std::size_t field : {8U, 12U, 16U, 28U, 32U}) {
        Bytes bytes = mo_file({{"a.b", "sentence"}}, false);
        for (std::size_t i = 0; i < 4; ++i) {
            bytes[field + i] = 0xff;
        }
        EXPECT_EQ(Catalogue::parse(bytes).error().code, Code::kInvalid) << field;
    }
}

TEST(Catalogue, RefusesMoreThanItsLimit) {
    EXPECT_EQ(Catalogue::parse(Bytes(kCatalogueBytesMax + 1)).error().code, Code::kLimit);
}

}  // namespace
}  // namespace assay::text
