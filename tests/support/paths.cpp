#include "tests/support/paths.h"

#include <cstdlib>
#include <stdexcept>

namespace assay::test {
namespace {

std::filesystem::path from_environment(const char* name, const std::filesystem::path& otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != 0 ? std::filesystem::path(value) : otherwise;
}

}  // namespace

TempFolder::TempFolder() {
    std::string form = (std::filesystem::temp_directory_path() / "assay-test-XXXXXX").string();
    if (mkdtemp(form.data()) == nullptr) {
        throw std::runtime_error("cannot make a temporary folder");
    }
    path_ = form;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path repository() { return ASSAY_REPOSITORY; }

std::optional<std::filesystem::path> conformance_data() {
    const auto folder =
        from_environment("ASSAY_CONFORMANCE_DATA", repository() / ".." / "shared" / "data");
    if (!std::filesystem::is_directory(folder)) {
        return std::nullopt;
    }
    return folder;
}

std::string conformance_skip_reason() {
    return "the conformance data is not here: set ASSAY_CONFORMANCE_DATA to its folder";
}

std::filesystem::path program(const std::string& name) {
    // The test itself is one of them.
    const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    return from_environment("ASSAY_BIN", beside) / name;
}

std::filesystem::path locale_folder() {
    return program("").parent_path().parent_path() / "share" / "locale";
}

}  // namespace assay::test
