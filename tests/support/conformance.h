#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace assay::test {

/// What one test walked of the conformance data: the files that it read, and the cases in them.
/// When it goes it says so on standard output, and leaves it beside the programs of the build for
/// the summary that ctest prints at its end (scripts/cmake/conformance-summary.py).
class Walked {
  public:
    /// "notes", "cases of HkdfTest".
    explicit Walked(std::string what) : what_(std::move(what)) {}
    Walked(const Walked&) = delete;
    Walked& operator=(const Walked&) = delete;
    ~Walked();

    void file(const std::filesystem::path& path) { files_.insert(path.lexically_normal()); }
    void cases(std::size_t more = 1) { cases_ += more; }
    std::size_t count() const { return cases_; }
    std::size_t files() const { return files_.size(); }

  private:
    std::string what_;
    std::set<std::filesystem::path> files_;
    std::size_t cases_ = 0;
};

}  // namespace assay::test
