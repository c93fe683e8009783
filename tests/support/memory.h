#pragma once

#include <cstddef>

#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#include <sanitizer/allocator_interface.h>
#endif

namespace assay::test {

/// Bytes that are allocated now, of all threads. Asks the allocator that is there: a sanitizer has
/// one of its own, and what mallinfo2 says is then of nothing.
inline std::size_t bytes_in_use() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return __sanitizer_get_current_allocated_bytes();
#else
    const struct mallinfo2 found = ::mallinfo2();
    return found.uordblks + found.hblkhd;
#endif
}

}  // namespace assay::test
