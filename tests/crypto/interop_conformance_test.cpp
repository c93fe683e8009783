// Debian's age, ssh-keygen and openssl, in both directions.
#include <cstdlib>

#include <gtest/gtest.h>

#include "crypto/age.h"
#include "crypto/armor.h"
#include "crypto/base/disk.h"
#include "crypto/dsse.h"
#include "crypto/sshsig.h"
#include "tests/support/paths.h"

namespace assay::crypto {

namespace {

constexpr std::uint64_t kFileBytesMax = std::uint64_t{1} << 26U;

class Interop : public testing::Test {
  protected:
    void need(const std::string& tool) {
        if (run("command -v " + tool + " >/dev/null") != 0) {
            GTEST_SKIP() << tool << " is not installed";
        }
    }
    int run(const std::string& command) {
        const std::string line = "cd " + folder_.path().string() + " && { " + command + "; }";
        return std::system(line.c_str());
    }
    void put(const char* name, ByteView bytes) {
        ASSERT_TRUE(write_file(disk_, folder_.path() / name, bytes).ok());
    }
    Bytes get(const char* name) {
        return read_file(disk_, folder_.path() / name, kFileBytesMax).value();
    }
    Bytes sample(std::size_t size) {
        Bytes out(size);
        random_.fill(out);
        return out;
    }

