#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <zip.h>

#include "question-bank/item/package.h"
#include "question-bank/item/path_rules.h"
#include "question-bank/item/utf8.h"

namespace assay::item {

namespace {

struct CloseZip {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { (void)zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{64} * 1024;
constexpr std::uint32_t kUnixModeShift = 16;

Error bad_entry(const std::string& name, const char* reason) {
    return fail(Code::kRefused, "item.package.entry"_id, {{"name", name}, {"reason", reason}});
}

Result<Zip> open_zip(ByteView bytes) {
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    Zip zip(source == nullptr ? nullptr
                              : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    zip_error_fini(&error);
    if (!zip) {
        zip_source_free(source);
        return fail(Code::kInvalid, "item.package.not-a-zip"_id);
    }
    return zip;
}

/// UTF-8 as it stands, else GB18030: archives made on Chinese desktops have no flag for it.
Result<std::string> entry_name(zip_t* zip, std::uint64_t index) {
    const char* raw = zip_get_name(zip, index, ZIP_FL_ENC_RAW);
    if (raw == nullptr) {
        return bad_entry(std::to_string(index), "no name");
    }
    const std::string name(raw);
    if (is_utf8(name)) {
        return name;
    }
    auto converted = utf8_from(name, "GB18030");
    if (!converted) {
        return bad_entry(std::to_string(index), "name is no text");
    }
    return std::move(*converted);
}

bool is_link(zip_t* zip, std::uint64_t index) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(zip, index, 0, &system, &attributes) != 0) {
        return false;
    }
    const auto kind = (attributes >> kUnixModeShift) & S_IFMT;
    return system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG && kind != S_IFDIR;
}

/// Reads the archive entry by entry; what it counts is what came out, not what the archive says.
class Unpacker {
  public:
    Unpacker(zip_t* zip, const PackageLimits& limits) : zip_(zip), limits_(limits) {}

    Result<std::map<std::string, Bytes>> unpack() {
        const auto count = zip_get_num_entries(zip_, 0);
        if (count < 0 || static_cast<std::uint64_t>(count) > limits_.entries) {
            return fail(Code::kLimit, "item.package.entries"_id,
                        {{"limit", std::to_string(limits_.entries)}});
        }
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) {
            ASSAY_TRY_STATUS(take(i));
        }
        return std::move(files_);
    }

  private:
    Status take(std::uint64_t index) {
        ASSAY_TRY(const auto name, entry_name(zip_, index));
        ASSAY_TRY_STATUS(check_entry_name(name, limits_));
        if (is_link(zip_, index)) {
            return bad_entry(name, "link or device");
        }
        if (name.ends_with('/')) {
            return Ok{};
        }
        if (!seen_.insert(collision_key(name)).second) {
            return bad_entry(name, "name stands twice");
        }
        zip_stat_t stat;
        if (zip_stat_index(zip_, index, 0, &stat) != 0) {
            return bad_entry(name, "damaged");
        }
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            stat.encryption_method != ZIP_EM_NONE) {
            return bad_entry(name, "encrypted");
        }
        ASSAY_TRY(auto bytes, read(index, name, stat.comp_size));
        files_[*collapsed(name)] = std::move(bytes);
        return Ok{};
    }

    Result<Bytes> read(std::uint64_t index, const std::string& name, std::uint64_t packed) {
        const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip_, index, 0));
        if (!file) {
            return bad_entry(name, "damaged");
        }
        Bytes out;
        std::array<std::uint8_t, std::size_t{64} * 1024> chunk{};
        for (;;) {
            const auto got = zip_fread(file.get(), chunk.data(), chunk.size());
            if (got < 0) {
                return bad_entry(name, "damaged");
            }
            if (got == 0) {
                return out;
            }
            append(out, ByteView(chunk).first(static_cast<std::size_t>(got)));
            total_ += static_cast<std::uint64_t>(got);
            if (total_ > limits_.unpacked_bytes) {
                return fail(Code::kLimit, "item.package.bytes"_id,
                            {{"limit", std::to_string(limits_.unpacked_bytes)}});
            }
            if (out.size() > kRatioFreeBytes && out.size() / limits_.ratio > packed) {
                return fail(Code::kLimit, "item.package.ratio"_id,
                            {{"name", name}, {"limit", std::to_string(limits_.ratio)}});
            }
        }
    }

    zip_t* zip_;
    const PackageLimits& limits_;
    std::map<std::string, Bytes> files_;
    std::set<std::string> seen_;
    std::uint64_t total_ = 0;
};

}  // namespace

Result<Package> read_package_zip(ByteView bytes, const PackageLimits& limits) {
    if (bytes.size() > limits.archive_bytes) {
        return fail(Code::kLimit, "item.package.archive"_id,
                    {{"found", std::to_string(bytes.size())},
                     {"limit", std::to_string(limits.archive_bytes)}});
    }
    ASSAY_TRY(const auto zip, open_zip(bytes));
    ASSAY_TRY(auto files, Unpacker(zip.get(), limits).unpack());
    return make_package(std::move(files), limits);
}

}  // namespace assay::item
