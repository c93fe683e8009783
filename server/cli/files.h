#pragma once

#include "crypto/dsse.h"
#include "server/cli/session.h"

namespace assay::server_cli {

/// Names in a plan's folder.
inline constexpr const char* kManifestFile = "manifest.dsse.json";
inline constexpr const char* kAttemptsFile = "attempts.json";

/// A DSSE envelope's file.
Result<Bytes> read_statement(const Session& session, const Path& path);
/// A new file: nothing is written over.
Status write_new(const Session& session, const Path& path, ByteView bytes);

}  // namespace assay::server_cli
