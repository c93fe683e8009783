#include "crypto/record/tar.h"

#include <algorithm>
#include <memory>
#include <set>

#include <archive.h>
#include <archive_entry.h>

namespace assay::record {
namespace {

struct FreeArchive {
    void operator()(archive* each) const { archive_free(each); }
};
struct FreeEntry {
    void operator()(archive_entry* each) const { archive_entry_free(each); }
};

Error malformed(const char* problem) {
    return fail(Code::kInvalid, "record.tar.malformed"_id, {{"problem", problem}});
}

bool plain_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.size() <= kTarNameBytesMax &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

la_ssize_t write_piece(archive* /*writer*/, void* out, const void* bytes, std::size_t size) {
    append(*static_cast<Bytes*>(out), {static_cast<const std::uint8_t*>(bytes), size});
    return static_cast<la_ssize_t>(size);
}

Result<Bytes> read_content(archive* reader, archive_entry* entry, std::size_t budget) {
    const std::int64_t size = archive_entry_size(entry);
    if (size < 0 || static_cast<std::uint64_t>(size) > budget) {
        return malformed("cut");
    }
    Bytes out(static_cast<std::size_t>(size));
    std::size_t done = 0;
    while (done < out.size()) {
        const la_ssize_t piece = archive_read_data(reader, out.data() + done, out.size() - done);
        if (piece <= 0) {
            return malformed("cut");
        }
        done += static_cast<std::size_t>(piece);
    }
    return out;
}

}  // namespace

Bytes write_tar(const std::vector<TarEntry>& entries) {
    Bytes out;
    const std::unique_ptr<archive, FreeArchive> writer(archive_write_new());
    ASSAY_CHECK(archive_write_set_format_ustar(writer.get()) == ARCHIVE_OK);
    archive_write_set_bytes_per_block(writer.get(), 512);
    archive_write_set_bytes_in_last_block(writer.get(), 1);
    ASSAY_CHECK(archive_write_open(writer.get(), &out, nullptr, write_piece, nullptr) ==
                ARCHIVE_OK);
    for (const TarEntry& entry : entries) {
        ASSAY_CHECK(plain_name(entry.name));
        const std::unique_ptr<archive_entry, FreeEntry> header(archive_entry_new());
        archive_entry_set_pathname(header.get(), entry.name.c_str());
        archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.bytes.size()));
        archive_entry_set_filetype(header.get(), AE_IFREG);
        archive_entry_set_perm(header.get(), 0600);
        ASSAY_CHECK(archive_write_header(writer.get(), header.get()) == ARCHIVE_OK);
        ASSAY_CHECK(archive_write_data(writer.get(), entry.bytes.data(), entry.bytes.size()) ==
                    static_cast<la_ssize_t>(entry.bytes.size()));
    }
    ASSAY_CHECK(archive_write_close(writer.get()) == ARCHIVE_OK);
    return out;
}

Result<std::vector<TarEntry>> read_tar(ByteView bytes) {
    if (bytes.size() > kTarBytesMax) {
        return fail(Code::kLimit, "record.tar.too-large"_id,
                    {{"limit", std::to_string(kTarBytesMax)}});
    }
    const std::unique_ptr<archive, FreeArchive> reader(archive_read_new());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return malformed("header");
    }
    std::vector<TarEntry> out;
    std::set<std::string> names;
    // What a header claims is memory only as far as the archive holds it.
    std::size_t budget = bytes.size();
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        const char* name = archive_entry_pathname(entry);
        if (name == nullptr || !plain_name(name) || !names.insert(name).second) {
            return malformed("name");
        }
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
            return malformed("type");
        }
        if (out.size() == kTarEntriesMax) {
            return malformed("entries");
        }
        ASSAY_TRY(Bytes content, read_content(reader.get(), entry, budget));
        budget -= content.size();
        out.push_back(TarEntry{name, std::move(content)});
    }
    if (status != ARCHIVE_EOF) {
        return malformed("header");
    }
    // Whatever else libarchive understands (other tar dialects, owners, bytes after the end) is
    // not written by us: one archive has one form.
    if (as_text(write_tar(out)) != as_text(bytes)) {
        return malformed("not-exact");
    }
    return out;
}

}  // namespace assay::record
