// Bad input at a desk and its terminals: the real programs over the real files of a house.
#include <csignal>
#include <filesystem>

#include "tests/terminal/bad_input_fixture.h"

namespace assay {
namespace {

namespace fs = std::filesystem;

/// The answers of the demo's candidate, handed in without a pause.
std::string answers() {
    return " --script " + (test::repository() / "scripts/demo.d/answers.json").string();
}

class BadRoom : public test::BadInput {
  protected:
    void check_in_as(const std::string& number, const std::string& code) const {
        write("script",
              R"({"@check-in":{"number":[")" + number + R"("],"seatCode":[")" + code + R"("]}})");
    }
    /// Shares of a kit as people type them: one a line.
    void type_shares(const std::string& kit) const {
        bring(kit);
        std::string all;
        for (const auto& entry : fs::directory_iterator(path(kit))) {
            if (entry.path().extension() == ".share") {
                all += read(kit + '/' + entry.path().filename().string()) + '\n';
            }
        }
        write(kit + ".shares", all);
    }
    std::string release(const std::string& kit) const {
        return "release-offline " + path(kit + ".shares").string();
    }
    static bool done(const std::string& answer) { return answer == "{\"ok\":true}"; }
    void sit_without(const std::string& camera, const std::string& finding,
                     const std::string& sentence);
};

TEST_F(BadRoom, RefusesAWrongSeatCodeAndANumberThatIsNotOnTheRoster) {
    const auto desk = start_desk();
    ASSERT_TRUE(desk_sees(*desk, "\"opened\":true"));
    make_code(*desk);
    const auto refused = [&](int code, const std::string& id) {
        for (const char* const language : {"en", "zh-CN"}) {
            const test::Ended ended = shell(terminal("--camera none --script script", language));
            EXPECT_EQ(ended.code, code) << ended.err;
            EXPECT_NE(ended.err.find("protocol.refused code="), std::string::npos) << ended.err;
            EXPECT_NE(ended.err.find("reason=" + id), std::string::npos) << ended.err;
        }
        expect_sentences(id);
        EXPECT_NE(read("desk.log").find(" assay-desk error " + id + " code="), std::string::npos)
            << read("desk.log");
    };
    check_in_as("2026110001", "WRONG");
    refused(12, "desk.check-in.code");
    check_in_as("999", "WRONG");
    refused(15, "desk.check-in.number");
    EXPECT_TRUE(desk_sees(*desk, "\"state\":\"absent\""));
    EXPECT_EQ(desk->ask("view").find("\"state\":\"admitted\""), std::string::npos);
}

TEST_F(BadRoom, TakesNoTerminalWithAnotherRoomCodeAndNoForeignOne) {
    const auto desk = start_desk();
    make_code(*desk);
    bring("room-code", "old-code");
    const std::string command = terminal("--camera none");
    const test::Ended stale =
        shell(command.substr(0, command.find("room-code ")) + "old-code --seat 01 --no-window");
    EXPECT_EQ(stale.code, 12) << stale.err;
    EXPECT_NE(stale.err.find("reason=desk.enrol.proof"), std::string::npos) << stale.err;
    fs::remove_all(path("terminal"));
    bring("terminal");  // enrolled at this room once, but not at this desk
    for (const char* const language : {"en", "zh-CN"}) {
        const test::Ended foreign = shell(terminal("--camera none", language));
        EXPECT_EQ(foreign.code, 12) << foreign.err;
        EXPECT_NE(foreign.err.find("assay-terminal error protocol.unknown-machine code=denied"),
                  std::string::npos)
            << foreign.err;
    }
    expect_sentences("protocol.unknown-machine");
    for (const char* const id : {"desk.enrol.proof", "desk.terminal.unknown"}) {
        expect_sentences(id);
        EXPECT_NE(read("desk.log").find(std::string(" assay-desk error ") + id + " code=denied"),
                  std::string::npos)
            << read("desk.log");
    }
    EXPECT_TRUE(fs::exists(path("terminal/store.db")));
}

TEST_F(BadRoom, OpensNothingBeforeItsTime) {
    type_shares("kit");
    {
        const auto early =
            start_desk("LD_PRELOAD=" + other_clock() + " ASSAY_TEST_CLOCK_SECONDS=-7200");
        EXPECT_EQ(refusal(*early, release("kit")), "record.release.too-early");
        EXPECT_NE(early->ask("view").find("\"released\":false"), std::string::npos);
    }
    const auto desk = start_desk();
    EXPECT_TRUE(done(desk->ask(release("kit"))));
}

TEST_F(BadRoom, OpensNothingWithTheKitOfAnotherSite) {
    type_shares("kit");
    type_shares("kit-other-site");
    bring("desk-open", "desk");
    fs::copy(path("kit-other-site/kit.dsse.json"), path("desk/kits/9.dsse.json"));
    const auto desk = start_desk();
    EXPECT_EQ(refusal(*desk, release("kit-other-site")), "sealed.kit.other");
    EXPECT_NE(desk->ask("view").find("\"released\":false"), std::string::npos);
    EXPECT_TRUE(done(desk->ask(release("kit"))));
}

TEST_F(BadRoom, TrustsNoServerWithAnotherKey) {
    bring("server");
    bring("server.keys.head");
    fs::remove(path("server.ready"));
    const test::Running server(
        folder_.path(),
        program("assay-server") +
            "run --folder server --keys server.keys --pin-fd 3 --ready-file server.ready 3<pin",
        "server.log");
    ASSERT_TRUE(wait_for_file("server.ready"));
    const std::string ready = read("server.ready");
    const std::size_t at = ready.find("\"port\":") + 7;
    const std::string port = ready.substr(at, ready.find(',', at) - at);
    const auto desk =
        start_desk("", "--server 127.0.0.1:" + port + " --server-key " + std::string(64, '1'));
    EXPECT_EQ(refusal(*desk, "release"), "client.link.wrong-key");
    EXPECT_NE(desk->ask("view").find("\"waitingForServer\":0"), std::string::npos);
    // A terminal believes only the desk that enrolled it.
    bring("terminal");
    write("room-code", "-");
    const std::string command = terminal("--camera none");
    const test::Ended ended =
        shell(command.substr(0, command.find("127.0.0.1:")) + "127.0.0.1:" + port +
              " --room-code-file room-code --seat 01 --no-window");
    EXPECT_EQ(ended.code, 12) << ended.err;
    EXPECT_NE(ended.err.find("assay-terminal error client.link.wrong-key code=denied"),
              std::string::npos)
        << ended.err;
}

/// `finding` is what both the desk and the terminal's log call it, `sentence` what the desk says.
void BadRoom::sit_without(const std::string& camera, const std::string& finding,
                          const std::string& sentence) {
    type_shares("kit");
    const auto desk = start_desk();
    make_code(*desk);
    test::Running terminal_program(
        folder_.path(), terminal("--camera " + camera + " --wait-end" + answers()), "terminal.log");
    ASSERT_TRUE(desk_sees(*desk, '"' + finding + '"')) << read("terminal.log");
    EXPECT_NE(read("terminal.log").find("warning terminal.log.finding finding=" + finding),
              std::string::npos)
        << read("terminal.log");
    expect_sentence(sentence);
    EXPECT_TRUE(done(desk->ask(release("kit"))));
    EXPECT_TRUE(done(desk->ask("start")));
    EXPECT_TRUE(desk_sees(*desk, "\"answered\":13"));
}

TEST_F(BadRoom, SitsTheExamAtASeatWithoutACameraAndSaysSo) {
    sit_without("none", "CAM_NONE", "desk.ui.finding.no-camera");
}

TEST_F(BadRoom, SitsTheExamWithACameraThatIsNotThereAndSaysSo) {
    sit_without("v4l2:/dev/no-such-camera", "CAM_LOST", "desk.ui.finding.lost");
}

TEST_F(BadRoom, SitsTheExamWithAClockADayBehindAndSaysSo) {
    type_shares("kit");
    const auto desk = start_desk();
    make_code(*desk);
    test::Running terminal_program(folder_.path(),
                                   "LD_PRELOAD=" + other_clock() +
                                       " ASSAY_TEST_CLOCK_SECONDS=-86400 " +
                                       terminal("--camera none --wait-end" + answers()),
                                   "terminal.log");
    ASSERT_TRUE(desk_sees(*desk, "CLOCK_OFF")) << read("terminal.log");
    expect_sentence("desk.ui.finding.clock");
    EXPECT_TRUE(done(desk->ask(release("kit"))));
    EXPECT_TRUE(done(desk->ask("start")));
    EXPECT_TRUE(desk_sees(*desk, "\"answered\":13"));
    // Of 90 minutes, whatever the clock says.
    EXPECT_NE(desk->ask("view").find("\"remainingMs\":53"), std::string::npos);
}

TEST_F(BadRoom, WaitsWithAFullDiskAndGoesOnWhenThereIsSpace) {
    if (shell("unshare -m true").code != 0) {
        GTEST_SKIP() << "this machine lets nobody mount a small disk";
    }
    type_shares("kit");
    const auto desk = start_desk();
    make_code(*desk);
    fs::create_directories(path("terminal"));
    write("on-a-small-disk",
          "set -e\nmount -t tmpfs -o size=2m none terminal\n" +
              terminal("--camera none --wait-end" + answers()) +
              " &\nuntil [ -e fill ]; do sleep .1; done\n"
              "dd if=/dev/zero of=terminal/filler bs=4k 2>/dev/null || true\ntouch filled\n"
              "until [ -e free ]; do sleep .1; done\nrm terminal/filler\nkill -0 $!\n"
              "until [ -e end ]; do sleep .1; done\nkill $!\nwait $! || true\n");
    test::Running small(folder_.path(), "unshare -m bash on-a-small-disk", "terminal.log");
    ASSERT_TRUE(desk_sees(*desk, "\"state\":\"waiting\"")) << read("terminal.log");
    write("fill", "");
    ASSERT_TRUE(wait_for_file("filled"));
    EXPECT_TRUE(done(desk->ask(release("kit"))));
    EXPECT_TRUE(done(desk->ask("start")));
    EXPECT_TRUE(desk_sees(*desk, "\"trouble\":[\"vault.write.full\"]")) << read("terminal.log");
    expect_sentences("vault.write.full");
    EXPECT_NE(read("terminal.log").find("assay-terminal error vault.write.full code=full"),
              std::string::npos)
        << read("terminal.log");
    write("free", "");
    // What could not be saved was said, not kept in secret: the script does not type it again.
    EXPECT_TRUE(desk_sees(*desk, "\"state\":\"running\"")) << read("terminal.log");
    write("end", "");
    EXPECT_EQ(small.wait(), 0) << read("terminal.log");
}

TEST_F(BadRoom, SaysThatTheDiskOfOfficersAndServerIsFull) {
    if (shell("unshare -m true").code != 0) {
        GTEST_SKIP() << "this machine lets nobody mount a small disk";
    }
    bring_server();
    fs::create_directories(path("small"));
    const auto on_full_disk = [&](const std::string& command) {
        write("full",
              "set -e\nmount -t tmpfs -o size=3m none small\ncp -r server small/\n"
              "dd if=/dev/zero of=small/filler bs=4k 2>/dev/null || true\n" +
                  command + "\n");
        return shell("unshare -m bash full");
    };
    for (const char* const language : {"en", "zh-CN"}) {
        const test::Ended ring =
            on_full_disk(program("assay-keys", language) +
                         "ring make --out small/new.keys --signing signing --pin-fd 3 3<pin || "
                         "{ code=$?; ls small/new.keys 2>/dev/null && exit 1; exit $code; }");
        EXPECT_EQ(ring.code, 18) << ring.err;
        EXPECT_NE(ring.err.find("assay-keys error base.disk.full code=full"), std::string::npos)
            << ring.err;
        const test::Ended server = on_full_disk(
            program("assay-server", language) +
            "add-batch batch.dsse.json --folder small/server --keys server.keys --pin-fd 3 3<pin");
        EXPECT_EQ(server.code, 18) << server.err;
        EXPECT_NE(server.err.find("assay-server error vault.write.full code=full"),
                  std::string::npos)
            << server.err;
    }
    expect_sentences("base.disk.full");
}

}  // namespace
}  // namespace assay
