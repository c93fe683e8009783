#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::test {

/// What a program that has ended said.
struct Ended {
    int code = -1;
    std::string out;
    std::string err;
};

/// A program that runs beside the test and is spoken to line by line; it ends with the object.
class Running {
  public:
    /// A shell command in `folder`; its standard error goes to the file `log` there.
    Running(const std::filesystem::path& folder, const std::string& command,
            const std::string& log);
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    /// Sends a line and waits for one.
    std::string ask(const std::string& line);
    /// Closes its input and waits for its end; the exit code.
    int wait();
    void stop(int signal);

  private:
    int pid_ = -1;
    int to_ = -1;
    int from_ = -1;
};

/// The house of `bad-input-house`: made once for all tests of a build, copied where a test changes
/// something. Every command is run by the real programs, in a folder of the test's own.
class BadInput : public testing::Test {
  protected:
    void SetUp() override;

    std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }
    std::string read(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;
    /// Brings a file or folder of the house, under another name where one is given.
    void bring(const std::string& name, const std::string& as = "") const;
    /// The server as it was before anybody sat, with the last head of its log.
    void bring_server() const;
    /// The text of a public key, and the holder's id.
    std::string key(const std::string& ring, const std::string& name) const;

    Ended shell(const std::string& command) const;
    /// "…/assay-keys --language en ", to go on with.
    static std::string program(const std::string& name, const std::string& language = "en");
    /// `--folder server --keys server.keys` with its PIN.
    static std::string server(const std::string& words, const std::string& language = "en");

    /// The program ends with this code and says, in both languages, a sentence of its own, a next
    /// step, and a line for the log with this id. `command` holds {program NAME} as `@NAME`.
    void expect_refusal(const std::string& command, int code, const std::string& id) const;
    /// Sentence and next step in both languages for an id that a program gave as data.
    static void expect_sentences(const std::string& id);

    /// A desk over a copy of `desk-open`, without a server. `more`: environment before the program.
    std::unique_ptr<Running> start_desk(const std::string& more = "",
                                        const std::string& options = "");
    /// The answer of a desk to a command that it refuses: the id. Its log must hold it.
    std::string refusal(Running& desk, const std::string& command) const;
    std::string address() const;
    /// A fresh room code, in the file `room-code`.
    void make_code(Running& desk) const;
    /// assay-terminal at seat 01 without a window, to the desk that runs.
    std::string terminal(const std::string& options, const std::string& language = "en") const;
    bool wait_for_file(const std::string& name, int seconds = 20) const;
    /// A library that moves the wall clock of a program: tests/support/other_clock.c.
    static std::string other_clock();
    /// A sentence in both languages, of an id that only a screen says.
    static void expect_sentence(const std::string& id);
    /// Until the desk's view holds this text.
    bool desk_sees(Running& desk, const std::string& text, int seconds = 20) const;

    TempFolder folder_;
};

}  // namespace assay::test
