#include "crypto/text/catalogue.h"

namespace assay::text {
namespace {

constexpr std::uint32_t kMagic = 0x950412de;
constexpr std::size_t kHeaderBytes = 28;
constexpr std::size_t kRowBytes = 8;

std::uint32_t swapped(std::uint32_t value) {
    return (value >> 24) | ((value >> 8) & 0xff00U) | ((value << 8) & 0xff0000U) | (value << 24);
}

Error broken(const char* where) {
    return fail(Code::kInvalid, "text.catalogue.broken"_id, {{"where", where}});
}

/// Reads integers and the two tables of strings; every offset is checked against the file.
class Reader {
  public:
    Reader(ByteView bytes, bool little) : bytes_(bytes), little_(little) {}

    std::uint32_t number(std::size_t offset) const {
        const std::uint32_t value = read_be32(bytes_.subspan(offset, 4));
        return little_ ? swapped(value) : value;
    }

    bool holds_table(std::uint32_t offset, std::uint32_t rows) const {
        return offset <= bytes_.size() && rows <= (bytes_.size() - offset) / kRowBytes;
    }

    Result<std::string_view> row(std::uint32_t table, std::uint32_t index) const {
        const std::size_t at = table + kRowBytes * index;
        const std::size_t length = number(at);
        const std::size_t offset = number(at + 4);
        if (offset > bytes_.size() || length > bytes_.size() - offset) {
            return broken("string");
        }
        return as_text(bytes_.subspan(offset, length));
    }

  private:
    ByteView bytes_;
    bool little_;
};

}  // namespace

Result<Catalogue> Catalogue::parse(ByteView bytes) {
    if (bytes.size() > kCatalogueBytesMax) {
        return fail(Code::kLimit, "text.catalogue.too-large"_id,
                    {{"size", std::to_string(bytes.size())},
                     {"limit", std::to_string(kCatalogueBytesMax)}});
    }
    if (bytes.size() < kHeaderBytes) {
        return broken("header");
    }
    const std::uint32_t magic = read_be32(bytes);
    if (magic != kMagic && magic != swapped(kMagic)) {
        return broken("magic");
    }
    const Reader reader(bytes, magic != kMagic);
    const std::uint32_t rows = reader.number(8);
    const std::uint32_t ids = reader.number(12);
    const std::uint32_t texts = reader.number(16);
    if (rows > kCatalogueMessagesMax || !reader.holds_table(ids, rows) ||
        !reader.holds_table(texts, rows)) {
        return broken("table");
    }
    Catalogue catalogue;
    for (std::uint32_t i = 0; i < rows; ++i) {
        ASSAY_TRY(const auto id, reader.row(ids, i));
        ASSAY_TRY(const auto sentence, reader.row(texts, i));
        if (!id.empty() && !sentence.empty()) {  // the empty id is the file's own header
            catalogue.sentences_.emplace(id, sentence);
        }
    }
    return catalogue;
}

const std::string* Catalogue::find(std::string_view id) const {
    const auto found = sentences_.find(id);
    return found == sentences_.end() ? nullptr : &found->second;
}

Result<Catalogue> load_catalogue(Disk& disk, const Path& locale_folder, std::string_view language) {
    const Path path = locale_folder / language / "LC_MESSAGES" / "assay.mo";
    ASSAY_TRY(const auto bytes, read_file(disk, path, kCatalogueBytesMax));
    return Catalogue::parse(bytes);
}

Path locale_folder_beside(const Path& executable) {
    return (executable.parent_path() / ".." / "share" / "locale").lexically_normal();
}

}  // namespace assay::text
