#include "tests/terminal/bad_input_fixture.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/base/disk.h"
#include "crypto/text/texts.h"

namespace assay::test {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRoom = "00000000000000000000000000000005";
constexpr auto kHouseAgeMax = std::chrono::hours(1);  // its banks are for two days

std::string slurp(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// Changes with every new build of a program.
std::string stamp() {
    std::string out;
    for (const char* const name :
         {"assay-keys", "assay-bank", "assay-server", "assay-desk", "assay-terminal"}) {
        out += std::to_string(fs::last_write_time(program(name)).time_since_epoch().count()) + '\n';
    }
    return out + std::to_string(fs::last_write_time(repository() / "tests/terminal/bad-input-house")
                                    .time_since_epoch()
                                    .count());
}

bool fresh(const fs::path& mark) {
    return fs::exists(mark) && slurp(mark) == stamp() &&
           fs::file_time_type::clock::now() - fs::last_write_time(mark) < kHouseAgeMax;
}

void make_house(const fs::path& folder) {
    fs::remove_all(folder);
    const std::string command = (repository() / "tests/terminal/bad-input-house").string() + ' ' +
                                program("assay-keys").parent_path().string() + ' ' +
                                repository().string() + ' ' + folder.string();
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe): one thread
    std::ofstream(folder / "made") << stamp();
}

/// Each test is a process of its own, so the house is shared on the disk.
const fs::path& house() {
    static const fs::path folder = [] {
        const fs::path out = program("assay-keys").parent_path().parent_path() / "bad-input-house";
        const int lock =
            ::open((out.string() + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
        ::flock(lock, LOCK_EX);
        if (!fresh(out / "made")) {
            make_house(out);
        }
        ::close(lock);
        return out;
    }();
    return folder;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

}  // namespace

Running::Running(const fs::path& folder, const std::string& command, const std::string& log) {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    EXPECT_EQ(::pipe2(to.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(from.data(), O_CLOEXEC), 0);
    const std::string line = "cd " + folder.string() + " && exec env " + command + " 2>>" + log;
    pid_ = ::fork();
    if (pid_ == 0) {
        ::dup2(to[0], STDIN_FILENO);
        ::dup2(from[1], STDOUT_FILENO);
        ::execl("/bin/bash", "bash", "-c", line.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    to_ = to[1];
    from_ = from[0];
}

Running::~Running() {
    if (pid_ > 0) {
        stop(SIGTERM);
        wait();
    }
    ::close(from_);
}

std::string Running::ask(const std::string& line) {
    const std::string sent = line + '\n';
    EXPECT_EQ(::write(to_, sent.data(), sent.size()), static_cast<ssize_t>(sent.size()));
    std::string out;
    for (char c = 0; ::read(from_, &c, 1) == 1 && c != '\n';) {
        out += c;
    }
    return out;
}

void Running::stop(int signal) { ::kill(pid_, signal); }

int Running::wait() {
    if (to_ >= 0) {
        ::close(std::exchange(to_, -1));
    }
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void BadInput::SetUp() {
    for (const auto& entry : fs::directory_iterator(house())) {
        const fs::path ending = entry.path().extension();
        if (ending == ".keys" || ending == ".pub" || ending == ".json") {
            bring(entry.path().filename().string());
        }
    }
    bring("sitting");
    write("pin", "123456\n123456\n");
}

std::string BadInput::read(const std::string& name) const { return slurp(path(name)); }

void BadInput::write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
}

void BadInput::bring(const std::string& name, const std::string& as) const {
    fs::copy(house() / name, path(as.empty() ? name : as), fs::copy_options::recursive);
}

void BadInput::bring_server() const {
    bring("server-before", "server");
    bring("server-before.head", "server.keys.head");
}

std::string BadInput::key(const std::string& ring, const std::string& name) const {
    const std::string text = read(ring + ".pub");
    const std::size_t at = text.find(name + ' ') + name.size() + 1;
    return text.substr(at, text.find('\n', at) - at);
}

Ended BadInput::shell(const std::string& command) const {
    const std::string line =
        "cd " + folder_.path().string() + " && { " + command + "; } >out 2>err";
    const int status = std::system(line.c_str());  // NOLINT(concurrency-mt-unsafe): one thread
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read("out"),
            read("err")};
}

std::string BadInput::program(const std::string& name, const std::string& language) {
    return test::program(name).string() + " --language " + language + ' ';
}

std::string BadInput::server(const std::string& words, const std::string& language) {
    return program("assay-server", language) + words +
           " --folder server --keys server.keys --pin-fd 3 3<pin";
}

void BadInput::expect_refusal(const std::string& command, int code, const std::string& id) const {
    const std::size_t at = command.find("@assay-");
    ASSERT_NE(at, std::string::npos) << "no program in " << command;
    const std::string name = command.substr(at + 1, command.find(' ', at) - at - 1);
    std::string sentence;
    for (const auto& [language, error, hint] :
         {std::array{"en", "error: ", "hint: "}, std::array{"zh-CN", "错误：", "提示："}}) {
        const Ended ended = shell(replaced(command, '@' + name, program(name, language)));
        EXPECT_EQ(ended.code, code) << command << '\n' << ended.out << ended.err;
        const std::size_t said = ended.err.find(error);
        ASSERT_NE(said, std::string::npos) << ended.err;
        const std::string words = ended.err.substr(said, ended.err.find('\n', said) - said);
        EXPECT_EQ(words.find(id), std::string::npos) << "an id in place of a sentence: " << words;
        EXPECT_NE(words, sentence) << "the same in both languages";
        EXPECT_NE(ended.err.find(hint), std::string::npos) << ended.err;
        EXPECT_NE(ended.err.find(' ' + name + " error " + id + " code="), std::string::npos)
            << "no line for the log: " << ended.err;
        sentence = words;
    }
}

void BadInput::expect_sentence(const std::string& id) {
    SystemDisk disk;
    std::string before;
    for (const char* const language : {"en", "zh_CN"}) {
        const auto catalogue = text::load_catalogue(disk, locale_folder(), language);
        ASSERT_TRUE(catalogue.ok());
        const std::string* const sentence = catalogue->find(id);
        ASSERT_NE(sentence, nullptr) << id << " in " << language;
        EXPECT_NE(*sentence, before);
        before = *sentence;
    }
}

void BadInput::expect_sentences(const std::string& id) {
    expect_sentence(id);
    expect_sentence(id + ".hint");
}

std::unique_ptr<Running> BadInput::start_desk(const std::string& more, const std::string& options) {
    if (!fs::exists(path("desk"))) {
        bring("desk-open", "desk");
    }
    fs::remove(path("desk.ready"));
    auto out = std::make_unique<Running>(
        folder_.path(),
        more + ' ' + program("assay-desk") +
            "--folder desk --keys desk.keys --pin-fd 5 --sitting " + read("sitting").substr(0, 32) +
            " --room " + kRoom + " --ready-file desk.ready --no-window " + options + " 5<pin",
        "desk.log");
    EXPECT_TRUE(wait_for_file("desk.ready")) << read("desk.log");
    return out;
}

std::string BadInput::refusal(Running& desk, const std::string& command) const {
    const std::string answer = desk.ask(command);
    EXPECT_NE(answer.find("\"ok\":false"), std::string::npos) << answer;
    const std::size_t at = answer.find("\"id\":\"") + 6;
    const std::string id = answer.substr(at, answer.find('"', at) - at);
    EXPECT_NE(read("desk.log").find(" assay-desk error " + id + " code="), std::string::npos)
        << read("desk.log");
    expect_sentences(id);
    return id;
}

std::string BadInput::address() const {
    const std::string ready = read("desk.ready");
    const std::size_t at = ready.find("\"port\":") + 7;
    return "127.0.0.1:" + ready.substr(at, ready.find_first_of(",}", at) - at);
}

void BadInput::make_code(Running& desk) const {
    const std::string answer = desk.ask("code");
    const std::size_t at = answer.find("ASSAY-ROOM-1");
    ASSERT_NE(at, std::string::npos) << answer;
    write("room-code", answer.substr(at, answer.find('"', at) - at));
}

std::string BadInput::terminal(const std::string& options, const std::string& language) const {
    return program("assay-terminal", language) + "--folder terminal --desk " + address() +
           " --room-code-file room-code --seat 01 --no-window --pause 0 " + options;
}

bool BadInput::wait_for_file(const std::string& name, int seconds) const {
    for (int i = 0; i < seconds * 10 && !fs::exists(path(name)); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return fs::exists(path(name));
}

std::string BadInput::other_clock() {
    return (test::program("assay-keys").parent_path().parent_path() / "lib" / "libother_clock.so")
        .string();
}

bool BadInput::desk_sees(Running& desk, const std::string& text, int seconds) const {
    for (int i = 0; i < seconds * 5; ++i) {
        if (desk.ask("view").find(text) != std::string::npos) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return false;
}

}  // namespace assay::test
