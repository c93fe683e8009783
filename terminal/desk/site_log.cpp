#include "terminal/desk/site_log.h"

#include "crypto/hash.h"

namespace assay::desk {

Result<SiteLog> SiteLog::open(Path folder, const MachineId& desk, crypto::SigningKey key,
                              Disk& disk) {
    ASSAY_TRY(tlog::Log log, tlog::Log::open(std::move(folder), "assay-site-log/" + desk.hex(),
                                             std::move(key), disk));
    SiteLog out(std::move(log));
    for (std::uint64_t i = 0; i < out.log_.head().size; ++i) {
        ASSAY_TRY(const Bytes payload, out.log_.entry(i));
        out.index_.emplace(crypto::sha256(payload), i);
    }
    return out;
}

Result<std::string> SiteLog::add(ByteView payload) {
    const Digest statement = crypto::sha256(payload);
    if (!index_.contains(statement)) {
        ASSAY_TRY(const std::uint64_t index, log_.append(payload));
        ASSAY_TRY_STATUS(log_.commit());
        index_.emplace(statement, index);
    }
    return proof(statement);
}

Result<std::string> SiteLog::proof(const Digest& statement) {
    const auto found = index_.find(statement);
    if (found == index_.end()) {
        return fail(Code::kNotFound, "desk.log.unknown"_id, {{"statement", statement.hex()}});
    }
    ASSAY_TRY(const tlog::LogProof receipt, log_.receipt(found->second));
    return receipt.write();
}

}  // namespace assay::desk
