#include "crypto/slip39.h"

#include <filesystem>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "crypto/base/hex.h"
#include "crypto/slip39_words.h"
#include "tests/support/conformance.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

/// The files of the folder that end like this.
std::vector<Bytes> conformance_files(const char* extension, test::Walked& walked) {
    SystemDisk disk;
    std::vector<Bytes> out;
    const Path root = *test::conformance_data() / "crypto/slip39";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.path().extension() == extension) {
            out.push_back(read_file(disk, entry.path(), 1U << 22U).value());
            walked.file(entry.path());
        }
    }
    return out;
}

/// A set of shares and the secret that it gives; empty where it must be refused.
void check_vector(const boost::json::value& vector) {
    const SecretBytes passphrase = SecretBytes::copy_of(as_bytes("TREZOR"));
    std::vector<SecretBytes> shares;
    for (const boost::json::value& share : vector.at(1).as_array()) {
        shares.push_back(SecretBytes::copy_of(as_bytes(std::string(share.as_string()))));
    }
    const std::string expected(vector.at(2).as_string());
    const Result<SecretBytes> secret = slip39_combine(shares, passphrase);
    EXPECT_EQ(secret.ok() ? to_hex(secret->view()) : "", expected) << vector.at(0).as_string();
}

}  // namespace

TEST(Slip39Vectors, GiveTheirSecretOrAreRefused) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    test::Walked walked("sets of shares");
    for (const Bytes& text : conformance_files(".json", walked)) {
        const boost::json::value vectors = boost::json::parse(as_text(text));
        for (const boost::json::value& vector : vectors.as_array()) {
            check_vector(vector);
            walked.cases();
        }
    }
    EXPECT_GE(walked.count(), 30U);
}

TEST(Slip39Vectors, ShareTheListOfWords) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    std::string ours;
    for (std::size_t i = 0; i < slip39::kWords; ++i) {
        ours += std::string(slip39::word_of(static_cast<slip39::Word>(i))) + '\n';
    }
    test::Walked walked("words of the list");
    walked.cases(slip39::kWords);
    const std::vector<Bytes> lists = conformance_files(".txt", walked);
    EXPECT_FALSE(lists.empty());
    for (const Bytes& list : lists) {
        EXPECT_EQ(ours, as_text(list));
    }
}

}  // namespace assay::crypto
