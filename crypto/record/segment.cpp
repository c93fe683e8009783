#include "crypto/record/segment.h"

#include "crypto/base/check.h"
#include "crypto/record/tar.h"

namespace assay::record {
namespace {

constexpr std::string_view kIndexName = "index.json";

std::string picture_name(std::size_t index) {
    std::string digits = std::to_string(index + 1);
    digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
    return digits + ".jpg";
}

Error malformed() { return fail(Code::kInvalid, "record.segment.malformed"_id); }

}  // namespace

Bytes write_segment(SegmentContent content) {
    ASSAY_CHECK(content.index.pictures.size() == content.jpegs.size());
    ASSAY_CHECK(content.jpegs.size() <= kSegmentPicturesMax);
    std::vector<TarEntry> entries(1);
    for (std::size_t i = 0; i < content.jpegs.size(); ++i) {
        content.index.pictures[i].file = picture_name(i);
        entries.push_back({picture_name(i), std::move(content.jpegs[i])});
    }
    entries.front() = {std::string(kIndexName), write_document(content.index)};
    return write_tar(entries);
}

Result<SegmentContent> read_segment(ByteView plain) {
    ASSAY_TRY(std::vector<TarEntry> entries, read_tar(plain));
    if (entries.empty() || entries.size() > kSegmentPicturesMax + 1 ||
        entries.front().name != kIndexName) {
        return malformed();
    }
    SegmentContent content;
    ASSAY_TRY(content.index, read_document<SegmentIndex>(entries.front().bytes));
    if (content.index.pictures.size() + 1 != entries.size()) {
        return malformed();
    }
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].name != picture_name(i - 1) ||
            content.index.pictures[i - 1].file != entries[i].name) {
            return malformed();
        }
        content.jpegs.push_back(std::move(entries[i].bytes));
    }
    return content;
}

}  // namespace assay::record
