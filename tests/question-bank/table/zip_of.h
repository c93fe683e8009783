#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <zip.h>

#include "crypto/base/bytes.h"

namespace assay::table::test {

using Files = std::vector<std::pair<std::string, std::string>>;

/// A zip file in memory; names are written as their bytes are.
inline Bytes zip_of(const Files& files) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    EXPECT_NE(archive, nullptr);
    zip_source_keep(source);
    for (const auto& [name, content] : files) {
        zip_source_t* part = zip_source_buffer(archive, content.data(), content.size(), 0);
        EXPECT_GE(zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_RAW), 0);
    }
    EXPECT_EQ(zip_close(archive), 0);
    Bytes out;
    zip_source_open(source);
    zip_source_seek(source, 0, SEEK_END);
    out.resize(static_cast<std::size_t>(zip_source_tell(source)));
    zip_source_seek(source, 0, SEEK_SET);
    zip_source_read(source, out.data(), out.size());
    zip_source_close(source);
    zip_source_free(source);
    return out;
}

/// A workbook with one sheet of these rows and these shared strings.
inline Files workbook(const std::string& rows, const std::string& strings) {
    return {
        {"[Content_Types].xml", "<Types/>"},
        {"xl/workbook.xml",
         "<workbook xmlns:r=\"r\"><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"rId7\"/><sheet "
         "name=\"二\" sheetId=\"2\" r:id=\"rId8\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId8\" Target=\"worksheets/sheet2.xml\"/>"
         "<Relationship Id=\"rId7\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"},
        {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
    };
}

}  // namespace assay::table::test
