#pragma once

#include <string>

namespace assay::test {

/// How a command ended, and what it said.
struct Ended {
    int code = -1;  ///< 128 and its number where a signal ended it
    std::string out;
    std::string err;
    std::string said() const { return out + err; }
};

/// Runs a line of the shell in this folder, with nothing to read.
Ended shell(const std::string& command);

}  // namespace assay::test
