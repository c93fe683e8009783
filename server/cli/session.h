#pragma once

#include <functional>
#include <string>

#include <boost/json.hpp>

#include "crypto/base/clock.h"
#include "crypto/base/disk.h"
#include "crypto/base/log.h"
#include "crypto/base/random.h"
#include "crypto/text/texts.h"

namespace assay::server_cli {

/// What every command may use. Lives as long as the program.
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
};

/// What the command line chose to do; the value is the process's exit code.
using Action = std::function<Result<int>()>;

/// One JSON document and a line break on standard output, for scripts.
void print(const boost::json::value& document);
/// A sentence on standard error, for people.
void tell(const std::string& line);

}  // namespace assay::server_cli
