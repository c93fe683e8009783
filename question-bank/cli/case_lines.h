#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "crypto/base/disk.h"

namespace assay::bank {

inline constexpr std::size_t kCaseLineBytesMax = std::size_t{8} * 1024 * 1024;

/// Reads a list of cases, a JSON object a line, one at a time.
class CaseLines {
  public:
    static Result<CaseLines> open(Disk& disk, const std::string& path);
    /// Nothing at the end; kInvalid for a line that is no object: the next one can be read after
    /// it. Any other error is of the disk.
    Result<std::optional<boost::json::object>> next();

  private:
    static constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;

    explicit CaseLines(std::unique_ptr<File> file) : file_(std::move(file)) {}
    Result<std::string_view> rest();
    Result<bool> read_line(std::string& line, bool& whole);

    std::unique_ptr<File> file_;
    std::uint64_t at_ = 0;
    Bytes piece_;
    std::size_t used_ = 0;
    std::size_t line_ = 0;
};

/// A string member, or empty.
std::string text_member(const boost::json::object& object, const char* name);

/// `relative` below `root`; kRefused where it would leave it.
Result<Path> below(const Path& root, const std::string& relative);

}  // namespace assay::bank
