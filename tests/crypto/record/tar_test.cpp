#include "crypto/record/tar.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"

namespace assay::test {
namespace {

using record::read_tar;
using record::TarEntry;
using record::write_tar;

std::vector<TarEntry> three() {
    return {{"a.json", to_bytes("{}")}, {"empty", {}}, {"z", Bytes(1000, 7)}};
}

/// Rewrites the checksum of the header at `at`, so that only what a test changed is wrong.
void mend_checksum(Bytes& tar, std::size_t at) {
    std::fill_n(tar.begin() + static_cast<std::ptrdiff_t>(at + 148), 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) {
        sum += tar[at + i];
    }
    for (int digit = 5; digit >= 0; --digit, sum /= 8) {
        tar[at + 148 + static_cast<std::size_t>(digit)] = static_cast<std::uint8_t>('0' + sum % 8);
    }
    tar[at + 154] = 0;
}

void expect_refused(ByteView tar) {
    const auto read = read_tar(tar);
    ASSERT_FALSE(read.ok());
    EXPECT_TRUE(read.error().what.id.text().starts_with("record.tar.")) << to_string(read.error());
}

Bytes with_name(const std::string& name) {
    Bytes tar = write_tar({{"placeholder", to_bytes("x")}});
    std::fill_n(tar.begin(), 100, std::uint8_t{0});
    std::copy(name.begin(), name.end(), tar.begin());
    mend_checksum(tar, 0);
    return tar;
}

TEST(Tar, ReadsBackWhatItWrote) {
    const auto read = read_tar(write_tar(three()));
    ASSERT_TRUE(read.ok()) << to_string(read.error());
    EXPECT_EQ(*read, three());
    EXPECT_TRUE(read_tar(write_tar({})).ok());
}

TEST(Tar, WritesTheSameBytesForEver) {
    // Packages are read in exactly these bytes: a change here makes old packages unreadable.
    EXPECT_EQ(crypto::sha256(write_tar(three())).hex(),
              "40ef92892d0ee0eecc2261a0e4413d5cb246d3d1ebdae2fa1d68dcca6ea88710");
}

TEST(Tar, RefusesNamesThatLeadElsewhere) {
    ASSERT_TRUE(read_tar(with_name("plain.name")).ok());
    for (const char* name :
         {"../up", "/root", "a/b", "..", ".", "back\\slash", "new\nline", "./a"}) {
        SCOPED_TRACE(name);
        expect_refused(with_name(name));
    }
}

TEST(Tar, RefusesLinksFoldersAndDevices) {
    for (const char type : {'1', '2', '3', '4', '5', '6', 'x', 'g', 'L', 'S'}) {
        SCOPED_TRACE(type);
        Bytes tar = write_tar({{"name", {}}, {"next", to_bytes("x")}});
        tar[156] = static_cast<std::uint8_t>(type);
        mend_checksum(tar, 0);
        expect_refused(tar);
    }
}

TEST(Tar, RefusesANameTwice) {
    expect_refused(write_tar({{"a", to_bytes("1")}, {"a", to_bytes("2")}}));
}

TEST(Tar, RefusesWhatIsCutAppendedOrChanged) {
    const Bytes tar = write_tar(three());
    for (std::size_t size = 0; size < tar.size(); size += 256) {
        SCOPED_TRACE(size);
        expect_refused(ByteView(tar).first(size));
    }
    Bytes longer = tar;
    longer.resize(tar.size() + 512);
    expect_refused(longer);
    Bytes after_the_end = tar;
    append(after_the_end, write_tar(three()));
    expect_refused(after_the_end);
    Bytes padding = tar;
    padding[512 + 2] = 1;  // behind the two bytes of a.json
    expect_refused(padding);
    Bytes owner = tar;
    owner[108 + 6] = '7';
    mend_checksum(owner, 0);
    expect_refused(owner);
}

TEST(Tar, RefusesMoreEntriesThanTheLimit) {
    std::vector<TarEntry> many;
    for (std::size_t i = 0; i <= record::kTarEntriesMax; ++i) {
        many.push_back({std::to_string(i), {}});
    }
    expect_refused(write_tar(many));
    many.pop_back();
    EXPECT_TRUE(read_tar(write_tar(many)).ok());
}

TEST(Tar, RefusesASizeThatIsNotThere) {
    Bytes tar = write_tar({{"a", to_bytes("x")}});
    for (std::size_t i = 124; i < 135; ++i) {
        tar[i] = '7';
    }
    mend_checksum(tar, 0);
    expect_refused(tar);
}

}  // namespace
}  // namespace assay::test
