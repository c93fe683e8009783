// Bad input for keys and banks, as the programs of officers and custodians meet it.
#include <array>
#include <filesystem>

#include "tests/terminal/bad_input_fixture.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

class BadBank : public test::BadInput {};
class BadPin : public test::BadInput {};

constexpr const char* kTrust = " --keys list.dsse.json --rows rows.json";

TEST_F(BadPin, OpensNoKeyRingAnywhere) {
    write("wrong", "654321\n");
    bring_server();
    bring("bank");
    const char* const id = "crypto.age.passphrase";
    expect_refusal("@assay-keys ring show alice.keys --pin-fd 3 3<wrong", 12, id);
    expect_refusal("@assay-server status --folder server --keys server.keys --pin-fd 3 3<wrong", 12,
                   id);
    expect_refusal("@assay-bank open bank --ring scoring.keys --pin-fd 3 --out view 3<wrong" +
                       std::string(kTrust),
                   12, id);
    expect_refusal("@assay-desk --folder desk --keys desk.keys --pin-fd 3 --sitting " +
                       read("sitting").substr(0, 32) +
                       " --room 00000000000000000000000000000005 --no-window 3<wrong",
                   12, id);
    EXPECT_FALSE(fs::exists(path("view")));
    EXPECT_FALSE(fs::exists(path("desk")));
    EXPECT_EQ(shell(program("assay-keys") + "ring show alice.keys --pin-fd 3 3<pin").code, 0);
}

TEST_F(BadBank, ThatWasChangedByOneByteIsRefusedByCustodianAndServer) {
    bring_server();
    bring("bank-changed");
    const std::string before = shell(server("status --json")).out;
    expect_refusal("@assay-bank verify bank-changed" + std::string(kTrust), 11,
                   "sealed.bank.digest");
    expect_refusal(
        "@assay-server add-bank bank-changed --folder server --keys server.keys"
        " --pin-fd 3 3<pin",
        11, "server.bank.pair");
    EXPECT_EQ(shell(server("status --json")).out, before);
}

TEST_F(BadBank, SignedByOneOfficerOnlyIsRefusedByCustodianAndServer) {
    bring_server();
    bring("bank-one-officer");
    const std::string before = shell(server("status --json")).out;
    expect_refusal("@assay-bank verify bank-one-officer" + std::string(kTrust), 12,
                   "record.signature.too-few");
    expect_refusal(
        "@assay-server add-bank bank-one-officer --folder server --keys server.keys"
        " --pin-fd 3 3<pin",
        12, "record.signature.too-few");
    EXPECT_EQ(shell(server("status --json")).out, before);
}

TEST_F(BadBank, ForAnotherExamIsInNoPlan) {
    bring_server();
    bring("bank-other-exam");
    expect_refusal("@assay-server plan --definition other-exam.json --roster " +
                       (test::repository() / "scripts/demo.d/roster.csv").string() +
                       " --out plan --folder server --keys server.keys --pin-fd 3 3<pin",
                   10, "server.plan.part");
    EXPECT_FALSE(fs::exists(path("plan")));
}

TEST_F(BadBank, IsNotMadeOfAPackageThatIsNone) {
    write("letter.zip", "Dear colleague, here is the paper.");
    fs::create_directories(path("empty"));
    fs::create_directories(path("broken"));
    write("broken/imsmanifest.xml", "<manifest><resources>");
    fs::create_directories(path("other"));
    write("other/imsmanifest.xml", "<html><body>no manifest</body></html>");
    const std::string seal =
        " --out made --exam 00000000000000000000000000000003 --part "
        "00000000000000000000000000000004 --title T --not-before "
        "2026-01-01T00:00:00Z --not-after 2036-01-01T00:00:00Z "
        "--officer-share-out shares --scoring-recipient " +
        key("scoring", "scoring");
    const std::array<std::array<const char*, 2>, 4> none{
        {{"letter.zip", "item.package.not-a-zip"},
         {"empty", "item.package.no-manifest"},
         {"broken", "item.xml.malformed"},
         {"other", "item.package.not-a-manifest"}}};
    for (const auto& [name, id] : none) {
        SCOPED_TRACE(name);
        expect_refusal(std::string("@assay-bank check ") + name, 10, id);
        expect_refusal("@assay-bank seal " + std::string(name) + seal, 10, id);
        EXPECT_FALSE(fs::exists(path("made")));
        EXPECT_FALSE(fs::exists(path("shares")));
    }
    expect_refusal("@assay-bank check nowhere.zip", 15, "base.disk.not-found");
}

}  // namespace
}  // namespace assay
