#include "crypto/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace assay {

void check_failed(const char* what, const std::source_location& where) {
    (void)std::fprintf(stderr, "assay: bug: %s is false at %s:%u\n", what, where.file_name(),
                       where.line());
    std::abort();
}

}  // namespace assay
