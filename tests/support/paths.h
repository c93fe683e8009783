#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace assay::test {

/// A folder of its own that goes away with the object.
class TempFolder {
  public:
    TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder();
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Conformance data: ASSAY_CONFORMANCE_DATA, else ../shared/data beside the repository. Nothing
/// where that folder is not there; a test then skips with conformance_skip_reason().
std::optional<std::filesystem::path> conformance_data();
std::string conformance_skip_reason();

/// The repository's root.
std::filesystem::path repository();

/// A program of the build that the test is of, by name; ASSAY_BIN names another folder.
std::filesystem::path program(const std::string& name);

/// The catalogues of the same build.
std::filesystem::path locale_folder();

}  // namespace assay::test
