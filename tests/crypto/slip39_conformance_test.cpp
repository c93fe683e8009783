#include "crypto/slip39.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "crypto/base/hex.h"
#include "crypto/slip39_words.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

Bytes conformance_file(const char* name) {
    SystemDisk disk;
    return read_file(disk, *test::conformance_data() / "crypto/slip39" / name, 1U << 22U).value();
}

}  // namespace

TEST(Slip39Vectors, GiveTheirSecretOrAreRefused) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const Bytes text = conformance_file("vectors.json");
    const SecretBytes passphrase = SecretBytes::copy_of(as_bytes("TREZOR"));
    std::size_t count = 0;
    const boost::json::value vectors = boost::json::parse(as_text(text));
    for (const boost::json::value& vector : vectors.as_array()) {
        const std::string name(vector.at(0).as_string());
        std::vector<SecretBytes> shares;
        for (const boost::json::value& share : vector.at(1).as_array()) {
            shares.push_back(SecretBytes::copy_of(as_bytes(std::string(share.as_string()))));
        }
        const std::string expected(vector.at(2).as_string());
        const Result<SecretBytes> secret = slip39_combine(shares, passphrase);
        EXPECT_EQ(secret.ok() ? to_hex(secret->view()) : "", expected) << name;
        ++count;
    }
    EXPECT_GE(count, 30U);
}

TEST(Slip39Vectors, ShareTheListOfWords) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const Bytes text = conformance_file("wordlist.txt");
    std::string ours;
    for (std::size_t i = 0; i < slip39::kWords; ++i) {
        ours += std::string(slip39::word_of(static_cast<slip39::Word>(i))) + '\n';
    }
    EXPECT_EQ(ours, as_text(text));
}

}  // namespace assay::crypto
