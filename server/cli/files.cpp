#include "server/cli/files.h"

#include "crypto/command/new_file.h"

namespace assay::server_cli {

Result<Bytes> read_statement(const Session& session, const Path& path) {
    return read_file(session.disk, path, crypto::kEnvelopeBytesMax);
}

Status write_new(const Session& session, const Path& path, ByteView bytes) {
    if (path.has_parent_path()) {
        ASSAY_TRY_STATUS(session.disk.make_folders(path.parent_path()));
    }
    return command::write_new(session.disk, path, bytes);
}

}  // namespace assay::server_cli
