#include "server/api/upload_shelf.h"

#include <algorithm>

#include "server/api/routes.h"

namespace assay::server_api {
namespace {

constexpr std::size_t kNameBytesMax = 256;

Result<std::string> text_of(const http::TusMetadata& metadata, const std::string& key) {
    const auto found = metadata.find(key);
    if (found == metadata.end() || found->second.size() > kNameBytesMax ||
        std::ranges::any_of(found->second, [](std::uint8_t c) { return c < 0x20; })) {
        return fail(Code::kInvalid, "server.upload.metadata"_id, {{"key", key}});
    }
    return to_string(found->second);
}

}  // namespace

Result<std::string> UploadShelf::create(const http::Request& request,
                                        const http::TusMetadata& metadata, std::uint64_t length) {
    ASSAY_TRY(const record::KeyRow desk, desk_of(trust_, request.peer));
    ASSAY_TRY(const std::string digest, text_of(metadata, "digest"));
    ASSAY_TRY(const std::string attempt, text_of(metadata, "attempt"));
    server_core::UploadNote note;
    ASSAY_TRY(note.digest, Digest::from_hex(digest));
    ASSAY_TRY(note.attempt, AttemptId::from_hex(attempt));
    ASSAY_TRY(note.kind, text_of(metadata, "kind"));
    ASSAY_TRY(note.name, text_of(metadata, "name"));
    return shelf_.create(desk, note, length);
}

Result<http::TusState> UploadShelf::find(const http::Request& request, const std::string& id) {
    ASSAY_TRY(const record::KeyRow desk, desk_of(trust_, request.peer));
    ASSAY_TRY(const server_core::UploadProgress progress, shelf_.find(desk, id));
    return http::TusState{progress.length, progress.offset, progress.expires};
}

Status UploadShelf::append(const std::string& id, std::uint64_t offset, ByteView piece) {
    return shelf_.append(id, offset, piece);
}

Result<std::uint64_t> UploadShelf::sync(const std::string& id) { return shelf_.sync(id); }

Status UploadShelf::rewind(const std::string& id, std::uint64_t offset) {
    return shelf_.rewind(id, offset);
}

Status UploadShelf::drop(const std::string& id) { return shelf_.drop(id); }

Status UploadShelf::finish(const std::string& id) { return shelf_.finish(id); }

}  // namespace assay::server_api
