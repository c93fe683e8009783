#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <sodium.h>

#include "crypto/aead.h"
#include "crypto/base/disk.h"
#include "crypto/base/hex.h"
#include "crypto/ed25519.h"
#include "crypto/kdf.h"
#include "tests/support/conformance.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

namespace json = boost::json;

json::value read_json(const Path& path) {
    SystemDisk disk;
    return json::parse(as_text(read_file(disk, path, 1U << 26U).value()));
}

Bytes bytes_of(const json::value& object, const char* name) {
    return from_hex(std::string(object.at(name).as_string())).value();
}

bool is_valid(const json::value& test) { return test.at("result").as_string() == "valid"; }

/// Every wycheproof file of this type that is there; the number of cases.
std::size_t each_case(const char* type,
                      const std::function<void(const json::value&, const json::value&)>& check) {
    test::Walked walked("cases of " + std::string(type));
    const Path root = *test::conformance_data() / "crypto/wycheproof";
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        if (entry.path().extension() != ".json") {
            continue;
        }
        const json::value file = read_json(entry.path());
        for (const json::value& group : file.at("testGroups").as_array()) {
            if (group.at("type").as_string() != type) {
                continue;
            }
            for (const json::value& test : group.at("tests").as_array()) {
                SCOPED_TRACE(entry.path().filename().string() + " " +
                             std::to_string(test.at("tcId").as_int64()));
                check(group, test);
                walked.file(entry.path());
                walked.cases();
            }
        }
    }
    return walked.count();
}

bool our_rule(ByteView key, ByteView message, ByteView signature) {
    const Result<VerifyKey> read = VerifyKey::from_bytes(key);
    const Result<Signature> sig = Signature::from_bytes(signature);
    return read.ok() && sig.ok() && read->verifies(message, *sig);
}

bool openssl_accepts(ByteView key, ByteView message, ByteView signature) {
    EVP_PKEY* const read =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size());
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    const bool out = read != nullptr &&
                     EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, read) == 1 &&
                     EVP_DigestVerify(context, signature.data(), signature.size(), message.data(),
                                      message.size()) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(read);
    return out;
}

}  // namespace

TEST(Wycheproof, HasNoFileThatNoTestReads) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::set<std::string> read = {"EddsaVerify", "XdhComp", "AeadTest", "HkdfTest"};
    const Path root = *test::conformance_data() / "crypto/wycheproof";
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        if (entry.path().extension() == ".json") {
            const json::value file = read_json(entry.path());
            for (const json::value& group : file.at("testGroups").as_array()) {
                EXPECT_TRUE(read.contains(std::string(group.at("type").as_string())))
                    << entry.path();
            }
        }
    }
}

TEST(Wycheproof, Ed25519) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::size_t count =
        each_case("EddsaVerify", [](const json::value& group, const json::value& test) {
            const bool accepted = our_rule(bytes_of(group.at("publicKey"), "pk"),
                                           bytes_of(test, "msg"), bytes_of(test, "sig"));
            EXPECT_EQ(accepted, is_valid(test));
        });
    EXPECT_GE(count, 100U);
}

TEST(Wycheproof, X25519) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::size_t count = each_case("XdhComp", [](const json::value&, const json::value& test) {
        std::array<std::uint8_t, 32> shared{};
        const bool computed = crypto_scalarmult(shared.data(), bytes_of(test, "private").data(),
                                                bytes_of(test, "public").data()) == 0;
        const std::string expected(test.at("shared").as_string());
        // A shared secret of zeros must be refused, whatever the vector says about it.
        EXPECT_EQ(computed, expected != std::string(64, '0'));
        if (computed) {
            EXPECT_EQ(to_hex(shared), expected);
        }
    });
    EXPECT_GE(count, 300U);
}

