#pragma once

#include <functional>
#include <string>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "crypto/text/texts.h"

namespace assay::keys {

/// What every command may use. Lives as long as the program.
struct Session {
    Disk& disk;
    Random& random;
    const Clock& clock;
    const text::Texts& texts;
    text::Language language;

    std::string say(MessageId id, Args args = {}) const {
        return texts.say(language, {id, std::move(args)});
    }
};

/// What the command line chose to do.
using Action = std::function<Status()>;

/// A line on standard output.
void print(const std::string& line);
/// A line on standard error: for people, beside output that goes into a pipe.
void tell(const std::string& line);

/// Creates `path` with mode 0600, durable; kConflict where something has that name: a key file is
/// never written over.
Status write_new(Disk& disk, const Path& path, ByteView bytes);

}  // namespace assay::keys
