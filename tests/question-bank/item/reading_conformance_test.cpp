// Every published item, test and package is read without a crash, and cases that engines score
// differently are reported against our decisions.
#include <iostream>

#include <gtest/gtest.h>

#include "question-bank/item/package.h"
#include "question-bank/item/score.h"
#include "question-bank/item/views.h"
#include "tests/question-bank/item/conformance_cases.h"

namespace assay::item::conformance {
namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            out.push_back(entry.path());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST(PublishedItems, AreReadAndSplitIntoTheirViews) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    std::size_t read_all = 0;
    std::size_t total = 0;
    for (const auto& path : files_in(*data / "qti/items")) {
        if (path.extension() != ".xml") {
            continue;
        }
        ++total;
        const auto xml = file_text(path);
        const auto item = read_item(as_bytes(xml));
        read_all += item.ok() ? 1U : 0U;
        if (!item.ok()) {
            std::cout << path.filename() << ": " << to_string(item.error()) << '\n';
            continue;
        }
        const auto view = candidate_view(as_bytes(xml));
        ASSERT_TRUE(view.ok()) << path;
        const auto again = read_item(*view);
        ASSERT_TRUE(again.ok()) << path;
        EXPECT_LE(again->interactions.size(), item->interactions.size()) << path;
        EXPECT_FALSE(again->response_processing.has_value()) << path;
    }
    std::cout << "items read: " << read_all << " of " << total << '\n';
    EXPECT_GE(read_all * 100, total * 99);
}

TEST(PublishedPackages, AreReadOrRefusedWithAReason) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    std::size_t read_all = 0;
    std::size_t total = 0;
    for (const auto& path : files_in(*data / "qti/packages")) {
        const auto bytes = file_text(path);
        const auto package = read_package_zip(as_bytes(bytes));
        ++total;
        if (!package.ok()) {
            std::cout << path.filename() << ": " << to_string(package.error()) << '\n';
            continue;
        }
        ++read_all;
        (void)candidate_files(*package);
    }
    std::cout << "packages read: " << read_all << " of " << total << '\n';
    EXPECT_GT(read_all, total / 2);
}

TEST(CasesThatEnginesScoreDifferently, AreCountedAgainstOurDecisions) {
    const auto data = test::conformance_data();
    if (!data) {
        GTEST_SKIP() << test::conformance_skip_reason();
    }
    std::size_t scored = 0;
    std::size_t refused = 0;
    for (const auto& one : cases(*data / "qti/conflicts.jsonl")) {
        const auto xml = file_text(*data / "qti" / text_of(one.at("item")));
        const auto item = read_item(as_bytes(xml));
        Responses responses;
        bool read = item.ok();
        for (const auto& [name, value] : one.at("responses").as_object()) {
            const auto* declaration =
                read ? item->response(std::string_view(name.data(), name.size())) : nullptr;
            TextLines lines;
            for (const auto& line : value.is_array() ? value.as_array() : boost::json::array()) {
                lines.push_back(text_of(line));
            }
            if (declaration != nullptr) {
                auto got = value_from_text(*declaration, lines);
                read = read && got.ok();
                responses[std::string(name)] = got.ok() ? *got : Value::null();
            }
        }
        const bool done = read && score_item(*item, responses).ok();
        ++(done ? scored : refused);
    }
    std::cout << "contested cases: " << scored << " scored by our decisions, " << refused
              << " refused\n";
}

}  // namespace
}  // namespace assay::item::conformance
