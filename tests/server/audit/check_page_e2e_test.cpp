#include <cstdlib>

#include <gtest/gtest.h>

#include "crypto/base32.h"
#include "crypto/hash.h"
#include "tests/server/audit/audit_folder.h"
#include "tests/support/paths.h"

namespace assay::test {
namespace {

TEST(CheckPage, AgreesWithTheAuditorAndTakesNoAdversarialSignature) {
    if (std::system("node --version >/dev/null 2>&1") != 0) {
        GTEST_SKIP() << "node is not installed: run scripts/setup";
    }
    const AuditFolder house(7);
    const TempFolder folder;
    SystemDisk disk;
    for (const auto& [name, bytes] : house.files(0)) {
        ASSERT_TRUE(disk.make_folders((folder.path() / name).parent_path()).ok());
        ASSERT_TRUE(write_file(disk, folder.path() / name, bytes).ok());
    }
    const auto package =
        record::read_signed<record::Package>(house.files(0).at("package.dsse.json")).value();
    std::string command = "node '" + (repository() / "tests/server/audit/check_page.cjs").string() +
                          "' '" + (repository() / "server/api/page/check.html").string() + "' '" +
                          folder.path().string() + "' '" + crypto::short_code(package.digest) +
                          "' '" + house.log_key() + "'";
    if (const auto data = conformance_data()) {
        command += " '" + (*data / "crypto/cctv-ed25519/ed25519vectors.json").string() + "'";
    }
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
}

}  // namespace
}  // namespace assay::test
