#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#include "crypto/base/check.h"

// For fuzz targets, one of which includes this header: it counts what the program asks for.
namespace assay::test {

/// Bytes that this thread has asked for, ever: from operator new, and with the address sanitizer
/// from malloc as well.
inline std::size_t& asked_for() {
    static thread_local std::size_t bytes = 0;
    return bytes;
}

/// The third property of every fuzz target: an input of n bytes makes no more than `base` plus
/// `multiple` times n bytes of allocations, freed ones counted too. That bounds the memory, and
/// with it the work, since nothing here loops without writing something.
class Budget {
  public:
    static constexpr std::size_t kMultiple = 64;
    static constexpr std::size_t kBase = std::size_t{1} << 20U;

    explicit Budget(std::size_t input, std::size_t multiple = kMultiple, std::size_t base = kBase)
        : most_(base + multiple * input), before_(asked_for()) {}
    Budget(const Budget&) = delete;
    Budget& operator=(const Budget&) = delete;
    ~Budget() { ASSAY_CHECK(asked_for() - before_ <= most_); }

  private:
    std::size_t most_;
    std::size_t before_;
};

}  // namespace assay::test

#ifdef __SANITIZE_ADDRESS__
// The sanitizer keeps its own operator new, which knows what must be freed how, and calls this.
extern "C" void __sanitizer_malloc_hook(const volatile void* /*bytes*/, std::size_t size) {
    assay::test::asked_for() += size;
}
#else
// Not inlined: g++ would see free() of what it believes another operator new has given.
[[gnu::noinline]] void* operator new(std::size_t size) {
    assay::test::asked_for() += size;
    void* const out = std::malloc(size == 0 ? 1 : size);
    if (out == nullptr) {
        throw std::bad_alloc();
    }
    return out;
}
[[gnu::noinline]] void* operator new[](std::size_t size) { return ::operator new(size); }
[[gnu::noinline]] void operator delete(void* bytes) noexcept { std::free(bytes); }
[[gnu::noinline]] void operator delete(void* bytes, std::size_t /*size*/) noexcept {
    std::free(bytes);
}
[[gnu::noinline]] void operator delete[](void* bytes) noexcept { std::free(bytes); }
[[gnu::noinline]] void operator delete[](void* bytes, std::size_t /*size*/) noexcept {
    std::free(bytes);
}
#endif
