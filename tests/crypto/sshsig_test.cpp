#include "crypto/sshsig.h"

#include <gtest/gtest.h>

namespace assay::crypto {

namespace {

class SshSignature : public testing::Test {
  protected:
    FakeRandom random_{5};
    SigningKey key_ = SigningKey::generate(random_);
    Bytes message_ = to_bytes("a kit");
    std::string text_ = sshsig_sign(key_, "assay", message_);
};

}  // namespace

TEST_F(SshSignature, NamesItsSigner) {
    EXPECT_EQ(sshsig_verify(text_, "assay", message_).value(), key_.verify_key());
}

TEST_F(SshSignature, IsForOneMessageAndOnePurpose) {
    EXPECT_EQ(sshsig_verify(text_, "assay", as_bytes("another")).error().code, Code::kCorrupt);
    EXPECT_EQ(sshsig_verify(text_, "file", message_).error().code, Code::kRefused);
}

TEST_F(SshSignature, NeverNamesTheSignerAfterAChange) {
    for (std::size_t i = 0; i < text_.size(); ++i) {
        std::string bad = text_;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(sshsig_verify(bad, "assay", message_).ok()) << i;
        EXPECT_FALSE(sshsig_verify(text_.substr(0, i), "assay", message_).ok() &&
                     i + 1 < text_.size());
    }
    EXPECT_FALSE(sshsig_verify(text_ + "x", "assay", message_).ok());
}

TEST_F(SshSignature, ReadsPublicKeysWithAndWithoutComment) {
    const std::string line = to_ssh_public_key(key_.verify_key());
    EXPECT_EQ(from_ssh_public_key(line).value(), key_.verify_key());
    EXPECT_EQ(from_ssh_public_key(line + " officer 3\n").value(), key_.verify_key());
    EXPECT_FALSE(from_ssh_public_key(line.substr(0, 40)).ok());
    EXPECT_FALSE(from_ssh_public_key("ssh-rsa AAAA").ok());
    EXPECT_FALSE(from_ssh_public_key("").ok());
}

}  // namespace assay::crypto
