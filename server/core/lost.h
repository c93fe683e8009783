#pragma once

#include "crypto/record/package.h"
#include "server/core/archive.h"

namespace assay::server_core {

/// A statement that was acknowledged and is not here: its leaf says what it was.
struct LostStatement {
    std::uint64_t leaf = 0;
    Digest digest;
    std::string kind;                        ///< "package", "seal", ...
    std::optional<record::Package> package;  ///< of a score package
};

/// All of them, in the order of the log. They come back when a desk or a stick brings them again.
Result<std::vector<LostStatement>> lost_statements(Ports& ports);

}  // namespace assay::server_core
