#include "crypto/age.h"

#include <filesystem>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "crypto/age_bulk.h"
#include "crypto/armor.h"
#include "crypto/base/fake_disk.h"
#include "crypto/base/random.h"
#include "crypto/hash.h"
#include "tests/support/conformance.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

/// A file of the testkit: text header, empty line, age file.
struct Vector {
    std::string name;
    std::map<std::string, std::string> fields;
    Bytes file;

    std::string field(const std::string& key) const {
        const auto found = fields.find(key);
        return found == fields.end() ? "" : found->second;
    }
};

Bytes inflated(ByteView packed) {
    Bytes out(std::size_t{1} << 26U);
    uLongf size = out.size();
    if (uncompress(out.data(), &size, packed.data(), packed.size()) != Z_OK) {
        ADD_FAILURE() << "the vector does not inflate";
        size = 0;
    }
    out.resize(size);
    return out;
}

std::optional<Vector> read_vector(const Path& path) {
    SystemDisk disk;
    const Bytes all = read_file(disk, path, 1U << 26U).value();
    std::string_view rest = as_text(all);
    Vector out{path.filename(), {}, {}};
    while (!rest.empty() && rest[0] != '\n') {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) {
            return std::nullopt;
        }
        out.fields.emplace(line.substr(0, colon), line.substr(colon + 2));
        rest.remove_prefix(line.size() + 1);
    }
    if (rest.empty() || out.field("expect").empty()) {
        return std::nullopt;
    }
    out.file = to_bytes(rest.substr(1));
    if (out.field("compressed") == "zlib") {
        out.file = inflated(out.file);
    }
    return out;
}

std::vector<Vector> vectors(const char* folder, test::Walked& walked) {
    std::vector<Vector> out;
    const Path root = *test::conformance_data() / "crypto" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(root)) {
        if (std::optional<Vector> vector = read_vector(entry.path())) {
            out.push_back(std::move(*vector));
            walked.file(entry.path());
            walked.cases();
        } else {
            EXPECT_EQ(entry.path().filename(), "README.md") << "is no vector";
        }
    }
    return out;
}

/// What the testkit calls an outcome.
std::string outcome(const Status& status) {
    static const std::map<std::string, std::string, std::less<>> kNames = {
        {"crypto.age.header", "header failure"},   {"crypto.age.header-limit", "header failure"},
        {"crypto.age.work", "header failure"},     {"crypto.age.mac", "HMAC failure"},
        {"crypto.age.no-match", "no match"},       {"crypto.age.passphrase", "no match"},
        {"crypto.age.payload", "payload failure"}, {"crypto.armor.malformed", "armor failure"}};
    if (status.ok()) {
        return "success";
    }
    const auto found = kNames.find(status.error().what.id.text());
    return found == kNames.end() ? to_string(status.error()) : found->second;
}

Status with_passphrase(ByteView file, const std::string& passphrase, Bytes& released) {
    ASSAY_TRY(const SecretBytes plain,
              age_decrypt_passphrase(file, Pin(SecretBytes::copy_of(as_bytes(passphrase))), 18));
    released = to_bytes(plain.view());
    return Ok{};
}

/// One source gives a few bytes at a time, so that every seam of the reader is met.
Status with_identity(ByteView file, const AgeIdentity& identity, Bytes& released) {
    const Source source = [rest = file](std::span<std::uint8_t> out) mutable {
        const std::size_t part = std::min({out.size(), rest.size(), std::size_t{9973}});
        std::copy_n(rest.begin(), part, out.begin());
        rest = rest.subspan(part);
        return Result<std::size_t>(part);
    };
    ASSAY_TRY_STATUS(age_decrypt_stream(source, identity, [&](ByteView bytes) -> Status {
        append(released, bytes);
        return Ok{};
    }));
    return Ok{};
}

/// The other two ways to open must agree with the stream.
void check_other_ways(const Vector& vector, ByteView file, const AgeIdentity& identity,
                      const Status& stream, const Bytes& released) {
    const Result<Bytes> whole = age_decrypt(file, identity);
    EXPECT_EQ(whole.ok(), stream.ok()) << vector.name;
    if (whole.ok()) {
        EXPECT_EQ(*whole, released) << vector.name;
    } else {
        EXPECT_EQ(whole.error().what.id, stream.error().what.id) << vector.name;
    }
    FakeDisk disk;
    auto stored = disk.create("/file").value();
    ASSERT_TRUE(stored->append(file).ok());
    Result<AgeReader> reader = AgeReader::open(*stored, identity);
    Bytes read;
    bool good = reader.ok();
    if (good) {
        read.resize(reader->size());
        good = reader->read_at(0, read).ok();
    }
    EXPECT_EQ(good, stream.ok()) << vector.name;
    EXPECT_TRUE(!good || read == released) << vector.name;
}

