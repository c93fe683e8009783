// What each program says of a file that is none of what it reads: always an error with a next step,
// in both languages, soon, and nothing is left where the result would have been.
#include <array>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

/// IN is the wrong file, OUT where a result would go.
struct Reads {
    const char* name;
    const char* program;
    const char* arguments;
};

const Reads kReads[] = {
    {"KeysShow", "assay-keys", "statement show IN"},
    {"KeysRing", "assay-keys", "ring show IN --pin-fd 3"},
    {"KeysDecrypt", "assay-keys", "decrypt --ring IN --in IN --out OUT --pin-fd 3"},
    {"KeysIdentity", "assay-keys", "decrypt --identity IN --in IN --out OUT"},
    {"KeysSign", "assay-keys", "sign IN --ring IN --signature OUT --pin-fd 3"},
    {"KeysConvertKey", "assay-keys", "convert key IN --to ssh"},
    {"KeysConvertFile", "assay-keys", "convert file IN --out OUT"},
    {"KeysCeremony", "assay-keys", "ceremony check --folder IN --witness KEY --signature IN"},
    {"KeysList", "assay-keys", "list verify IN --rows IN --root KEY"},
    {"BankCheck", "assay-bank", "check IN"},
    {"BankConvert", "assay-bank", "convert IN --out OUT"},
    {"BankVerify", "assay-bank", "verify IN --keys IN --rows IN"},
    {"AuditPackage", "assay-audit", "package IN"},
    {"AuditSeal", "assay-audit", "seal IN"},
    {"ServerConfig", "assay-server", "check-config --config IN"},
    {"ServerRun", "assay-server", "run --config IN --pin-fd 3"},
    {"KioskVerify", "assay-kiosk", "verify --root IN"},
    {"KioskApply", "assay-kiosk", "apply --desk 192.0.2.1:8443 --root IN"},
    {"KioskRevert", "assay-kiosk", "revert --root IN"},
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

class WrongFile : public testing::TestWithParam<Reads> {
  protected:
    WrongFile() {
        std::ofstream(at("pin")) << "246810\n";
        std::ofstream(at("in-empty")).flush();
        std::ofstream(at("in-garbage")) << std::string(5000, '\x93');
        fs::create_directory(at("in-folder"));
        fs::create_symlink("in-loop", at("in-loop"));
        fs::create_symlink("nowhere", at("in-dangling"));
        EXPECT_EQ(::mkfifo(at("in-pipe").c_str(), 0600), 0);
        std::ofstream(at("in-huge")).flush();
        fs::resize_file(at("in-huge"), std::uintmax_t{1} << 30U);  // sparse
    }
    fs::path at(const std::string& name) const { return folder_.path() / name; }

    test::TempFolder folder_;
};

TEST_P(WrongFile, IsNamedWithANextStepAndLeavesNothingBehind) {
    for (const char* const kind : {"in-missing", "in-empty", "in-garbage", "in-folder", "in-loop",
                                   "in-dangling", "in-pipe", "in-huge"}) {
        for (const auto& [language, error, hint] :
             {std::array{"en", "error: ", "\nhint: "}, std::array{"zh-CN", "错误：", "\n提示："}}) {
            const std::string arguments =
                replaced(replaced(replaced(GetParam().arguments, "IN", kind), "OUT", "out"), "KEY",
                         "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
            const test::Ended told =
                test::shell("cd " + folder_.path().string() + " && timeout 30 " +
                            test::program(GetParam().program).string() + " " + arguments +
                            " --language " + language + " 3<pin");
            SCOPED_TRACE(std::string(kind) + "\n" + told.said());
            EXPECT_TRUE(told.code == 2 || (told.code >= 10 && told.code <= 21)) << told.code;
            EXPECT_NE(told.err.find(error), std::string::npos);
            EXPECT_NE(told.err.find(hint), std::string::npos);
            EXPECT_FALSE(fs::exists(at("out")) || fs::exists(at("out.new")) ||
                         fs::exists(at("out.part")));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(House, WrongFile, testing::ValuesIn(kReads),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace assay
