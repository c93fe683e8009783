#pragma once

#include <functional>
#include <memory>
#include <string>

#include "crypto/base/disk.h"
#include "crypto/base/message.h"
#include "crypto/base/result.h"

namespace assay {

/// Structured log lines: time, level, message id, key=value. One line an event, no sentences, no
/// secret, nothing personal. Thread-safe.
class Log {
  public:
    /// Lines to standard error.
    static Log to_stderr(const std::string& program);
    /// Lines to a file, rotated at 10 MiB, five kept.
    static Result<Log> to_file(const std::string& program, const Path& path);
    /// Lines to a function, for tests.
    static Log to_function(std::function<void(const std::string&)> sink);

    Log(Log&&) noexcept;
    Log& operator=(Log&&) noexcept;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log();

    void info(MessageId id, const Args& args = {});
    void warn(MessageId id, const Args& args = {});
    void error(const Error& error);

  private:
    struct Sink;
    explicit Log(std::unique_ptr<Sink> sink);
    std::unique_ptr<Sink> sink_;
};

}  // namespace assay
