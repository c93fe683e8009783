#include "server/core/central_log.h"

namespace assay::server_core {

Result<std::unique_ptr<CentralLog>> CentralLog::open(Path folder, const std::string& origin,
                                                     crypto::SigningKey key, Disk& disk) {
    ASSAY_TRY(tlog::Log log, tlog::Log::open(std::move(folder), origin, std::move(key), disk));
    return std::unique_ptr<CentralLog>(new CentralLog(std::move(log)));
}

Result<std::uint64_t> CentralLog::append(const std::vector<ByteView>& leaves) {
    const std::lock_guard guard(lock_);
    const std::uint64_t first = log_.head().size;
    for (const ByteView leaf : leaves) {
        const auto index = log_.append(leaf);
        if (!index.ok()) {
            log_.discard();
            return index.error();
        }
    }
    ASSAY_TRY_STATUS(log_.commit());
    return first;
}

std::uint64_t CentralLog::size() {
    const std::lock_guard guard(lock_);
    return log_.head().size;
}

Result<Bytes> CentralLog::leaf(std::uint64_t index) {
    const std::lock_guard guard(lock_);
    return log_.entry(index);
}

Result<std::string> CentralLog::proof(std::uint64_t index) {
    const std::lock_guard guard(lock_);
    ASSAY_TRY(const tlog::LogProof receipt, log_.receipt(index));
    return receipt.write();
}

Result<Bytes> CentralLog::resource(std::string_view path) {
    const std::lock_guard guard(lock_);
    return log_.resource(path);
}

std::string CentralLog::verifier_key() {
    const std::lock_guard guard(lock_);
    return log_.key().text();
}

}  // namespace assay::server_core
