#pragma once

#include <memory>

#include "crypto/age.h"
#include "crypto/command/new_file.h"
#include "crypto/keys/session.h"

namespace assay::keys {

/// Where bytes come from: a file, or standard input for an empty path or "-".
class Input {
  public:
    static Result<Input> open(Disk& disk, const Path& path);
    crypto::Source source();

  private:
    std::shared_ptr<File> file_;
};

/// Where bytes go: a new file that appears only when all is there, or standard output.
class Output {
  public:
    static Result<Output> create(Disk& disk, const Path& path);
    Output(Output&&) = default;
    Output& operator=(Output&&) = delete;
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    /// Without finish() nothing stays under the path.
    ~Output();

    crypto::Sink sink();
    Status finish();

  private:
    Output(Disk& disk, Path path) : disk_(disk), path_(std::move(path)) {}
    Path part() const { return path_.string() + ".part"; }

    Disk& disk_;
    Path path_;
    std::shared_ptr<File> file_;
};

/// All of a source, at most `limit` bytes.
Result<Bytes> read_all(const crypto::Source& source, std::size_t limit);

}  // namespace assay::keys
