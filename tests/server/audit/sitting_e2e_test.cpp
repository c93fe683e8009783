#include <gtest/gtest.h>

#include "tests/server/audit/audit_folder.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay::test {
namespace {

/// The whole sitting's folder: what attempts share once, the rest by attempt.
class SittingAudit : public testing::Test {
  protected:
    void SetUp() override {
        for (std::size_t i = 0; i < 2; ++i) {
            const auto files = house_.files(i);
            const auto package =
                record::read_signed<record::Package>(files.at("package.dsse.json")).value();
            below_.push_back("attempts/" + package.object.attempt.hex() + "/");
            for (const auto& [name, bytes] : files) {
                files_[is_shared(name) ? name : below_.back() + name] = bytes;
            }
        }
    }
    static bool is_shared(const std::string& name) {
        for (const char* begin : {"keys/", "manifest", "attempts.json", "enrolment", "room-opening",
                                  "seal", "parts/"}) {
            if (name.starts_with(begin)) {
                return true;
            }
        }
        return false;
    }
    Ended audit(const std::string& arguments = "") {
        std::filesystem::remove_all(folder_.path() / "sitting");
        for (const auto& [name, bytes] : files_) {
            const Path path = folder_.path() / "sitting" / name;
            EXPECT_TRUE(disk_.make_folders(path.parent_path()).ok());
            EXPECT_TRUE(write_file(disk_, path, bytes).ok());
        }
        return shell(program("assay-audit").string() + " --language en sitting " +
                     (folder_.path() / "sitting").string() + " " + arguments);
    }
    void expect_named(const std::string& file) {
        const Ended ran = audit();
        EXPECT_EQ(ran.code, 20) << file << '\n' << ran.said();
        EXPECT_NE(ran.said().find("The first file that does not agree: " + file), std::string::npos)
            << file << '\n'
            << ran.said();
    }

    AuditFolder house_{11};
    AuditFolder::Files files_;
    std::vector<std::string> below_;
    SystemDisk disk_;
    TempFolder folder_;
};

TEST_F(SittingAudit, FindsThatAnUntouchedSittingAgreesAndSaysSoInBothLanguages) {
    const Path out = folder_.path() / "reports";
    const Ended ran = audit("--out " + out.string());
    EXPECT_EQ(ran.code, 0) << ran.said();
    const Bytes chinese = read_file(disk_, out / "report.zh-CN.txt", 1U << 20U).value();
    const Bytes english = read_file(disk_, out / "report.en.txt", 1U << 20U).value();
    EXPECT_NE(as_text(chinese).find("考次"), std::string_view::npos);
    EXPECT_NE(as_text(english).find("what the rooms say about attempt"), std::string_view::npos);
    for (const std::string& below : below_) {
        EXPECT_NE(as_text(english).find(below + "result.dsse.json"), std::string_view::npos);
    }
    EXPECT_TRUE(disk_.exists(out / "report.json"));
}

TEST_F(SittingAudit, NamesTheOneFileThatWasChanged) {
    for (const std::string& name :
         {below_[1] + "package.age", below_[0] + "receipt.txt", below_[1] + "result.dsse.json",
          std::string("attempts.json"), std::string("manifest.dsse.json")}) {
        const Bytes kept = files_.at(name);
        files_[name][kept.size() / 2] ^= 1U;
        expect_named(name);
        files_[name] = kept;
    }
}

TEST_F(SittingAudit, NamesAPackageThatIsMissingSwappedOrStrange) {
    const AuditFolder::Files kept = files_;
    std::erase_if(files_, [&](const auto& row) { return row.first.starts_with(below_[0]); });
    const Ended missing = audit();
    EXPECT_EQ(missing.code, 21) << missing.said();
    EXPECT_NE(missing.said().find(below_[0] + "package.dsse.json"), std::string::npos);
    files_ = kept;
    for (const auto& [name, bytes] : kept) {
        if (name.starts_with(below_[0])) {
            files_[below_[1] + name.substr(below_[0].size())] = bytes;
        }
    }
    expect_named(below_[1] + "package.dsse.json");
    files_ = kept;
    files_["attempts/00112233445566778899aabbccddeeff/package.age"] = Bytes(3);
    expect_named("attempts/00112233445566778899aabbccddeeff");
}

}  // namespace
}  // namespace assay::test
