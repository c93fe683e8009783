#include "tests/support/conformance.h"

#include <fstream>
#include <iostream>

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace assay::test {

namespace fs = std::filesystem;

Walked::~Walked() {
    std::cout << cases_ << ' ' << what_ << " in " << files_.size() << " files\n";
    const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
    const auto data = conformance_data();
    if (test == nullptr || !data) {
        return;
    }
    std::error_code ignored;  // a summary that is not written is no reason to fail
    const fs::path folder = program("").parent_path().parent_path() / "conformance";
    fs::create_directories(folder, ignored);
    std::ofstream out(folder / (std::string(test->test_suite_name()) + '.' + test->name()));
    out << cases_ << ' ' << what_ << '\n';
    for (const fs::path& each : files_) {
        out << each.lexically_relative(data->lexically_normal()).string() << '\n';
    }
}

}  // namespace assay::test
