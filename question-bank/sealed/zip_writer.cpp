#include <zip.h>

#include "question-bank/sealed/zip.h"

namespace assay::sealed {
namespace {

constexpr zip_uint16_t kDosTime = 0;
constexpr zip_uint16_t kDosDate = (1U << 5U) | 1U;  // 1980-01-01, the first that zip can say
constexpr zip_uint32_t kPlainFile = 0100644U << 16U;

/// Takes the bytes that libzip left in its buffer.
Bytes content_of(zip_source_t* source) {
    zip_stat_t facts;
    ASSAY_CHECK(zip_source_stat(source, &facts) == 0);
    Bytes out((facts.valid & ZIP_STAT_SIZE) == 0 ? 0 : facts.size);
    ASSAY_CHECK(zip_source_open(source) == 0);
    ASSAY_CHECK(zip_source_read(source, out.data(), out.size()) ==
                static_cast<zip_int64_t>(out.size()));
    zip_source_close(source);
    return out;
}

void add(zip_t* archive, const std::string& name, const Bytes& bytes) {
    zip_source_t* content = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    ASSAY_CHECK(content != nullptr);
    const zip_int64_t added = zip_file_add(archive, name.c_str(), content, ZIP_FL_ENC_UTF_8);
    ASSAY_CHECK(added >= 0);
    const auto index = static_cast<zip_uint64_t>(added);
    ASSAY_CHECK(zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0);
    ASSAY_CHECK(zip_file_set_dostime(archive, index, kDosTime, kDosDate, 0) == 0);
    ASSAY_CHECK(zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, kPlainFile) ==
                0);
}

}  // namespace

Bytes write_zip(const std::map<std::string, Bytes>& files) {
    ASSAY_CHECK(!files.empty() && files.size() <= kZipMembersMax);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    ASSAY_CHECK(target != nullptr);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    ASSAY_CHECK(archive != nullptr);
    for (const auto& [name, bytes] : files) {
        add(archive, name, bytes);
    }
    ASSAY_CHECK(zip_close(archive) == 0);
    Bytes out = content_of(target);
    zip_source_free(target);
    return out;
}

}  // namespace assay::sealed
