#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/base/disk.h"
#include "question-bank/render/page.h"
#include "tests/support/paths.h"

namespace assay::render::test {

inline Path sample_folder() {
    return assay::test::repository() / "tests/question-bank/render/items";
}

inline text::Texts shipped_texts() {
    SystemDisk disk;
    return text::Texts::load(disk, text::locale_folder_beside(assay::test::program("any"))).value();
}

inline std::string file_text(const Path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

/// File stems of the sample items, sorted.
inline std::vector<std::string> sample_names() {
    SystemDisk disk;
    std::vector<std::string> out;
    const std::vector<std::string> names = disk.list(sample_folder()).value();
    for (const std::string& name : names) {
        if (Path(name).extension() == ".xml") {
            out.push_back(Path(name).stem().string());
        }
    }
    return out;
}

inline item::Item item_of(const std::string& xml) {
    auto read = item::read_item(as_bytes(xml));
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : to_string(read.error()));
    return std::move(read).value();
}

inline item::Item sample(const std::string& name) {
    return item_of(file_text(sample_folder() / (name + ".xml")));
}

/// An item whose body is `body`.
inline item::Item item_with_body(const std::string& body) {
    return item_of(
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\" "
        "title=\"t\" adaptive=\"false\" timeDependent=\"false\">"
        "<responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"identifier\"/>"
        "<itemBody>" +
        body + "</itemBody></assessmentItem>");
}

}  // namespace assay::render::test
