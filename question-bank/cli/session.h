#pragma once

#include <functional>
#include <string>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/random.h"
#include "crypto/text/texts.h"

namespace assay::bank {

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
    std::string say(const Message& message) const { return texts.say(language, message); }
};

/// What the command line chose to do; the value is the process's exit code.
using Action = std::function<Result<int>()>;

/// A line on standard output.
void print(const std::string& line);
/// A line on standard error: for people, beside output that goes into a pipe.
void tell(const std::string& line);

}  // namespace assay::bank
