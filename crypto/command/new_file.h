#pragma once

#include "crypto/base/disk.h"

namespace assay::command {

/// Creates `path` with mode 0600, durable and whole: a program that is killed leaves `path`.new at
/// most. kConflict where something has that name: a key file is never written over.
Status write_new(Disk& disk, const Path& path, ByteView bytes);

/// The new files of one command: all of them or none. Those that were written go away with the
/// object where keep() was not called: half a set would stop the next try, and may hold secrets.
class NewFiles {
  public:
    explicit NewFiles(Disk& disk) : disk_(disk) {}
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;
    ~NewFiles();

    /// As write_new().
    Status write(const Path& path, ByteView bytes);
    void keep() { written_.clear(); }

  private:
    Disk& disk_;
    std::vector<Path> written_;
};

/// The same error about `path`, the file that a person asked for, and not about a name beside it.
Error naming(Error error, const Path& path);

/// kConflict: `temporary` is there because another program writes it or one was killed.
Error left_over(const Path& temporary);

}  // namespace assay::command
