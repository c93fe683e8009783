// The program assay-keys as its users run it.
#include <gmock/gmock.h>

#include "tests/crypto/keys/keys_program.h"

namespace assay::keys {

namespace {

using testing::HasSubstr;

class Keys : public KeysProgram {};

}  // namespace

TEST_F(Keys, RingOpensWithItsPinAndNeverWithoutIt) {
    make_ring("alice", "--signing signing --signing tls --age age");
    EXPECT_EQ(keys("ring show alice.keys --pin-fd 3"), 0);
    EXPECT_EQ(out_, get("alice.pub"));
    EXPECT_EQ(keys("ring make --out alice.keys --age age --pin-fd 3"), 14) << err_;
    put("wrong", "246811\n");
    EXPECT_EQ(keys("ring show alice.keys --pin-fd 3", "", "wrong"), 12);
    EXPECT_THAT(err_, HasSubstr("hint: "));
    EXPECT_EQ(get("alice.keys").find("seed"), std::string::npos);
    put("short", "24681\n");
    EXPECT_NE(keys("ring make --out b.keys --age age --pin-fd 3", "", "short"), 0);
    EXPECT_FALSE(disk_.exists(folder_.path() / "b.keys"));
}

TEST_F(Keys, PinChanges) {
    make_ring("alice");
    put("new", "135791\n");
    ASSERT_EQ(keys("ring pin alice.keys --pin-fd 3 --new-pin-fd 4 4<new"), 0) << err_;
    EXPECT_EQ(keys("ring show alice.keys --pin-fd 3", "", "pin"), 12);
    EXPECT_EQ(keys("ring show alice.keys --pin-fd 3", "", "new"), 0);
}

TEST_F(Keys, SignsAFileForItsSignersOnly) {
    make_ring("alice");
    make_ring("bob");
    put("letter", "the letter");
    ASSERT_EQ(keys("sign letter --ring alice.keys --pin-fd 3"), 0) << err_;
    EXPECT_EQ(keys("verify letter --signer " + key("bob", "signing") + " --signer " +
                   key("alice", "signing")),
              0);
    EXPECT_EQ(keys("verify letter --signer " + key("bob", "signing")), 12);
    EXPECT_EQ(keys("verify letter --purpose other --signer " + key("alice", "signing")), 13);
    put("letter", "the lettuce");
    EXPECT_EQ(keys("verify letter --signer " + key("alice", "signing")), 11);
}

TEST_F(Keys, EncryptsThroughPipes) {
    make_ring("alice", "--age age");
    put("plain", std::string(200000, 'x'));
    const std::string program = test::program("assay-keys").string();
    for (const char* const form : {"", " --armor"}) {
        ASSERT_EQ(shell("cat plain | " + program + " encrypt --to " + key("alice", "age") + form +
                        " | " + program + " decrypt --ring alice.keys --pin-fd 3 3<pin >opened"),
                  0);
        EXPECT_EQ(get("opened"), get("plain"));
    }
    ASSERT_EQ(keys("encrypt --pin --in plain --out p.age --pin-fd 3"), 0) << err_;
    ASSERT_EQ(keys("decrypt --pin --in p.age --out p --pin-fd 3"), 0) << err_;
    EXPECT_EQ(get("p"), get("plain"));
}

TEST_F(Keys, LeavesNothingOfAFileThatWasCut) {
    make_ring("alice", "--age age");
    put("plain", std::string(200000, 'x'));
    ASSERT_EQ(keys("encrypt --to " + key("alice", "age") + " --in plain --out whole"), 0);
    put("cut", get("whole").substr(0, 150000));
    EXPECT_EQ(keys("decrypt --ring alice.keys --in cut --out opened --pin-fd 3"), 11);
    EXPECT_FALSE(disk_.exists(folder_.path() / "opened"));
    EXPECT_FALSE(disk_.exists(folder_.path() / "opened.part"));
}

TEST_F(Keys, ExportsForTheAgeProgram) {
    if (shell("command -v age >/dev/null") != 0) {
        GTEST_SKIP() << "age is not installed";
    }
    make_ring("alice", "--age age");
    ASSERT_EQ(keys("ring export alice.keys --key age --out identity --pin-fd 3"), 0) << err_;
    ASSERT_EQ(shell("echo hello | age -r " + key("alice", "age") + " | age -d -i identity >opened"),
              0);
    EXPECT_EQ(get("opened"), "hello\n");
}

TEST_F(Keys, SharesGiveTheKeyBack) {
    make_ring("exam", "--age scoring");
    ASSERT_EQ(keys("share split --ring exam.keys --key scoring --group 1/1 --group 2/3 "
                   "--groups-needed 2 --folder s --pin-fd 3"),
              0)
        << err_;
    EXPECT_EQ(keys("share combine s/group-1-member-1.share s/group-2-member-3.share --out no.keys "
                   "--pin-fd 3"),
              12);
    ASSERT_EQ(keys("share show --numbers s/group-2-member-3.share"), 0);
    put("dictated", out_);
    ASSERT_EQ(keys("share combine s/group-1-member-1.share dictated s/group-2-member-1.share "
                   "--out back.keys --pin-fd 3"),
              0)
        << err_;
    EXPECT_EQ(out_, "age " + key("exam", "scoring") + "\n");
    EXPECT_EQ(keys("share split --ring exam.keys --key scoring --group 1/3 --folder t --pin-fd 3"),
              2);
    EXPECT_EQ(keys("share split --ring exam.keys --key scoring --group x --folder t --pin-fd 3"),
              2);
}

TEST_F(Keys, KeyListIsMadeSignedAndChecked) {
    for (const char* const root : {"r1", "r2", "r3"}) {
        make_ring(root);
    }
    make_ring("desk", "--signing tls --signing signing --age age --signing site-log");
    const std::string organisation(32, 'a');
    const std::string site(32, 'b');
    const std::string row = "list row --rows rows.json --organisation " + organisation;
    ASSERT_EQ(keys(row + " --role exam-officer --public r1.pub --label 'officer 1'"), 0) << err_;
    ASSERT_EQ(keys(row + " --role desk --public desk.pub --label desk --site " + site), 0) << err_;
    ASSERT_EQ(keys(row + " --role site-log --public desk.pub --label log --site " + site), 0);
    EXPECT_EQ(keys(row + " --role desk --public desk.pub --label desk --site " + site), 14);
    EXPECT_EQ(keys(row + " --role desk --public r1.pub --label x --site " + site), 15);
    EXPECT_EQ(keys(row + " --role exam-officer --public desk.pub --label again"), 14);
    EXPECT_EQ(keys(row + " --role king --public r1.pub --label x"), 2);
    const std::string roots = " --root " + key("r1", "signing") + " --root " +
                              key("r2", "signing") + " --root " + key("r3", "signing");
    EXPECT_EQ(keys("list make --rows rows.json --out twice.json" + roots + " --root " +
                   key("r1", "signing")),
              2);
    ASSERT_EQ(keys("list make --rows rows.json --out list.json" + roots), 0) << err_;
    const std::string verify = "list verify list.json --rows rows.json" + roots;
    ASSERT_EQ(keys("statement sign list.json --ring r1.keys --pin-fd 3"), 0) << err_;
    EXPECT_EQ(keys(verify), 12);
    ASSERT_EQ(keys("statement sign list.json --ring r3.keys --pin-fd 3"), 0) << err_;
    EXPECT_EQ(keys(verify), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("officer 1"));
    EXPECT_EQ(keys("statement verify list.json --threshold 2 --signer " + key("r1", "signing") +
                   " --signer " + key("r3", "signing")),
              0);
    ASSERT_EQ(keys("list make --rows rows.json --out next.json --previous list.json" + roots), 0);
    EXPECT_THAT(err_, HasSubstr("Key list 2"));
    const std::string revoke = "list revoke --previous list.json --out n.json --key " +
                               key("r2", "signing") + " --tree-size ";
    EXPECT_EQ(keys(revoke + "-1"), 2);
    EXPECT_EQ(keys(revoke + "18446744073709551615"), 2);
    EXPECT_FALSE(has("n.json"));
    EXPECT_EQ(keys("statement verify list.json --threshold 0 --signer " + key("r1", "signing")), 2);
    put("rows.json", get("rows.json") + " ");
    EXPECT_EQ(keys(verify), 11);
}

TEST_F(Keys, RotatesTheRowOfAServerThatHasNoSigningKey) {
    make_ring("old", "--signing tls --age age");
    make_ring("new", "--signing tls --age age");
    ASSERT_EQ(keys("list row --rows rows.json --organisation " + std::string(32, 'a') +
                   " --role server --public old.pub --label server"),
              0)
        << err_;
    const std::string rotate = "list rotate --rows rows.json --role server --id ";
    EXPECT_EQ(keys(rotate + id("old") + " --public old.pub"), 14);
    ASSERT_EQ(keys(rotate + id("old") + " --public new.pub"), 0) << err_;
    EXPECT_THAT(get("rows.json"), HasSubstr(key("new", "age")));
    EXPECT_EQ(get("rows.json").find(key("old", "age")), std::string::npos);
}

TEST_F(Keys, NameTheFileThatIsWrongWhereThereAreSeveral) {
    make_ring("exam", "--age scoring");
    ASSERT_EQ(keys("share split --ring exam.keys --key scoring --group 2/3 --folder s --pin-fd 3"),
              0);
    const std::string share = get("s/group-1-member-2.share");
    put("mistyped", "x" + share);
    EXPECT_EQ(keys("share combine s/group-1-member-1.share mistyped --out n.keys --pin-fd 3"), 10);
    EXPECT_THAT(err_, HasSubstr("In the file mistyped:\nerror: "));
    put("plain", "text");
    EXPECT_EQ(keys("decrypt --ring plain --in plain --pin-fd 3"), 10);
    EXPECT_THAT(err_, HasSubstr("In the file plain:"));
}

TEST_F(Keys, SaysInBothLanguagesWhichPlanOfSharesCannotHold) {
    make_ring("exam", "--age scoring");
    const std::string split = "share split --ring exam.keys --key scoring --folder t --pin-fd 3 ";
    EXPECT_EQ(keys(split + "--group 4/3"), 2);
    EXPECT_THAT(err_, HasSubstr("A group of 3 members, 4 of them needed"));
    EXPECT_EQ(keys(split + "--group 2/3 --groups-needed 2"), 2);
    EXPECT_THAT(err_, HasSubstr("2 of 1 groups"));
    EXPECT_EQ(shell(test::program("assay-keys").string() + " --language zh-CN " + split +
                    "--group 4/3 3<pin 2>err"),
              2);
    EXPECT_THAT(get("err"), HasSubstr("3 个成员"));
    EXPECT_FALSE(has("t"));
}

TEST_F(Keys, SaysWhatIsWrongWithACommandLine) {
    EXPECT_EQ(keys(""), 2);
    EXPECT_EQ(keys("ring make --age age"), 2);
    EXPECT_EQ(keys("decrypt --in pin"), 2);
    EXPECT_EQ(keys("--help"), 0);
    EXPECT_THAT(out_, HasSubstr("share"));
    EXPECT_EQ(shell(test::program("assay-keys").string() + " --language zh-CN ring 2>err"), 2);
    EXPECT_THAT(get("err"), HasSubstr("错误"));
}

TEST_F(Keys, CallAWrongKeyOnTheCommandLineAWrongCommandLine) {
    make_ring("alice", "--signing signing --age age");
    put("letter", "text");
    ASSERT_EQ(keys("sign letter --ring alice.keys --pin-fd 3"), 0) << err_;
    EXPECT_EQ(keys("verify letter --signer garbage"), 2) << err_;
    EXPECT_EQ(keys("verify letter --signer " + key("alice", "signing") + " --signer garbage"), 2);
    EXPECT_THAT(err_, HasSubstr("--signer"));
    EXPECT_EQ(keys("verify --signer garbage"), 2);
    EXPECT_THAT(err_, HasSubstr("file is missing"));
    EXPECT_EQ(keys("encrypt --to garbage --in letter --out x"), 2) << err_;
    EXPECT_EQ(keys("encrypt --to " + key("alice", "age") + " --in letter --out no/folder"), 15);
    EXPECT_EQ(err_.find(".part"), std::string::npos) << err_;
}

TEST_F(Keys, LeaveNoRingBehindWhoseListOfKeysCouldNotBeWritten) {
    EXPECT_EQ(keys("ring make --out a.keys --public no/folder/a.pub --age age --pin-fd 3"), 15);
    EXPECT_THAT(err_, HasSubstr("There is no folder no/folder to write into."));
    EXPECT_FALSE(has("a.keys"));
}

}  // namespace assay::keys
