#include <gtest/gtest.h>

#include "tests/server/audit/audit_folder.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay::test {
namespace {

struct Ran {
    std::string output;
    int code = -1;
};

/// Both streams, in English. Arguments hold no quotes.
Ran run_command(const std::string& command) {
    const Ended ended = shell(command);
    return {ended.said(), ended.code};
}

const AuditFolder& house() {
    static const AuditFolder made(7);
    return made;
}

class Audit : public testing::Test {
  protected:
    std::string write(const AuditFolder::Files& files) {
        std::filesystem::remove_all(folder_.path());
        for (const auto& [name, bytes] : files) {
            const Path path = folder_.path() / name;
            EXPECT_TRUE(disk_.make_folders(path.parent_path()).ok());
            EXPECT_TRUE(write_file(disk_, path, bytes).ok());
        }
        return folder_.path().string();
    }
    std::string put(const std::string& name, ByteView bytes) {
        EXPECT_TRUE(disk_.make_folders(folder_.path()).ok());
        EXPECT_TRUE(write_file(disk_, folder_.path() / name, bytes).ok());
        return (folder_.path() / name).string();
    }
    Ran audit(const std::string& arguments) const {
        return run_command(program("assay-audit").string() + " --language en " + arguments);
    }
    Ran audit_package(const AuditFolder::Files& files) { return audit("package " + write(files)); }
    void expect_named(const AuditFolder::Files& files, const std::string& name) {
        const Ran run = audit_package(files);
        EXPECT_EQ(run.code, 20) << name << "\n" << run.output;
        EXPECT_NE(run.output.find("The first file that does not agree: " + name + " ("),
                  std::string::npos)
            << name << "\n"
            << run.output;
    }

