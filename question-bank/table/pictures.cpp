#include "question-bank/table/pictures.h"

#include <algorithm>

#include "question-bank/table/archive.h"
#include "question-bank/table/table.h"

namespace assay::table {
namespace {

std::string lower(std::string_view text) {
    std::string out(trimmed(text));
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

bool has_picture_ending(std::string_view ending) {
    const std::string low = lower(ending);
    return low == "jpg" || low == "jpeg" || low == "png";
}

const char* media_type_of(ByteView bytes) {
    const std::string_view text = as_text(bytes);
    if (text.starts_with("\xFF\xD8\xFF")) {
        return "image/jpeg";
    }
    return text.starts_with("\x89PNG\r\n\x1A\n") ? "image/png" : nullptr;
}

}  // namespace

void Pictures::add(const std::string& path, Load load) {
    const auto slash = path.find_last_of("/\\");
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    const auto dot = name.find_last_of('.');
    // macOS writes a companion "._name" for each file of a zip.
    if (dot == std::string::npos || dot == 0 || name.starts_with("._") ||
        !has_picture_ending(name.substr(dot + 1))) {
        return;
    }
    const std::string stem(trimmed(name.substr(0, dot)));
    places_.emplace(lower(stem), Place{name, stem, std::move(load)});
}

Result<Pictures> Pictures::from_folder(Disk& disk, const Path& folder) {
    ASSAY_TRY(const auto names, disk.list(folder));
    Pictures out;
    for (const std::string& name : names) {
        const Path path = folder / name;
        out.add(name, [&disk, path] { return read_file(disk, path, kPictureBytesMax); });
    }
    return out;
}

Result<Pictures> Pictures::from_zip(Bytes zip) {
    if (zip.size() > kPictureArchiveBytesMax) {
        return fail(Code::kLimit, "table.limit.bytes"_id,
                    {{"limit", std::to_string(kPictureArchiveBytesMax)}});
    }
    ASSAY_TRY(Archive opened, Archive::open(std::move(zip)));
    const auto archive = std::make_shared<const Archive>(std::move(opened));
    Pictures out;
    for (const Archive::Entry& entry : archive->entries()) {
        out.add(entry.name, [archive, entry] { return archive->read(entry, kPictureBytesMax); });
    }
    return out;
}

Result<Picture> Pictures::find(std::string_view stem) const {
    const auto [begin, end] = places_.equal_range(lower(stem));
    if (begin == end) {
        return fail(Code::kNotFound, "table.picture.none"_id, {{"name", std::string(stem)}});
    }
    if (std::next(begin) != end) {
        return fail(Code::kConflict, "table.picture.two"_id,
                    {{"first", begin->second.name}, {"second", std::next(begin)->second.name}});
    }
    const Place& place = begin->second;
    ASSAY_TRY(Bytes bytes, place.load());
    const char* type = media_type_of(bytes);
    if (type == nullptr) {
        return fail(Code::kInvalid, "table.picture.kind"_id, {{"name", place.name}});
    }
    return Picture{place.name, type, std::move(bytes)};
}

std::vector<std::string> Pictures::stems() const {
    std::vector<std::string> out;
    for (const auto& [key, place] : places_) {
        out.push_back(place.stem);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace assay::table
