#include "terminal/desk/line_reader.h"

#include <array>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace assay::desk {
namespace {

class LineReader : public testing::Test {
  protected:
    void SetUp() override { ASSERT_EQ(::pipe(ends.data()), 0); }
    void TearDown() override {
        ::close(ends[0]);
        close_writing();
    }
    void write(const std::string& bytes) {
        ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }
    void close_writing() {
        if (ends[1] >= 0) {
            ::close(ends[1]);
            ends[1] = -1;
        }
    }

    std::array<int, 2> ends{-1, -1};
    std::stop_source stop;
    std::vector<std::string> lines;
};

TEST_F(LineReader, GivesWholeLinesUntilTheInputEnds) {
    write("view\nmes");
    write("sage hello\nunfinished");
    close_writing();
    read_lines(ends[0], stop.get_token(), [&](const std::string& line) {
        lines.push_back(line);
        return true;
    });
    EXPECT_EQ(lines, (std::vector<std::string>{"view", "message hello"}));
}

TEST_F(LineReader, StopsWhereItsReaderSaysSo) {
    write("quit\nview\n");
    read_lines(ends[0], stop.get_token(), [&](const std::string& line) {
        lines.push_back(line);
        return false;
    });
    EXPECT_EQ(lines, std::vector<std::string>{"quit"});
}

TEST_F(LineReader, EndsOnAStopWhileNothingComes) {
    std::thread reader(
        [&] { read_lines(ends[0], stop.get_token(), [](const auto&) { return true; }); });
    stop.request_stop();
    reader.join();
    EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace assay::desk
