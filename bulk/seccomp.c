#include "bulk/seccomp.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What libraries call while they read documents. Names, as machines lack some. */
static const char *const calls[] = {
    /* reading what is open, and answering */
    "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "recvfrom", "recvmsg", "recv", "send", "sendto", "close",
    "dup", "dup2", "dup3", "lseek", "_llseek", "fadvise64", "fadvise64_64", "readahead", "poll", "ppoll", "ppoll_time64", "select",
    "_newselect", "pselect6", "pselect6_time64", "eventfd2", "pipe2",
    /* which files there are; Landlock decides which can be opened */
    "fstat", "fstat64", "newfstatat", "fstatat64", "stat", "stat64", "lstat", "lstat64", "statx", "statfs", "statfs64", "fstatfs",
    "fstatfs64", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd",
    /* memory */
    "mmap", "mmap2", "mprotect", "munmap", "mremap", "madvise", "mincore", "msync", "brk", "membarrier",
    /* locks and the scheduler, which libraries ask even in one thread */
    "futex", "futex_time64", "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "set_robust_list", "rseq",
    /* time */
    "nanosleep", "clock_nanosleep", "clock_nanosleep_time64", "clock_gettime", "clock_gettime64", "clock_getres",
    "clock_getres_time64", "gettimeofday", "time", "times", "getrusage",
    /* who and where the process is */
    "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getuid32", "geteuid32", "getgid32", "getegid32",
    "uname", "sysinfo", "getrlimit", "ugetrlimit", "getrandom",
    /* signals and the end */
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "rt_sigpending", "sigaltstack", "restart_syscall", "exit",
    "exit_group"};

/* Said plainly, for a library may handle EPERM better than a call that is missing. */
static const char *const refused[] = {
    "socket",  "socketpair", "connect",   "bind",     "listen", "accept",   "accept4",   "sendmsg",
    "execve",  "execveat",   "fork",      "vfork",    "kill",   "tkill",    "ptrace",    "setrlimit",
    "creat",   "truncate",   "unlink",    "unlinkat", "rename", "renameat", "renameat2", "mkdir",
    "mkdirat", "symlink",    "symlinkat", "link",     "linkat", "chmod",    "fchmodat",  "process_vm_readv"};

/* A call that this machine does not have needs no rule. */
static gboolean answer(scmp_filter_ctx filter, uint32_t action, const char *name, guint n, const struct scmp_arg_cmp *conditions) {
    int number = seccomp_syscall_resolve_name(name);
    return number < 0 || seccomp_rule_add_array(filter, action, number, n, conditions) == 0;
}

static gboolean permit(scmp_filter_ctx filter, const char *name, const struct scmp_arg_cmp *condition) {
    return answer(filter, SCMP_ACT_ALLOW, name, condition ? 1 : 0, condition);
}

static gboolean refuse(scmp_filter_ctx filter, const char *name) {
    return answer(filter, SCMP_ACT_ERRNO(EPERM), name, 0, NULL);
}

/* A wish to write shows in the flags: any but these may not be set. */
static gboolean permit_reading(scmp_filter_ctx filter) {
    const guint64 writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    const struct scmp_arg_cmp open_flags = SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0),
                              openat_flags = SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0);
    return permit(filter, "open", &open_flags) && permit(filter, "openat", &openat_flags);
}

static gboolean permit_with_care(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0), asks = SCMP_A2(SCMP_CMP_EQ, 0, 0),
                              terminal = SCMP_A1(SCMP_CMP_EQ, TCGETS, 0), named = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME, 0);
    static const int harmless[] = {F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC};
    gboolean ok = permit(filter, "tgkill", &self)       /* abort() */
                  && permit(filter, "prlimit64", &asks) /* getrlimit() */
                  && permit(filter, "ioctl", &terminal) /* isatty() */
                  && permit(filter, "prctl", &named);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(harmless); i++) {
        const struct scmp_arg_cmp command = SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)harmless[i], 0);
        ok = permit(filter, "fcntl", &command) && permit(filter, "fcntl64", &command);
    }
    return ok;
}

gboolean dab_seccomp_enter(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter) return FALSE;
    gboolean ok = permit_reading(filter) && permit_with_care(filter);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(calls); i++) ok = permit(filter, calls[i], NULL);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(refused); i++) ok = refuse(filter, refused[i]);
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}
