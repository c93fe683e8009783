#include "tests/support/shell.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

#include "tests/support/paths.h"

namespace assay::test {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
}

}  // namespace

Ended shell(const std::string& command) {
    const TempFolder folder;
    const auto out = folder.path() / "out";
    const auto err = folder.path() / "err";
    const std::string line =
        "( " + command + " ) >" + out.string() + " 2>" + err.string() + " </dev/null";
    const int status = std::system(line.c_str());  // NOLINT(concurrency-mt-unsafe): alone
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(out), text_of(err)};
}

}  // namespace assay::test
