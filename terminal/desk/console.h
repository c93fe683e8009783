#pragma once

#include <functional>
#include <optional>
#include <string>

#include "terminal/desk/station.h"

namespace assay::desk {

inline constexpr std::size_t kCommandBytesMax = 8192;

/// A desk without a window: a line in, a line of JSON out. README.md lists the commands. `pin`
/// gives the invigilators' PIN when a command needs it. On one thread.
class Console {
  public:
    using Pin = std::function<Result<crypto::Pin>()>;
    /// Told of every refusal.
    using Tell = std::function<void(const Error&)>;
    Console(
        Station& station, Disk& disk, Pin pin, Tell tell = [](const Error&) {})
        : station_(station), disk_(disk), pin_(std::move(pin)), tell_(std::move(tell)) {}

    /// {"ok":true,...} or {"ok":false,"code":...,"id":...,"args":[...]}; no line break.
    std::string run(const std::string& line);
    /// After the command "quit".
    bool finished() const { return finished_; }

  private:
    using Words = std::vector<std::string>;
    struct Command {
        const char* name;
        std::size_t words;  ///< arguments; the last one takes the rest of the line
        Result<std::string> (Console::*run)(const Words&);
    };
    static const std::vector<Command>& commands();

    Result<std::string> open(const Words& words);
    Result<std::string> code(const Words& words);
    Result<std::string> release(const Words& words);
    Result<std::string> release_offline(const Words& words);
    Result<std::string> start(const Words& words);
    Result<std::string> pause(const Words& words);
    Result<std::string> resume(const Words& words);
    Result<std::string> extra(const Words& words);
    Result<std::string> credit(const Words& words);
    Result<std::string> message(const Words& words);
    Result<std::string> move(const Words& words);
    Result<std::string> seat(const Words& words);
    Result<std::string> seal(const Words& words);
    Result<std::string> view(const Words& words);
    Result<std::string> proof(const Words& words);
    Result<std::string> export_waiting(const Words& words);
    Result<std::string> retry(const Words& words);
    Result<std::string> quit(const Words& words);
    Result<std::string> order(record::OrderKind kind, const std::string& text);
    Result<AttemptId> attempt_at(const std::string& seat);
    Result<MachineId> terminal_named(const std::string& name);

    Station& station_;
    Disk& disk_;
    Pin pin_;
    Tell tell_;
    bool finished_ = false;
};

/// Shares out of a file, one a line: words, or rows of numbers until an empty line.
Result<std::vector<crypto::SecretBytes>> read_shares(ByteView file);

}  // namespace assay::desk
