#include "question-bank/sealed/zip.h"

#include <gtest/gtest.h>

#include "crypto/base/random.h"
#include "crypto/hash.h"

namespace assay::test {
namespace {

using Files = std::map<std::string, Bytes>;

Files some() {
    return {{"a.xml", to_bytes("<a/>")}, {"empty", {}}, {"图片/一.png", Bytes(70'000, 9)}};
}

TEST(Zip, ReadsBackWhatItWrote) {
    const auto read = sealed::read_zip(sealed::write_zip(some()));
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    EXPECT_EQ(*read, some());
}

TEST(Zip, WritesTheSameBytesForTheSameFiles) {
    EXPECT_EQ(sealed::write_zip(some()), sealed::write_zip(some()));
    EXPECT_EQ(crypto::sha256(sealed::write_zip(some())).hex(),
              "a77f701dbc4aba17737b2f7544f77bf539eb03de3f1cbcf2a60055d7f8800a79");
}

TEST(Zip, RefusesWhatIsCutOrChanged) {
    const Bytes zip = sealed::write_zip(some());
    for (std::size_t size = 0; size < zip.size(); size += 997) {
        EXPECT_FALSE(sealed::read_zip(ByteView(zip).first(size)).ok()) << size;
    }
    Bytes changed = zip;
    changed[36] ^= 1U;  // content of a.xml: its checksum is wrong then
    EXPECT_FALSE(sealed::read_zip(changed).ok());
}

TEST(Zip, ReadsRangesOfAMember) {
    Files files = some();
    FakeRandom random(5);
    random.fill(files.at("图片/一.png"));
    const Bytes zip = sealed::write_zip(files);
    const Bytes& whole = files.at("图片/一.png");
    auto reader = sealed::ZipReader::open(
        {zip.size(), [&](std::uint64_t offset, std::span<std::uint8_t> out) -> Result<std::size_t> {
             const ByteView rest = ByteView(zip).subspan(std::min<std::size_t>(offset, zip.size()));
             const std::size_t count = std::min(rest.size(), out.size());
             std::copy_n(rest.begin(), count, out.begin());
             return count;
         }});
    ASSERT_TRUE(reader.ok());
    for (int round = 0; round < 100; ++round) {
        const std::uint64_t offset = random.below(whole.size() + 10);
        Bytes out(random.below(5000));
        const auto count = reader->read_range("图片/一.png", offset, out);
        ASSERT_TRUE(count.ok()) << to_string(count.error());
        const std::size_t left = offset < whole.size() ? whole.size() - offset : 0;
        ASSERT_EQ(*count, std::min(left, out.size()));
        EXPECT_TRUE(std::equal(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(*count),
                               whole.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min<std::size_t>(offset, whole.size()))));
    }
    EXPECT_EQ(reader->read("nothing").error().code, Code::kNotFound);
    EXPECT_EQ(reader->size("empty").value(), 0U);
    EXPECT_TRUE(reader->read("empty").value().empty());
}

TEST(Zip, PassesOnTheErrorOfWhatItReads) {
    const Bytes zip = sealed::write_zip(some());
    const auto reader = sealed::ZipReader::open(
        {zip.size(), [](std::uint64_t, std::span<std::uint8_t>) -> Result<std::size_t> {
             return fail(Code::kIo, "base.disk.io"_id);
         }});
    ASSERT_FALSE(reader.ok());
    EXPECT_EQ(reader.error().code, Code::kIo);
}

}  // namespace
}  // namespace assay::test
