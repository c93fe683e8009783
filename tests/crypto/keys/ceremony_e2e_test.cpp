// A key ceremony from the first key to the witnesses' signatures, and what follows it over the
// years: rotation, revocation, other forms of a key, a share that is dictated.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/crypto/keys/keys_program.h"

namespace assay::keys {

namespace {

using testing::HasSubstr;

class KeyCeremony : public KeysProgram {
  protected:
    /// Three root officers, two exam officers, one key in shares: each says yes twice, the ceremony
    /// begins with one, and each key in shares takes two.
    static std::string words(int count) {
        std::string out;
        for (int i = 0; i < count; ++i) {
            out += "yes\n";
        }
        return out;
    }
    int hold(const std::string& input, const std::string& more = "") {
        put("pins", "root-1-pin\nroot-2-pin\nroot-3-pin\nofficer-1-pin\nofficer-2-pin\n");
        return keys("ceremony run --folder c --title 'first keys' --organisation " +
                        std::string(32, 'a') +
                        " --present li --present wang --root zhao --root qian --root sun"
                        " --officer zhou --officer wu --shared scoring=2/3 --pin-fd 3 " +
                        more,
                    input, "pins");
    }
    void witness(const std::string& name) {
        make_ring(name);
        ASSERT_EQ(keys("sign c/transcript.txt --purpose assay-ceremony --ring " + name +
                       ".keys --signature " + name + ".sig --pin-fd 3"),
                  0)
            << err_;
    }
};

}  // namespace

TEST_F(KeyCeremony, LeavesKeysSharesAListAndATranscriptThatWitnessesSign) {
    ASSERT_EQ(hold(words(13)), 0) << err_;
    for (const char* const name : {"c/root-sun.keys", "c/officer-wu.pub", "c/scoring-share-3.share",
                                   "c/rows.json", "c/key-list.dsse.json", "c/transcript.txt"}) {
        EXPECT_TRUE(has(name)) << name;
    }
    // No key lies there in the clear: of the shared one only shares, of the others PIN files.
    EXPECT_NE(shell("grep -rl AGE-SECRET-KEY c"), 0);
    put("root-1", "root-1-pin\n");
    EXPECT_EQ(keys("ring show c/root-zhao.keys --pin-fd 3", "", "root-1"), 0) << err_;
    EXPECT_EQ(keys("ring show c/root-qian.keys --pin-fd 3", "", "root-1"), 12);

    witness("li");
    witness("wang");
    const std::string check = "ceremony check --folder c --witness " + key("li", "signing") +
                              " --witness " + key("wang", "signing");
    ASSERT_EQ(keys(check + " --needed 2 --signature li.sig --signature wang.sig"), 0) << err_;
    EXPECT_THAT(out_, HasSubstr(" rejoined scoring age1"));
    EXPECT_EQ(keys(check + " --needed 2 --signature li.sig --signature li.sig"), 12);
    make_ring("stranger");
    ASSERT_EQ(keys("sign c/transcript.txt --purpose assay-ceremony --ring stranger.keys "
                   "--signature stranger.sig --pin-fd 3"),
              0);
    EXPECT_EQ(keys(check + " --signature stranger.sig"), 12);
    put("c/rows.json", get("c/rows.json") + " ");
    EXPECT_EQ(keys(check + " --signature li.sig"), 11);
    EXPECT_THAT(err_, HasSubstr("rows.json"));
}

TEST_F(KeyCeremony, IsFoundOutWhereItsTranscriptTellsAnotherStory) {
    ASSERT_EQ(hold(words(13)), 0) << err_;
    make_ring("other", "--signing signing --age age");
    make_ring("li");
    const std::string told = get("c/transcript.txt");
    const auto retold = [&](const std::string& line, const std::string& value) {
        const std::size_t at = told.find(line) + line.size();
        std::string text = told;
        put("c/transcript.txt", text.replace(at, text.find('\n', at) - at, value));
        std::filesystem::remove(folder_.path() / "li.sig");
        EXPECT_EQ(keys("sign c/transcript.txt --purpose assay-ceremony --ring li.keys --signature "
                       "li.sig --pin-fd 3"),
                  0)
            << err_;
        return keys("ceremony check --folder c --witness " + key("li", "signing") +
                    " --signature li.sig");
    };
    EXPECT_EQ(retold(" rejoined scoring ", key("other", "age")), 11);
    EXPECT_THAT(err_, HasSubstr("scoring (rejoined)"));
    EXPECT_EQ(retold(" root zhao ", key("other", "signing")), 11);
    EXPECT_EQ(retold(" officer wu ", key("other", "signing")), 11);
    EXPECT_THAT(err_, HasSubstr("wu (officer)"));
    EXPECT_EQ(retold(" list key-list ", std::string(64, '0')), 11);
    EXPECT_EQ(retold("assay-ceremony/v1 ", told.substr(18, told.find('\n') - 18)), 0) << err_;
}

TEST_F(KeyCeremony, AnySharesThatAreEnoughGiveTheKeyBack) {
    ASSERT_EQ(hold(words(13)), 0) << err_;
    ASSERT_EQ(keys("share combine c/scoring-share-1.share c/scoring-share-3.share --out s.keys "
                   "--pin-fd 3"),
              0)
        << err_;
    EXPECT_THAT(get("c/transcript.txt"), HasSubstr(" shared scoring " + out_.substr(4)));
    EXPECT_EQ(keys("share combine c/scoring-share-1.share --out t.keys --pin-fd 3"), 12);
}

TEST_F(KeyCeremony, StopsAtAnyWordButYes) {
    EXPECT_EQ(hold(words(4) + "no\n"), 13);
    EXPECT_FALSE(has("c/transcript.txt"));
    EXPECT_THAT(err_, HasSubstr("stopped"));
}

TEST_F(KeyCeremony, RefusesAPlanThatCannotHold) {
    EXPECT_EQ(hold(words(13), "--root-threshold 4"), 2);
    EXPECT_EQ(hold(words(13), "--root zhao"), 2);
    EXPECT_EQ(hold(words(13), "--shared escrow"), 2);
    EXPECT_EQ(hold(words(13), "--officer 'Not A Name'"), 2);
    EXPECT_FALSE(has("c"));
}

TEST_F(KeyCeremony, IsFollowedByRotationAndRevocation) {
    ASSERT_EQ(hold(words(13)), 0) << err_;
    const std::string old_id = get("c/officer-wu.pub").substr(16, 32);
    make_ring("new");
    const std::string rotate = "list rotate --rows c/rows.json --role exam-officer --id ";
    EXPECT_EQ(keys(rotate + id("new") + " --public new.pub"), 15);
    ASSERT_EQ(keys(rotate + old_id + " --public new.pub"), 0) << err_;
    const std::string lost = out_.substr(0, out_.size() - 1);
    EXPECT_THAT(get("c/officer-wu.pub"), HasSubstr(lost));
    EXPECT_EQ(keys(rotate + id("new") + " --public new.pub"), 14);

    const std::string revoke =
        "list revoke --key " + lost + " --tree-size 7 --previous c/key-list.dsse.json --out ";
    ASSERT_EQ(keys(revoke + "next.json --desk-time 2026-03-01T08:30:00Z"), 0) << err_;
    EXPECT_THAT(err_, HasSubstr("Key list 2"));
    EXPECT_EQ(
        keys("list revoke --key " + lost + " --tree-size 7 --previous next.json --out third.json"),
        14);
    EXPECT_EQ(keys(revoke + "bad.json --desk-time noon"), 2);
    EXPECT_FALSE(has("bad.json"));
}

TEST_F(KeyCeremony, KeysChangeTheirForm) {
    make_ring("alice", "--signing signing --age age");
    put("key", key("alice", "signing") + "\n");
    for (const char* const form : {"ssh", "pem", "text"}) {
        ASSERT_EQ(keys(std::string("convert key key --to ") + form), 0) << err_;
        put("other", out_);
        ASSERT_EQ(keys("convert key other --to text"), 0) << err_;
        EXPECT_EQ(out_, get("key"));
    }
    ASSERT_EQ(keys("convert key key --to pem"), 0);
    put("key.pem", out_);
    if (shell("command -v openssl >/dev/null") == 0) {
        EXPECT_EQ(shell("openssl pkey -pubin -in key.pem -noout"), 0);
    }
    EXPECT_EQ(keys("convert key key --to xml"), 2);
    put("plain", "text");
    ASSERT_EQ(keys("encrypt --to " + key("alice", "age") + " --in plain --out f.age"), 0);
    ASSERT_EQ(keys("convert file f.age --out f.pem"), 0) << err_;
    ASSERT_EQ(keys("convert file f.pem --out g.age"), 0) << err_;
    EXPECT_EQ(get("f.age"), get("g.age"));
    EXPECT_EQ(keys("convert file plain --out h.age"), 10);
    ASSERT_EQ(keys("ring export alice.keys --key age --out identity --pin-fd 3"), 0);
    ASSERT_EQ(keys("convert identity identity --out back.keys --pin-fd 3"), 0) << err_;
    EXPECT_EQ(out_, "age " + key("alice", "age") + "\n");
}

TEST_F(KeyCeremony, ADictatedShareNamesItsWrongRowAtOnce) {
    make_ring("exam", "--age scoring");
    ASSERT_EQ(keys("share split --ring exam.keys --key scoring --group 2/3 --folder s --pin-fd 3"),
              0);
    const std::string share = "s/group-1-member-2.share";
    ASSERT_EQ(keys("share show --numbers " + share), 0);
    const std::string rows = out_;
    std::string wrong = rows.substr(0, rows.find('\n'));
    wrong[0] = wrong[0] == '0' ? '1' : '0';
    ASSERT_EQ(keys("share type --out typed", wrong + '\n' + rows), 0) << err_;
    EXPECT_EQ(get("typed"), get(share));
    EXPECT_THAT(err_, HasSubstr("row 1"));
    ASSERT_EQ(keys("share type --out words", get(share) + "\n"), 0) << err_;
    EXPECT_EQ(get("words"), get(share));
    EXPECT_EQ(keys("share type --out short", rows.substr(0, 60)), 10);
    EXPECT_FALSE(has("short"));
    ASSERT_EQ(keys("share show --words --qr " + share), 0);
    EXPECT_THAT(out_, HasSubstr(get(share)));
    EXPECT_THAT(out_, HasSubstr("\u2588"));
}

}  // namespace assay::keys
