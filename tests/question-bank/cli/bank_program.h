#pragma once

#include <array>
#include <cstdio>
#include <string>

#include "tests/support/paths.h"

namespace assay::bank::test {

struct Run {
    std::string output;
    int code = -1;
};

/// Runs assay-bank with arguments that hold no quotes; both streams come back in English.
inline Run run(const std::string& arguments) {
    const auto command =
        assay::test::program("assay-bank").string() + " --language en " + arguments + " 2>&1";
    Run out;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return out;
    }
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        out.output.append(buffer.data(), got);
    }
    const int status = pclose(pipe);
    out.code = status < 0 ? -1 : (status >> 8) & 0xFF;
    return out;
}

}  // namespace assay::bank::test
