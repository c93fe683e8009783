#pragma once

#include <functional>
#include <string>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/log.h"
#include "crypto/base/random.h"
#include "crypto/text/texts.h"

namespace assay::command {

/// What every command of a program may use. Lives as long as the program.
struct Session {
    Disk& disk;
    Random& random;
    Clock& clock;
    Log& log;
    const text::Texts& texts;
    text::Language language;

    std::string say(MessageId id, Args args = {}) const {
        return texts.say(language, {id, std::move(args)});
    }
    std::string say(const Message& message) const { return texts.say(language, message); }
};

/// What the command line chose to do; the value is the process's exit code (README.md).
using Action = std::function<Result<int>()>;

/// Exit code of a command that looked at what it was given and found that it is not as it must be:
/// `assay-bank check`, `assay-audit`, `assay-kiosk verify`. Its report says what and where.
inline constexpr int kDoesNotHoldExit = 20;

/// The same where nothing is wrong with what is there, but something that must be there is not.
inline constexpr int kIncompleteExit = 21;

/// A line on standard output, for other programs.
void print(const std::string& line);
/// A line on standard error, for people.
void tell(const std::string& line);

/// Says an error on standard error: what happened, the next step, and the line for the log, with
/// the message's id. Returns the exit code for it.
int report(const Session& session, const Error& error);

}  // namespace assay::command
