#include "server/store/store.h"

#include <future>

#include "crypto/hash.h"

namespace assay::store {

Result<Committed> Store::put(Batch batch) {
    auto promise = std::make_shared<std::promise<Result<Committed>>>();
    auto future = promise->get_future();
    ASSAY_TRY_STATUS(put(std::move(batch), [promise](Result<Committed> result) {
        promise->set_value(std::move(result));
    }));
    return future.get();
}

Status Store::scrub() {
    return scrub([] { return true; });
}

Result<Bytes> Store::body(const Digest& digest) {
    ASSAY_TRY(const std::uint64_t size, body_size(digest));
    if (size > kBodyBytesMax) {
        return fail(Code::kLimit, "store.body.size"_id,
                    {{"size", std::to_string(size)}, {"limit", std::to_string(kBodyBytesMax)}});
    }
    ASSAY_TRY(Bytes bytes, body_range(digest, 0, size));
    if (crypto::sha256(bytes) != digest) {
        return fail(Code::kCorrupt, "store.body.corrupt"_id, {{"digest", digest.hex()}});
    }
    return bytes;
}

}  // namespace assay::store