    test::TempFolder folder_;
    SystemDisk disk_;
    FakeRandom random_{21};
};

class AgeInterop : public Interop, public testing::WithParamInterface<std::size_t> {};

}  // namespace

TEST_P(AgeInterop, TheAgeProgramOpensOursAndWeOpenIts) {
    need("age");
    if (IsSkipped()) {
        return;
    }
    const AgeIdentity key = AgeIdentity::generate(random_);
    const AgeIdentity other = AgeIdentity::generate(random_);
    const Bytes plain = sample(GetParam());
    const std::vector<AgeRecipient> both = {other.recipient(), key.recipient()};
    put("key", key.text().view());
    put("ours.age", age_encrypt(random_, plain, both));
    put("plain", plain);
    ASSERT_EQ(run("age -d -i key ours.age > opened"), 0);
    EXPECT_EQ(get("opened"), plain);

    const std::string to = " -r " + both[0].text() + " -r " + both[1].text();
    ASSERT_EQ(run("age -e" + to + " -o theirs.age plain"), 0);
    EXPECT_EQ(age_decrypt(get("theirs.age"), key).value(), plain);
    ASSERT_EQ(run("age -e -a" + to + " -o theirs.pem plain"), 0);
    const Bytes armored = get("theirs.pem");
    const Bytes file = age_dearmor(as_text(armored)).value();
    EXPECT_EQ(age_decrypt(file, key).value(), plain);
    EXPECT_EQ(age_armor(file), as_text(armored));
}

INSTANTIATE_TEST_SUITE_P(Sizes, AgeInterop, testing::Values(0, 1, 65535, 65536, 65537, 16U << 20U));

TEST_F(Interop, ReadsAKeyFileOfAgeKeygen) {
    need("age-keygen");
    if (IsSkipped()) {
        return;
    }
    ASSERT_EQ(run("age-keygen -o key 2>/dev/null && age-keygen -y key > recipient"), 0);
    const Bytes text = get("recipient");
    const std::string_view line = as_text(text).substr(0, text.size() - 1);
    EXPECT_EQ(AgeIdentity::from_file_text(get("key"))->recipient().text(), line);
}

TEST_F(Interop, ThePinFileOpensBothWays) {
    need("age");
    need("script");
    if (IsSkipped()) {
        return;
    }
    const Pin pin(SecretBytes::copy_of(as_bytes("24681357")));
    put("ours.age", age_encrypt_passphrase(random_, as_bytes("token"), pin, 12).value());
    // age reads the passphrase from a terminal only; `script` gives it one.
    ASSERT_EQ(run("{ sleep 1; echo 24681357; sleep 2; } | "
                  "script -qec 'age -d -o opened ours.age' /dev/null >/dev/null"),
              0);
    EXPECT_EQ(as_text(get("opened")), "token");
    ASSERT_EQ(run("{ sleep 1; echo 24681357; sleep 1; echo 24681357; sleep 4; } | "
                  "script -qec 'age -p -o theirs.age opened' /dev/null >/dev/null"),
              0);
    EXPECT_EQ(as_text(age_decrypt_passphrase(get("theirs.age"), pin, 20)->view()), "token");
}

namespace {

/// DER around the 32 bytes of an Ed25519 public key (RFC 8410).
Bytes public_der(const VerifyKey& key) {
    Bytes out = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    append(out, key.view());
    return out;
}

class SignatureInterop : public Interop, public testing::WithParamInterface<std::size_t> {};

}  // namespace

TEST_P(SignatureInterop, SshKeygenAgreesBothWays) {
    need("ssh-keygen");
    if (IsSkipped()) {
        return;
    }
    const SigningKey key = SigningKey::generate(random_);
    const Bytes plain = sample(GetParam());
    put("message", plain);
    put("ours.sig", as_bytes(sshsig_sign(key, "assay", plain)));
    put("signers", as_bytes("officer " + to_ssh_public_key(key.verify_key()) + "\n"));
    EXPECT_EQ(run("ssh-keygen -Y verify -f signers -I officer -n assay -s ours.sig >/dev/null 2>&1 "
                  "< message"),
              0);
    ASSERT_EQ(run("ssh-keygen -q -t ed25519 -N '' -C '' -f theirs && "
                  "ssh-keygen -q -Y sign -f theirs -n assay message >/dev/null 2>&1"),
              0);
    const Bytes signature = get("message.sig");
    const Bytes line = get("theirs.pub");
    EXPECT_EQ(sshsig_verify(as_text(signature), "assay", plain).value(),
              from_ssh_public_key(as_text(line)).value());
    Bytes other = plain;
    other.push_back(0);
    EXPECT_FALSE(sshsig_verify(as_text(signature), "assay", other).ok());
}

TEST_P(SignatureInterop, OpensslAgreesBothWays) {
    need("openssl");
    if (IsSkipped()) {
        return;
    }
    const Bytes plain = sample(GetParam());
    const SigningKey key = SigningKey::generate(random_);
    put("message", plain);
    put("ours.sig", key.sign(plain).view());
    put("public.der", public_der(key.verify_key()));
    const std::string openssl_verify =
        "openssl pkeyutl -verify -pubin -keyform DER -inkey public.der -rawin -in message "
        "-sigfile ours.sig >/dev/null 2>&1";
    // pkeyutl 3.0 does not take an empty file for a message.
    EXPECT_EQ(run(openssl_verify) == 0, !plain.empty());
    ASSERT_EQ(run("openssl genpkey -algorithm ed25519 -out their.pem && openssl pkey -in their.pem "
                  "-pubout -outform DER -out their.der"),
              0);
    const bool signed_there = run("openssl pkeyutl -sign -inkey their.pem -rawin -in message -out "
                                  "their.sig 2>/dev/null") == 0;
    EXPECT_EQ(signed_there, !plain.empty());
    if (!signed_there) {
        return;
    }
    const Bytes der = get("their.der");
    const VerifyKey theirs = VerifyKey::from_bytes(ByteView(der).last(32)).value();
    EXPECT_TRUE(theirs.verifies(plain, Signature::from_bytes(get("their.sig")).value()));
}

TEST_P(SignatureInterop, JqReadsTheEnvelopeOfAnyPayload) {
    need("jq");
    if (IsSkipped() || GetParam() > kEnvelopeBytesMax / 2) {
        return;  // an envelope is at most 512 KiB
    }
    const SigningKey key = SigningKey::generate(random_);
    Envelope envelope;
    envelope.payload = sample(GetParam());
    envelope.add_signature(key);
    put("envelope.json", as_bytes(envelope.json()));
    ASSERT_EQ(run("jq -r .payload envelope.json | base64 -d > payload"), 0);
    EXPECT_EQ(get("payload"), envelope.payload);
    // What jq writes in its shortest form is what we read.
    ASSERT_EQ(run("jq -cj . envelope.json > again.json"), 0);
    EXPECT_EQ(Envelope::parse(get("again.json")).value(), envelope);
    ASSERT_EQ(run("jq . envelope.json > pretty.json"), 0);
    EXPECT_FALSE(Envelope::parse(get("pretty.json")).ok());
}

INSTANTIATE_TEST_SUITE_P(Sizes, SignatureInterop,
                         testing::Values(0, 1, 65535, 65536, 65537, 16U << 20U));

TEST_F(Interop, SshKeygenChecksOurSignatureAndWeCheckIts) {
    need("ssh-keygen");
    if (IsSkipped()) {
        return;
    }
    const SigningKey key = SigningKey::generate(random_);
    put("message", as_bytes("a site kit\n"));
    put("ours.sig", as_bytes(sshsig_sign(key, "assay", as_bytes("a site kit\n"))));
    put("signers", as_bytes("officer " + to_ssh_public_key(key.verify_key()) + "\n"));
    const std::string check =
        "ssh-keygen -Y verify -f signers -I officer -n assay -s ours.sig >/dev/null 2>&1 < ";
    EXPECT_EQ(run(check + "message"), 0);
    EXPECT_NE(run(check + "signers"), 0);

    ASSERT_EQ(run("ssh-keygen -q -t ed25519 -N '' -C '' -f theirs && "
                  "ssh-keygen -q -Y sign -f theirs -n assay message >/dev/null 2>&1"),
              0);
    const Bytes signature = get("message.sig");
    const Bytes line = get("theirs.pub");
    EXPECT_EQ(sshsig_verify(as_text(signature), "assay", as_bytes("a site kit\n")).value(),
              from_ssh_public_key(as_text(line)).value());
    ASSERT_EQ(run("ssh-keygen -q -t ecdsa -N '' -f ec && cp message m2 && "
                  "ssh-keygen -q -Y sign -f ec -n assay m2 >/dev/null 2>&1"),
              0);
    const Bytes ecdsa = get("m2.sig");
    EXPECT_EQ(sshsig_verify(as_text(ecdsa), "assay", as_bytes("a site kit\n")).error().code,
              Code::kInvalid);
}

TEST_F(Interop, OpensslChecksAnEnvelopeAndWeCheckItsSignature) {
    need("openssl");
    if (IsSkipped()) {
        return;
    }
    const SigningKey key = SigningKey::generate(random_);
    Envelope envelope;
    envelope.payload = to_bytes("{}");
    envelope.add_signature(key);
    // The DER wrapping of an Ed25519 public key (RFC 8410) and of a private one.
    Bytes der = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    append(der, key.verify_key().view());
    put("public.der", der);
    Bytes secret = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                    0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
    append(secret, key.seed().view());
    put("secret.der", secret);
    put("pae", envelope.pae());
    put("sig", envelope.signatures[0].sig.view());
    EXPECT_EQ(run("openssl pkeyutl -verify -pubin -keyform DER -inkey public.der -rawin -in pae "
                  "-sigfile sig >/dev/null"),
              0);
    ASSERT_EQ(run("openssl pkeyutl -sign -keyform DER -inkey secret.der -rawin -in pae -out s2"),
              0);
    EXPECT_EQ(get("s2"), to_bytes(envelope.signatures[0].sig.view()));
}

TEST_F(Interop, TheCommandsOfTheReadmeCheckAnEnvelope) {
    need("openssl");
    need("jq");
    if (IsSkipped()) {
        return;
    }
    const SigningKey key = SigningKey::generate(random_);
    Envelope envelope;
    envelope.payload = to_bytes(R"({"label":"\u76d1\u8003"})");
    envelope.add_signature(key);
    Bytes der = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    append(der, key.verify_key().view());
    put("public.der", der);
    put("envelope.json", as_bytes(envelope.json()));
    ASSERT_EQ(run("openssl pkey -pubin -inform DER -in public.der -out officer.pem"), 0);
    const std::string check =
        "jq -r .payload envelope.json | base64 -d > payload && "
        "printf 'DSSEv1 28 application/vnd.in-toto+json %d ' \"$(stat -c %s payload)\" | "
        "cat - payload > signed && "
        "jq -r '.signatures[0].sig' envelope.json | base64 -d > sig && "
        "openssl pkeyutl -verify -pubin -inkey officer.pem -rawin -in signed -sigfile sig "
        ">/dev/null 2>&1";
    EXPECT_EQ(run(check), 0);
    envelope.payload.back() = ' ';
    put("envelope.json", as_bytes(envelope.json()));
    EXPECT_NE(run(check), 0);
}

}  // namespace assay::crypto
