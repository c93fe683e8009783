// Every published item draws, and nothing of its key is in the page; the security items draw
// harmlessly.
#include <algorithm>
#include <iostream>

#include <pugixml.hpp>

#include "question-bank/item/package.h"
#include "tests/question-bank/render/render_pages.h"

namespace assay::render::test {
namespace {

std::vector<Path> xml_files(const Path& folder) {
    std::vector<Path> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && entry.path().extension() == ".xml") {
            out.push_back(entry.path());
        }
    }
    return out;
}

/// Which interactions of the page are drawn, notes that one is not to be had left out.
std::size_t drawn_interactions(const std::string& page) {
    std::size_t count = 0;
    for (auto at = page.find("data-ia=\""); at != std::string::npos;
         at = page.find("data-ia=\"", at + 1)) {
        ++count;
    }
    return count;
}

std::string content_of(const std::string& page) {
    const auto begin = page.find("<main");
    return page.substr(begin, page.find("</main>") - begin);
}

bool is_in_body(const item::Item& item, const std::string& text) {
    std::ostringstream out;
    item.body.print(out);
    return out.str().find(text) != std::string::npos;
}

void expect_no_key(const item::Item& item, const std::string& page, const Path& path) {
    EXPECT_EQ(page.find("correctResponse"), std::string::npos) << path;
    for (const item::Declaration& declaration : item.responses) {
        for (const std::string& line : item::value_to_text(declaration.correct)) {
            // What the body itself shows (a choice's identifier, a word of the text) is no secret;
            // a short number may be a size.
            if (line.size() > 3 && !is_in_body(item, line)) {
                EXPECT_EQ(page.find('"' + line + '"'), std::string::npos) << path << ' ' << line;
                EXPECT_EQ(page.find('>' + line + '<'), std::string::npos) << path << ' ' << line;
            }
        }
    }
}

/// Custom interactions are recognised and never executed; the page says so in their place.
bool is_foreign(const item::Item& item) {
    return std::any_of(item.interactions.begin(), item.interactions.end(), [](const auto& each) {
        return each.kind == item::InteractionKind::kCustom ||
               each.kind == item::InteractionKind::kPortableCustom;
    });
}

TEST(Rendering, DrawsEveryPublishedItemWithAnInteraction) {
    const auto data = assay::test::conformance_data();
    if (!data) {
        GTEST_SKIP() << assay::test::conformance_skip_reason();
    }
    const text::Texts texts = shipped_texts();
    std::size_t with = 0;
    std::size_t whole = 0;
    for (const Path& path : xml_files(*data / "qti/items")) {
        const auto item = item::read_item(as_bytes(file_text(path)));
        if (!item.ok()) {
            continue;
        }
        const RenderRequest request{.item = *item, .texts = texts};
        const auto page = render_item_page(request);
        ASSERT_TRUE(page.ok()) << path;
        const std::string content = content_of(*page);
        pugi::xml_document document;
        EXPECT_TRUE(document.load_string((content + "</main>").c_str())) << path;
        expect_no_key(*item, content, path);
        if (!item->interactions.empty() && !is_foreign(*item)) {
            ++with;
            if (drawn_interactions(content) == item->interactions.size()) {
                ++whole;
            } else {
                std::cout << "not drawn whole: " << path.filename() << '\n';
            }
        }
    }
    std::cout << whole << " of " << with << " items with an interaction are drawn whole\n";
    EXPECT_GT(with, 100U);
    EXPECT_GE(100 * whole, 99 * with);
}

TEST(Rendering, DrawsTheItemsOfPublishedPackages) {
    const auto data = assay::test::conformance_data();
    if (!data) {
        GTEST_SKIP() << assay::test::conformance_skip_reason();
    }
    const text::Texts texts = shipped_texts();
    SystemDisk disk;
    std::size_t with = 0;
    std::size_t whole = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(*data / "qti/packages")) {
        const auto package = item::read_package(disk, entry.path());
        if (!package.ok()) {
            continue;
        }
        for (const item::Resource* resource : package->of_kind(item::ResourceKind::kItem)) {
            const auto item = item::read_item_at(*package, resource->href);
            if (!item.ok() || item->interactions.empty() || is_foreign(*item)) {
                continue;
            }
            RenderRequest request{.item = *item, .texts = texts};
            request.item_path = resource->href;
            const std::string content = content_of(render_item_page(request).value());
            expect_no_key(*item, content, entry.path() / resource->href);
            ++with;
            const bool all = drawn_interactions(content) == item->interactions.size();
            whole += all ? 1U : 0U;
            if (!all) {
                std::cout << "not drawn whole: " << entry.path() << ' ' << resource->href << '\n';
            }
        }
    }
    std::cout << whole << " of " << with << " items of packages are drawn whole\n";
    EXPECT_GE(100 * whole, 99 * with);
}

TEST(Rendering, DrawsSecurityItemsHarmlessly) {
    const auto data = assay::test::conformance_data();
    if (!data) {
        GTEST_SKIP() << assay::test::conformance_skip_reason();
    }
    const text::Texts texts = shipped_texts();
    for (const Path& path : xml_files(*data / "qti/security")) {
        const auto item = item::read_item(as_bytes(file_text(path)));
        if (!item.ok()) {
            continue;  // refused is harmless as well
        }
        const RenderRequest request{.item = *item, .texts = texts};
        const std::string content = content_of(render_item_page(request).value());
        for (const char* forbidden : {"<script", "alert(", "javascript:", "onerror", "onclick",
                                      "<iframe", "<object", "http:", "https:"}) {
            EXPECT_EQ(content.find(forbidden), std::string::npos) << path << "\n" << content;
        }
        EXPECT_GE(drawn_interactions(content), 1U) << path;
    }
}

}  // namespace
}  // namespace assay::render::test