TEST(Wycheproof, ChaCha20Poly1305) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::size_t count =
        each_case("AeadTest", [](const json::value& group, const json::value& test) {
            if (group.at("ivSize").as_int64() != 96 || group.at("keySize").as_int64() != 256) {
                return;
            }
            Bytes sealed = bytes_of(test, "ct");
            append(sealed, bytes_of(test, "tag"));
            const ChaChaKey key(bytes_of(test, "key"));
            const Bytes iv = bytes_of(test, "iv");
            ChaChaKey::Nonce nonce{};
            ASSERT_EQ(iv.size(), nonce.size());
            std::copy(iv.begin(), iv.end(), nonce.begin());
            Bytes plain(sealed.size() - kAeadTagBytes);
            const bool opened = key.open(nonce, bytes_of(test, "aad"), sealed, plain);
            EXPECT_EQ(opened, is_valid(test));
            if (opened) {
                EXPECT_EQ(plain, bytes_of(test, "msg"));
                Bytes again(sealed.size());
                key.seal(nonce, bytes_of(test, "aad"), plain, again);
                EXPECT_EQ(again, sealed);
            }
        });
    EXPECT_GE(count, 200U);
}

TEST(Wycheproof, HkdfSha256) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::size_t count =
        each_case("HkdfTest", [](const json::value&, const json::value& test) {
            const Bytes expected = bytes_of(test, "okm");
            if (!is_valid(test)) {
                return;
            }
            // Ours gives the first block; a shorter or longer output begins with the same bytes.
            const SecretBytes okm = hkdf_sha256(bytes_of(test, "ikm"), bytes_of(test, "salt"),
                                                as_text(bytes_of(test, "info")));
            const std::size_t same = std::min(expected.size(), okm.size());
            EXPECT_EQ(to_hex(okm.view().first(same)), to_hex(ByteView(expected).first(same)));
        });
    EXPECT_GE(count, 50U);
}

namespace {

bool libsodium_accepts(ByteView key, ByteView message, ByteView signature) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       key.data()) == 0;
}

/// How many signatures each verifier accepts: of all, and of those with a flag.
struct Accepted {
    std::size_t total = 0;
    std::size_t openssl = 0;
    std::size_t sodium = 0;
    std::size_t ours = 0;

    void count(bool by_openssl, bool by_sodium, bool by_us) {
        ++total;
        openssl += by_openssl ? 1U : 0U;
        sodium += by_sodium ? 1U : 0U;
        ours += by_us ? 1U : 0U;
    }
    void print(const std::string& what) const {
        std::cout << "| " << what << " | " << total << " | " << openssl << " | " << sodium << " | "
                  << ours << " |\n";
    }
};

std::vector<std::string> flags_of(const json::value& vector) {
    std::vector<std::string> out;
    if (vector.at("flags").is_array()) {
        for (const json::value& flag : vector.at("flags").as_array()) {
            out.emplace_back(flag.as_string());
        }
    }
    return out;
}

void count_vectors(const json::value& vectors, std::map<std::string, Accepted>& counts) {
    for (const json::value& vector : vectors.as_array()) {
        const Bytes key = bytes_of(vector, "key");
        const Bytes sig = bytes_of(vector, "sig");
        const Bytes message = to_bytes(std::string(vector.at("msg").as_string()));
        const bool ours = our_rule(key, message, sig);
        std::vector<std::string> flags = flags_of(vector);
        EXPECT_FALSE(ours && !flags.empty()) << vector.at("number");
        flags.emplace_back("all");
        for (const std::string& flag : flags) {
            counts[flag].count(openssl_accepts(key, message, sig),
                               libsodium_accepts(key, message, sig), ours);
        }
    }
}

}  // namespace

// Prints the table of crypto/README.md.
TEST(AdversarialEd25519, OurRuleAcceptsNone) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    test::Walked walked("adversarial signatures");
    std::map<std::string, Accepted> counts;
    const Path root = *test::conformance_data() / "crypto/cctv-ed25519";
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        if (entry.path().extension() == ".json") {
            count_vectors(read_json(entry.path()), counts);
            walked.file(entry.path());
        }
    }
    std::cout << "| flag | signatures | OpenSSL | libsodium | this rule |\n|---|---|---|---|---|\n";
    for (const auto& [flag, accepted] : counts) {
        accepted.print(flag);
    }
    walked.cases(counts["all"].total);
    EXPECT_GE(counts["all"].total, 652U);
    EXPECT_EQ(counts["all"].ours, 0U);
}

}  // namespace assay::crypto
