#pragma once

#include "tests/support/paths.h"
#include "tests/support/shell.h"

namespace assay::bank::test {

struct Run {
    std::string output;
    int code = -1;
};

/// Runs assay-bank with arguments that hold no quotes; both streams come back in English.
inline Run run(const std::string& arguments) {
    const auto ended = assay::test::shell(assay::test::program("assay-bank").string() +
                                          " --language en " + arguments);
    return {ended.said(), ended.code};
}

}  // namespace assay::bank::test
