#include "question-bank/table/archive.h"

#include <algorithm>

#include <zip.h>

#include "question-bank/table/encoding.h"

namespace assay::table {
namespace {

Error broken(const std::string& name) {
    return fail(Code::kInvalid, "table.archive.broken"_id, {{"name", name}});
}

Archive::Entry entry_of(zip* archive, std::uint64_t index) {
    zip_stat_t stat{};
    zip_stat_init(&stat);
    Archive::Entry entry;
    entry.index = index;
    // The name as its bytes are: archives of Chinese Windows hold GB18030 without saying so.
    if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &stat) == 0 && stat.name != nullptr) {
        const auto name = decode(as_bytes(stat.name));
        entry.name = name.ok() ? name->text : std::string();
        entry.size = stat.size;
        entry.packed = stat.comp_size;
        entry.encrypted = stat.encryption_method != ZIP_EM_NONE;
    }
    return entry;
}

}  // namespace

Result<Archive> Archive::open(Bytes bytes) {
    Archive out;
    out.bytes_ = std::make_shared<const Bytes>(std::move(bytes));
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source =
        zip_source_buffer_create(out.bytes_->data(), out.bytes_->size(), 0, &error);
    zip* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (opened == nullptr) {
        zip_source_free(source);
        return broken("zip");
    }
    out.zip_ = std::shared_ptr<zip>(opened, [](zip* each) { zip_discard(each); });
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(opened, 0));
    if (count > kArchiveEntriesMax) {
        return fail(Code::kLimit, "table.limit.entries"_id,
                    {{"limit", std::to_string(kArchiveEntriesMax)}});
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        out.entries_.push_back(entry_of(opened, i));
    }
    return out;
}

const Archive::Entry* Archive::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

Result<Bytes> Archive::read(const Entry& entry, std::uint64_t limit) const {
    if (entry.encrypted) {
        return fail(Code::kRefused, "table.archive.encrypted"_id, {{"name", entry.name}});
    }
    const auto too_large = fail(Code::kLimit, "table.archive.too-large"_id,
                                {{"name", entry.name}, {"limit", std::to_string(limit)}});
    const std::uint64_t most = std::max(kRatioFreeBytes, entry.packed * kArchiveRatioMax);
    if (entry.size > std::min(limit, most)) {
        return too_large;
    }
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
        zip_fopen_index(zip_.get(), entry.index, 0), &zip_fclose);
    if (file == nullptr) {
        return broken(entry.name);
    }
    Bytes out(entry.size + 1);  // one more: an entry that lies about its size is found out
    std::size_t filled = 0;
    while (filled < out.size()) {
        const auto got = zip_fread(file.get(), out.data() + filled, out.size() - filled);
        if (got < 0) {
            return broken(entry.name);
        }
        if (got == 0) {
            break;
        }
        filled += static_cast<std::size_t>(got);
    }
    if (filled != entry.size) {
        return broken(entry.name);
    }
    out.resize(filled);
    return out;
}

}  // namespace assay::table
