#include "terminal/proctor/sandbox.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace assay::proctor {
namespace {

constexpr rlim_t kAddressSpaceBytesMax = rlim_t{2} << 30U;
constexpr rlim_t kOpenFilesMax = 64;
constexpr int kLowestPriority = 19;
/// All ioctls of V4L2 carry this letter in their second byte.
constexpr scmp_datum_t kIoctlTypeMask = 0xFF00;
constexpr scmp_datum_t kIoctlTypeVideo = static_cast<scmp_datum_t>('V') << 8U;

// Memory, time, threads of the C library, the socket that is open already, and files to read.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(lseek),
    SCMP_SYS(getdents64),
    SCMP_SYS(fcntl),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(mlock),
    SCMP_SYS(munlock),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(tgkill),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

// Nothing in the process has a reason to try: whoever does is somebody else.
constexpr int kDeadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(memfd_create),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(bpf),
    SCMP_SYS(unlink),
    SCMP_SYS(rename),
};

Error refused(const char* what) {
    const int number = errno;
    return fail(
        Code::kIo, "proctor.sandbox.refused"_id,
        {{"what", what}, {"number", std::to_string(number)}, {"cause", std::strerror(number)}});
}

bool limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool add_rules(scmp_filter_ctx filter) {
    bool good = true;
    for (const int call : kAllowed) {
        good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    }
    for (const int call : kDeadly) {
        good = good && seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, call, 0) == 0;
    }
    // A camera is opened for reading and writing; nothing is made and nothing emptied.
    constexpr scmp_datum_t kMaking = O_CREAT | O_TRUNC | O_WRONLY | O_APPEND;
    const scmp_arg_cmp opens = SCMP_A2(SCMP_CMP_MASKED_EQ, kMaking, 0);
    const scmp_arg_cmp video = SCMP_A1(SCMP_CMP_MASKED_EQ, kIoctlTypeMask, kIoctlTypeVideo);
    const scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &opens) == 0;
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, &video) == 0;
    good = good && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &no_code) == 0;
    return good &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &no_code) == 0;
}

}  // namespace

Status limit_process() {
    if (::setpriority(PRIO_PROCESS, 0, kLowestPriority) != 0) {
        return refused("priority");
    }
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return refused("dumpable");
    }
    // A log on standard error that is a file cannot grow either; the process must not end for it.
    ::signal(SIGXFSZ, SIG_IGN);
    const bool limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
                         limit(RLIMIT_NOFILE, kOpenFilesMax) &&
                         limit(RLIMIT_AS, kAddressSpaceBytesMax);
    return limited ? Status(Ok()) : Status(refused("limits"));
}

Status close_sandbox() {
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (filter == nullptr || !add_rules(filter.get())) {
        return refused("filter");
    }
    // Sets no_new_privs as well.
    return seccomp_load(filter.get()) == 0 ? Status(Ok()) : Status(refused("load"));
}

}  // namespace assay::proctor