    SystemDisk disk_;
    TempFolder folder_;
};

TEST_F(Audit, FindsThatAnUntouchedFolderAgrees) {
    const Ran run = audit_package(house().files(0));
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_EQ(run.output.find("DISAGREES"), std::string::npos) << run.output;
    EXPECT_NE(run.output.find("receipt: the package is entry 1 of the central log, tree of 4"),
              std::string::npos)
        << run.output;
    EXPECT_NE(run.output.find("compare this digest with one you know"), std::string::npos);
}

TEST_F(Audit, NamesTheFileInWhichABitWasFlipped) {
    const std::uint64_t seed = 20261123;
    FakeRandom random(seed);
    RecordProperty("seed", std::to_string(seed));
    for (const auto& [name, bytes] : house().files(0)) {
        for (int round = 0; round < 4; ++round) {
            auto files = house().files(0);
            const std::uint64_t bit = random.below(bytes.size() * 8);
            files[name][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            SCOPED_TRACE(name + " bit " + std::to_string(bit));
            expect_named(files, name);
        }
    }
}

TEST_F(Audit, NamesAFileOfAnotherAttempt) {
    for (const char* const name :
         {"receipt.txt", "site-proof.txt", "package.age", "attempt.key", "opening.dsse.json",
          "result.dsse.json", "evidence/0001.age", "marks/Q12.dsse.json"}) {
        auto files = house().files(0);
        files[name] = house().files(1).at(name);
        expect_named(files, name);
    }
}

TEST_F(Audit, NamesAFileOfAnotherOrganisation) {
    const AuditFolder other(8);
    for (const auto& [name, bytes] : other.files(0)) {
        auto files = house().files(0);
        files[name] = bytes;
        // Another list is right in itself; what it does not fit is its rows.
        expect_named(files, name == "keys/list.dsse.json" ? "keys/rows.json" : name);
    }
}

TEST_F(Audit, TakesFilesAsShellToolsWriteThem) {
    auto files = house().files(0);
    files["site-proof.txt"].push_back('\n');
    files["seal-0001.dsse.json"] = files["seal.dsse.json"];
    files.erase("seal.dsse.json");
    EXPECT_EQ(audit_package(files).code, 0);
    files["site-proof.txt"].push_back('\n');
    expect_named(files, "site-proof.txt");
}

TEST_F(Audit, WritesTheEvidenceAsOnePageThatReachesForNothing) {
    const std::string folder = write(house().files(0));
    const std::string page = folder + "/page.html";
    const Ran run = audit("evidence " + folder + " --out " + page);
    EXPECT_EQ(run.code, 0) << run.output;
    const std::string html = to_string(*read_file(disk_, page, 16U << 20U));
    const Ran again = audit("evidence " + folder + " --out " + page);
    EXPECT_EQ(again.code, 14) << again.output;
    for (const char* there : {"Nobody to be seen", "confidence 90 %", "process-ended",
                              "data:image/jpeg;base64,/9j/2Q==", "default-src 'none'"}) {
        EXPECT_NE(html.find(there), std::string::npos) << there;
    }
    for (const char* not_there : {"http:", "https:", "src=\"/", "@import"}) {
        EXPECT_EQ(html.find(not_there), std::string::npos) << not_there;
    }
}

TEST_F(Audit, WritesNoPageOfAPackageThatDidNotOpen) {
    auto files = house().files(0);
    files.erase("attempt.key");
    const std::string folder = write(files);
    EXPECT_EQ(audit("evidence " + folder + " --out " + folder + "/page.html").code, 15);
}

TEST_F(Audit, SaysOnThePageWhatDoesNotAgree) {
    auto files = house().files(0);
    files["evidence/0001.age"][300] ^= 1U;
    const std::string folder = write(files);
    const std::string page = folder + "/page.html";
    EXPECT_EQ(audit("evidence " + folder + " --out " + page).code, 20);
    EXPECT_NE(to_string(*read_file(disk_, page, 16U << 20U)).find("does NOT agree"),
              std::string::npos);
}

TEST_F(Audit, ComputesTheScoreAgainByteForByte) {
    const Ran run = audit_package(house().files(0));
    // 3 for Q01 and 12 that a person gave for Q12.
    EXPECT_NE(run.output.find("15 of 100, byte for byte the same result"), std::string::npos)
        << run.output;
    auto files = house().files(0);
    files.erase("marks/Q12.dsse.json");
    EXPECT_NE(audit_package(files).output.find("counts a mark sheet for item Q12"),
              std::string::npos);
    files = house().files(0);
    files["result.dsse.json"] = house().raised_result(0);
    expect_named(files, "result.dsse.json");
}

TEST_F(Audit, BelievesOnlyTheRootsThatItWasGiven) {
    const std::string folder = write(house().files(0));
    const Ran without = audit("package " + folder);
    const std::size_t at = without.output.find("you know: ");
    ASSERT_NE(at, std::string::npos) << without.output;
    std::string roots = without.output.substr(at + 10, 64);
    EXPECT_EQ(audit("package " + folder + " --roots " + roots).code, 0);
    roots[0] = roots[0] == '0' ? '1' : '0';
    const Ran wrong = audit("package " + folder + " --roots " + roots);
    EXPECT_EQ(wrong.code, 20);
    EXPECT_NE(wrong.output.find("not agree: keys/list.dsse.json"), std::string::npos);
}

TEST_F(Audit, NeverCallsAgreedWhatItCannotOpen) {
    auto files = house().files(0);
    files.erase("attempt.key");
    files.erase("parts/01/scoring-view.key");
    const Ran run = audit_package(files);
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_NE(run.output.find("not checked  package.age  contents"), std::string::npos)
        << run.output;
    EXPECT_NE(run.output.find("not checked  evidence/0001.age"), std::string::npos);
    EXPECT_EQ(run.output.find("commitment right"), std::string::npos);
}

TEST_F(Audit, RefusesAFolderWithoutAPackage) {
    auto files = house().files(0);
    files.erase("package.age");
    const Ran run = audit_package(files);
    EXPECT_EQ(run.code, 15) << run.output;
    EXPECT_NE(run.output.find("package.age"), std::string::npos);
    const Ran json = audit("package --json " + write(files));
    EXPECT_EQ(json.code, 15) << json.output;
    EXPECT_NE(json.output.find(R"({"verdict":"missing")"), std::string::npos) << json.output;
    EXPECT_NE(json.output.find(R"("firstMissing":"package.age")"), std::string::npos);
    for (const char* const command : {"package", "seal"}) {
        const Ran none = audit(std::string(command) + " /nosuch");
        EXPECT_EQ(none.code, 15);
        EXPECT_NE(none.output.find("There is no folder /nosuch"), std::string::npos) << none.output;
    }
}

/// What the README calls optional.
bool is_optional(const std::string& name) {
    return name == "opening.dsse.json" || name == "attempt.key" || name == "result.dsse.json" ||
           name.starts_with("evidence/") || name.ends_with("/scoring-view.key");
}

TEST_F(Audit, NeverPassesWhereARequiredFileIsMissingAndSaysWhatIsOptional) {
    for (const auto& [name, bytes] : house().files(0)) {
        auto files = house().files(0);
        files.erase(name);
        const Ran run = audit_package(files);
        if (is_optional(name)) {
            EXPECT_EQ(run.code, 0) << name << "\n" << run.output;
            EXPECT_NE(run.output.find("ptional"), std::string::npos) << name << run.output;
        } else if (run.code == 15) {
            EXPECT_NE(run.output.find(name), std::string::npos) << run.output;
        } else {
            EXPECT_EQ(run.code, 21) << name << "\n" << run.output;
            const std::string named = name == "marks/Q12.dsse.json" ? "marks/*Q12.dsse.json"
                                      : name == "seal.dsse.json"    ? "seal*.dsse.json"
                                                                    : name;
            EXPECT_NE(run.output.find("has to be there and is not: " + named), std::string::npos)
                << name << "\n"
                << run.output;
        }
    }
}

TEST_F(Audit, CallsADisagreementByItsNameBeforeWhatIsMissing) {
    auto files = house().files(0);
    files.erase("seal.dsse.json");
    files["receipt.txt"][40] ^= 1U;
    const Ran run = audit("package --json " + write(files));
    EXPECT_EQ(run.code, 20) << run.output;
    EXPECT_TRUE(run.output.starts_with(R"({"verdict":"disagrees")")) << run.output;
    EXPECT_NE(run.output.find(R"("firstMissing":"seal*.dsse.json")"), std::string::npos);
}

TEST_F(Audit, SaysThatAnEvidenceFileIsChanged) {
    auto files = house().files(0);
    files["evidence/0001.age"][300] ^= 1U;
    Ran run = audit_package(files);
    EXPECT_EQ(run.code, 20);
    EXPECT_NE(run.output.find("It is changed: its digest is "), std::string::npos) << run.output;
    files["evidence/0001.age"].pop_back();
    run = audit_package(files);
    EXPECT_NE(run.output.find("It is changed, or a file of another package"), std::string::npos)
        << run.output;
    files = house().files(0);
    files["evidence/9999.age"] = to_bytes("stranger");
    run = audit_package(files);
    EXPECT_EQ(run.code, 20);
    EXPECT_NE(run.output.find("It is not a file of this package"), std::string::npos) << run.output;
}

TEST_F(Audit, CallsAWrongOptionAWrongCommandLine) {
    const std::string folder = write(house().files(0));
    EXPECT_EQ(audit("package " + folder + " --roots garbage").code, 2);
    EXPECT_EQ(audit("slip " + folder + "/receipt.txt --log-key garbage").code, 2);
    EXPECT_EQ(audit("log " + folder + " --log-key garbage").code, 2);
    EXPECT_EQ(audit("package").code, 2);
    const Ran full = audit("package " + folder + " >/dev/full");
    EXPECT_EQ(full.code, 19) << full.output;
    EXPECT_NE(full.output.find("no space is left"), std::string::npos) << full.output;
    EXPECT_EQ(
        run_command((repository() / "scripts/demo.d/check-with-stock-tools").string() + " /nope")
            .output,
        "error: there is no folder /nope\nhint: give the folder of an audit; "
        "server/audit/README.md lists its files\n");
}

TEST_F(Audit, SpeaksJsonForPrograms) {
    const Ran run = audit("package --json " + write(house().files(0)));
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_TRUE(run.output.starts_with(R"({"verdict":"agrees","agreed":)")) << run.output;
    EXPECT_EQ(run.output.find("firstFile"), std::string::npos);
}

TEST_F(Audit, ChecksASealAlone) {
    auto files = house().files(0);
    files.erase("package.age");
    EXPECT_EQ(audit("seal " + write(files)).code, 0);
    files["seal.dsse.json"][400] ^= 1U;
    EXPECT_EQ(audit("seal " + write(files)).code, 20);
}

TEST_F(Audit, ChecksAReceiptAlone) {
    const auto files = house().files(0);
    const std::string statement = put("statement", files.at("package.dsse.json"));
    const auto arguments = [&](ByteView receipt, const std::string& key) {
        return "receipt --receipt " + put("receipt", receipt) + " --statement " + statement +
               " --log-key " + key;
    };
    EXPECT_EQ(audit(arguments(files.at("receipt.txt"), house().log_key())).code, 0);
    EXPECT_EQ(audit(arguments(files.at("receipt.txt"), house().site_log_key())).code, 20);
    EXPECT_EQ(audit(arguments(house().files(1).at("receipt.txt"), house().log_key())).code, 20);
}

TEST_F(Audit, ChecksASlipWithWhatThereIs) {
    const auto files = house().files(0);
    const std::string rest = " --statement " + put("statement", files.at("package.dsse.json")) +
                             " --log-key " + house().site_log_key();
    const std::string slip = put("slip", as_bytes(house().slip(0)));
    const std::string other = put("other-slip", as_bytes(house().slip(1)));
    EXPECT_NE(audit("slip " + slip).output.find("Nothing could be checked"), std::string::npos);
    EXPECT_EQ(audit("slip " + slip + rest).code, 0);
    EXPECT_EQ(audit("slip " + other + rest).code, 20);
    const std::string right = put("answers.json", house().answers(0));
    const Ran run = audit("slip " + slip + rest + " --answers " + right);
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_EQ(run.output.find("not checked"), std::string::npos) << run.output;
    const std::string wrong = put("wrong.json", house().answers(1));
    EXPECT_EQ(audit("slip " + slip + rest + " --answers " + wrong).code, 20);
}

/// A stock tools check of these files.
Ran stock_tools(const std::string& folder) {
    return run_command((repository() / "scripts/demo.d/check-with-stock-tools").string() + " " +
                       folder);
}

TEST_F(Audit, AgreesWithStockToolsAlone) {
    for (std::size_t attempt = 0; attempt < 2; ++attempt) {
        const auto files = house().files(attempt);
        Ran run = stock_tools(write(files));
        EXPECT_EQ(run.code, 0) << run.output;
        for (const auto& [name, bytes] : files) {
            EXPECT_NE(run.output.find("agrees       " + name + "  "), std::string::npos) << name;
        }
        const std::string score = "not checked  result.dsse.json  the score itself";
        const std::size_t at = run.output.find(score);
        ASSERT_NE(at, std::string::npos) << run.output;
        run.output.erase(at, score.size());
        EXPECT_EQ(run.output.find("not checked"), std::string::npos) << run.output;
    }
}

TEST_F(Audit, FindsEveryChangedFileWithStockToolsAlone) {
    const std::uint64_t seed = 20261124;
    FakeRandom random(seed);
    RecordProperty("seed", std::to_string(seed));
    for (const auto& [name, bytes] : house().files(0)) {
        auto files = house().files(0);
        const std::uint64_t bit = random.below(bytes.size() * 8);
        files[name][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const Ran run = stock_tools(write(files));
        SCOPED_TRACE(name + " bit " + std::to_string(bit));
        EXPECT_EQ(run.code, 20) << run.output;
        EXPECT_NE(run.output.find("DISAGREES    " + name + "  "), std::string::npos) << run.output;
    }
}

TEST_F(Audit, SaysWhichFilesStockToolsLeftUnchecked) {
    auto files = house().files(0);
    files.erase("attempt.key");
    files["notes/seen.txt"] = to_bytes("hello");
    const Ran run = stock_tools(write(files));
    EXPECT_EQ(run.code, 0) << run.output;
    for (const char* const name : {"package.age", "evidence/0001.age", "notes/seen.txt"}) {
        EXPECT_NE(run.output.find("not checked  " + std::string(name) + "  "), std::string::npos)
            << name << run.output;
    }
}

}  // namespace
}  // namespace assay::test