/// The ways for large files hand on the same bytes and end in the same error.
void check_bulk_ways(const Vector& vector, ByteView file, const AgeIdentity& identity,
                     const Status& stream, const Bytes& released) {
    const Source source = [rest = file](std::span<std::uint8_t> out) mutable {
        const std::size_t part = std::min(out.size(), rest.size());
        std::copy_n(rest.begin(), part, out.begin());
        rest = rest.subspan(part);
        return Result<std::size_t>(part);
    };
    Bytes out;
    const Sink sink = [&out](ByteView bytes) -> Status {
        append(out, bytes);
        return Ok{};
    };
    for (const bool two_threads : {true, false}) {
        out.clear();
        const Result<std::uint64_t> size = two_threads
                                               ? age_decrypt_two_threads(source, identity, sink)
                                               : age_decrypt_memory(file, identity, sink);
        EXPECT_EQ(outcome(size.ok() ? Status(Ok{}) : Status(size.error())), outcome(stream))
            << vector.name;
        EXPECT_EQ(out, released) << vector.name;
        EXPECT_TRUE(!size.ok() || *size == out.size()) << vector.name;
    }
}

Status open_vector(const Vector& vector, Bytes& released) {
    Bytes file = vector.file;
    if (vector.field("armored") == "yes") {
        ASSAY_TRY(file, age_dearmor(as_text(vector.file)));
    }
    if (!vector.field("passphrase").empty()) {
        return with_passphrase(file, vector.field("passphrase"), released);
    }
    FakeRandom random(1);
    AgeIdentity identity = AgeIdentity::generate(random);
    if (!vector.field("identity").empty()) {
        ASSAY_TRY(identity, AgeIdentity::from_text(vector.field("identity")));
    }
    const Status status = with_identity(file, identity, released);
    check_other_ways(vector, file, identity, status, released);
    check_bulk_ways(vector, file, identity, status, released);
    return status;
}

}  // namespace

TEST(AgeTestkit, OpensOrRefusesEveryFileForTheRightReason) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    test::Walked walked("files of the age testkit, each opened in five ways");
    for (const Vector& vector : vectors("age-testkit", walked)) {
        Bytes released;
        EXPECT_EQ(outcome(open_vector(vector, released)), vector.field("expect")) << vector.name;
        if (!vector.field("payload").empty() && vector.field("passphrase").empty()) {
            EXPECT_EQ(sha256(released).hex(), vector.field("payload")) << vector.name;
        }
    }
    EXPECT_GE(walked.count(), 80U);
}

TEST(AgeTestkit, PassesOverRecipientsOfTheFuture) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    FakeRandom random(1);
    const AgeIdentity other = AgeIdentity::generate(random);
    test::Walked walked("files with post-quantum recipients, passed over");
    for (const Vector& vector : vectors("age-testkit-hybrid", walked)) {
        Bytes released;
        if (vector.field("identity").starts_with("AGE-SECRET-KEY-1")) {
            EXPECT_EQ(outcome(open_vector(vector, released)), vector.field("expect"))
                << vector.name;
            continue;
        }
        EXPECT_FALSE(AgeIdentity::from_text(vector.field("identity")).ok());
        const bool armored = vector.field("armored") == "yes";
        const Bytes file = armored ? age_dearmor(as_text(vector.file)).value() : vector.file;
        const Status status = with_identity(file, other, released);
        EXPECT_THAT((std::vector<std::string>{"no match", "header failure"}),
                    testing::Contains(outcome(status)))
            << vector.name;
        EXPECT_TRUE(released.empty());
    }
    EXPECT_GT(walked.count(), 0U);
}

/// A folder that arrives later must not go unread.
TEST(ConformanceData, HasNoFolderThatNoTestWalks) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    const std::vector<std::string> walked = {
        "age-testkit", "age-testkit-hybrid", "cctv-ed25519", "rfc6962-merkle", "slip39",
        "tlog",        "wycheproof"};
    for (const auto& entry :
         std::filesystem::directory_iterator(*test::conformance_data() / "crypto")) {
        EXPECT_THAT(walked, testing::Contains(entry.path().filename().string()));
    }
}

TEST(AgeTestkit, ArmorsAsTheStandardDoes) {
    if (!test::conformance_data()) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    test::Walked walked("files of the age testkit, armoured again");
    for (const Vector& vector : vectors("age-testkit", walked)) {
        const Result<Bytes> file = age_dearmor(as_text(vector.file));
        if (file.ok()) {
            EXPECT_EQ(age_dearmor(age_armor(*file)).value(), *file) << vector.name;
        }
    }
}

}  // namespace assay::crypto
