/* LD_PRELOAD for tests of whole programs: the wall clock stands ASSAY_TEST_CLOCK_SECONDS from the
   real one. The steady clock is left alone, as it is when somebody sets a machine's clock. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*clock_call)(clockid_t, struct timespec *);

int clock_gettime(clockid_t which, struct timespec *out) {
    clock_call real = (clock_call)dlsym(RTLD_NEXT, "clock_gettime");
    const int result = real(which, out);
    const char *shift = getenv("ASSAY_TEST_CLOCK_SECONDS");
    if (result == 0 && shift != NULL && which == CLOCK_REALTIME) {
        out->tv_sec += atol(shift);
    }
    return result;
}
