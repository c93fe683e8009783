#include "server/core/archive.h"

namespace assay::server_core {

Result<std::string> receipt_of(Ports& ports, const Digest& statement) {
    ASSAY_TRY(const store::StoredObject stored, ports.store.object(statement));
    if (!stored.log_index) {
        return fail(Code::kUnavailable, "server.receipt.not-logged"_id);
    }
    return ports.central.proof(*stored.log_index);
}

}  // namespace assay::server_core
