#pragma once

#include <functional>

#include "crypto/command/command_line.h"
#include "crypto/random.h"

namespace assay::command {

/// What main makes first and keeps to its end: the ports, both catalogues, and the language that
/// the person chose. The one place that reads the environment.
class Program {
  public:
    /// `name` as people type it, also in each line of the log. `otherwise`: the language where
    /// nobody chose one.
    Program(std::string name, int argc, char** argv, std::string_view otherwise = "en");
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() = default;

    const std::string& name() const { return name_; }
    /// This executable.
    const Path& own() const { return own_; }
    const Session& session() const { return session_; }
    /// Catalogues of another folder than the one beside the executable.
    Status load_texts(const Path& locale_folder);

    /// Hardens the process (crypto/process.h), reads the command line, does what it says and says
    /// what went wrong, a report that could not be written whole too. The value is the process's
    /// exit code.
    int run(CommandLine& line, int argc, char** argv);

  private:
    /// An error where the process must not go on; without locked memory it goes on, and says so.
    Status harden();

    std::string name_;
    Path own_;
    SystemDisk disk_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    Log log_;
    text::Texts texts_;
    Session session_;
};

}  // namespace assay::command
