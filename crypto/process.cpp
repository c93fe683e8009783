#include "crypto/process.h"

#include <array>
#include <cstdint>

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "crypto/secret.h"

namespace assay::crypto {

namespace {

bool refuse_dumps() {
    const rlimit none{0, 0};
    return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

bool memory_locks() {
    // sodium_malloc itself goes on silently where locking fails.
    std::array<std::uint8_t, 4096> page{};
    const bool locked = sodium_mlock(page.data(), page.size()) == 0;
    if (locked) {
        sodium_munlock(page.data(), page.size());
    }
    return locked;
}

}  // namespace

Status start_process() {
    if (sodium_init() < 0) {
        return fail(Code::kIo, "crypto.process.sodium"_id);
    }
    if (!refuse_dumps()) {
        return fail(Code::kIo, "crypto.process.dumps"_id);
    }
    ASSAY_TRY_STATUS(self_test());
    if (!memory_locks()) {
        return fail(Code::kUnavailable, "crypto.process.memory-lock"_id);
    }
    return Ok{};
}

}  // namespace assay::crypto
