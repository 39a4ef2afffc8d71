#include "bulk/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulk/sanitized.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

/* ---- Landlock: the kernel's own interface, whose headers are often older than the kernel ---- */

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

enum { RULE_PATH_BENEATH = 1, VERSION_FLAG = 1 };
enum { READ_FILE = 1 << 2, READ_DIR = 1 << 3 };

typedef struct {
    guint64 fs, net, scoped;
} Ruleset; /* struct landlock_ruleset_attr; older kernels know the first of its members */

typedef struct {
    guint64 access;
    gint32 fd;
} __attribute__((packed)) PathRule; /* struct landlock_path_beneath_attr */

static const char *const readable[] = {
    "/etc/fonts",
    "/usr/share/fontconfig",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/X11/fonts",
    "/usr/X11R6/lib/X11/fonts",
    "/var/cache/fontconfig",
    "/usr/share/poppler",
    "/usr/local/share/poppler",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/share/tesseract",
    "/usr/local/share/tessdata",
    "/usr/lib64/gconv",
    "/usr/lib/gconv",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/null",
    "/dev/urandom",
};

static void allow(int ruleset, const char *path) {
    struct stat st;
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0) return; /* not on this machine */
    if (fstat(fd, &st) == 0) {
        PathRule rule = {.access = S_ISDIR(st.st_mode) ? READ_FILE | READ_DIR : READ_FILE, .fd = fd};
        if (strcmp(path, "/") != 0) syscall(__NR_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

static void allow_below(int ruleset, const char *folder, const char *name) {
    g_autofree char *path = folder && *folder ? g_build_filename(folder, name, NULL) : NULL;
    allow(ruleset, path);
}

/* Converters of odd character sets: Debian has them in /usr/lib/x86_64-linux-gnu/gconv and the like. */
static void allow_converters(int ruleset) {
    GDir *dir = g_dir_open("/usr/lib", 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *gconv = strstr(name, "-linux-") ? g_build_filename("/usr/lib", name, "gconv", NULL) : NULL;
        allow(ruleset, gconv);
    }
    if (dir) g_dir_close(dir);
}

/* Fonts of the user, and what environment variables say of fonts and tessdata. */
static void allow_own(int ruleset) {
    allow_below(ruleset, g_getenv("HOME"), ".fonts");
    allow_below(ruleset, g_getenv("HOME"), ".fonts.conf");
    allow_below(ruleset, g_get_user_data_dir(), "fonts");
    allow_below(ruleset, g_get_user_cache_dir(), "fontconfig");
    allow_below(ruleset, g_get_user_config_dir(), "fontconfig");
    for (const char *const *dir = g_get_system_data_dirs(); *dir; dir++) allow_below(ruleset, *dir, "fonts");
    allow(ruleset, g_getenv("FONTCONFIG_FILE"));
    allow(ruleset, g_getenv("FONTCONFIG_PATH"));
    allow(ruleset, g_getenv("TESSDATA_PREFIX"));
}

/* What an ABI version can forbid: everything it knows (landlock(7)). */
static gsize rules_of(long abi, Ruleset *rules) {
    static const int n_rights[] = {0, 13, 14, 15, 15, 16};
    rules->fs = (G_GUINT64_CONSTANT(1) << n_rights[MIN(abi, 5)]) - 1;
    rules->net = 3;    /* bind and connect of TCP */
    rules->scoped = 3; /* abstract sockets and signals stay inside */
    return abi >= 6 ? sizeof *rules : abi >= 4 ? 2 * sizeof(guint64) : sizeof(guint64);
}

static gboolean wall_off_files(void) {
    Ruleset rules;
    long abi = syscall(__NR_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
    if (abi < 1) return FALSE;
    gsize bytes = rules_of(abi, &rules);
    int ruleset = (int)syscall(__NR_landlock_create_ruleset, &rules, bytes, 0);
    if (ruleset < 0) return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(readable); i++) allow(ruleset, readable[i]);
    allow_converters(ruleset);
    allow_own(ruleset);
    gboolean done = syscall(__NR_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done;
}

/* ---- seccomp ---- */

/* What libraries call while they read documents. Names, as machines lack some. */
static const char *const calls[] = {
    "read",
    "readv",
    "pread64",
    "preadv",
    "preadv2",
    "write",
    "writev",
    "recvfrom",
    "recvmsg",
    "recv",
    "send",
    "sendto",
    "close",
    "dup",
    "dup2",
    "dup3",
    "fstat",
    "fstat64",
    "newfstatat",
    "fstatat64",
    "stat",
    "stat64",
    "lstat",
    "lstat64",
    "statx",
    "statfs",
    "statfs64",
    "fstatfs",
    "fstatfs64",
    "lseek",
    "_llseek",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getdents",
    "getdents64",
    "getcwd",
    "fadvise64",
    "fadvise64_64",
    "readahead",
    "mmap",
    "mmap2",
    "mprotect",
    "munmap",
    "mremap",
    "madvise",
    "mincore",
    "msync",
    "brk",
    "futex",
    "futex_time64",
    "sched_yield",
    "sched_getaffinity",
    "sched_getparam",
    "sched_getscheduler",
    "nanosleep",
    "clock_nanosleep",
    "clock_nanosleep_time64",
    "clock_gettime",
    "clock_gettime64",
    "clock_getres",
    "clock_getres_time64",
    "gettimeofday",
    "time",
    "times",
    "getrusage",
    "getpid",
    "gettid",
    "getppid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "getuid32",
    "geteuid32",
    "getgid32",
    "getegid32",
    "uname",
    "sysinfo",
    "getrandom",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sigreturn",
    "rt_sigpending",
    "sigaltstack",
    "exit",
    "exit_group",
    "restart_syscall",
    "set_robust_list",
    "rseq",
    "poll",
    "ppoll",
    "ppoll_time64",
    "select",
    "_newselect",
    "pselect6",
    "pselect6_time64",
    "eventfd2",
    "pipe2",
    "getrlimit",
    "ugetrlimit",
    "membarrier",
};

static gboolean permit(scmp_filter_ctx filter, const char *name, guint n, const struct scmp_arg_cmp *conditions) {
    int number = seccomp_syscall_resolve_name(name);
    if (number < 0) return TRUE; /* this machine has no such call */
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, n, conditions) == 0;
}

static gboolean refuse(scmp_filter_ctx filter, const char *name, guint n, const struct scmp_arg_cmp *conditions) {
    int number = seccomp_syscall_resolve_name(name);
    return number < 0 || seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), number, n, conditions) == 0;
}

/* Said plainly, for a library may handle EPERM better than a call that is missing. */
static const char *const refused[] = {
    "socket",  "socketpair", "connect",   "bind",     "listen", "accept",   "accept4",   "sendmsg",
    "execve",  "execveat",   "fork",      "vfork",    "kill",   "tkill",    "ptrace",    "setrlimit",
    "creat",   "truncate",   "unlink",    "unlinkat", "rename", "renameat", "renameat2", "mkdir",
    "mkdirat", "symlink",    "symlinkat", "link",     "linkat", "chmod",    "fchmodat",  "process_vm_readv"};

/* A wish to write shows in the flags: any but these may not be set. */
static gboolean permit_reading(scmp_filter_ctx filter) {
    const guint64 writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    const struct scmp_arg_cmp open_flags = SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0),
                              openat_flags = SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0);
    return permit(filter, "open", 1, &open_flags) && permit(filter, "openat", 1, &openat_flags);
}

static gboolean permit_with_care(scmp_filter_ctx filter) {
    const struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()), asks = SCMP_A2(SCMP_CMP_EQ, 0),
                              terminal = SCMP_A1(SCMP_CMP_EQ, TCGETS), named = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME);
    static const int harmless[] = {F_GETFD, F_SETFD, F_GETFL, F_DUPFD, F_DUPFD_CLOEXEC};
    gboolean ok = permit(filter, "tgkill", 1, &self)       /* abort() */
                  && permit(filter, "prlimit64", 1, &asks) /* getrlimit() */
                  && permit(filter, "ioctl", 1, &terminal) /* isatty() */
                  && permit(filter, "prctl", 1, &named);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(harmless); i++) {
        const struct scmp_arg_cmp command = SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)harmless[i]);
        ok = permit(filter, "fcntl", 1, &command) && permit(filter, "fcntl64", 1, &command);
    }
    return ok;
}

static gboolean wall_off_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter) return FALSE;
    gboolean ok = permit_reading(filter) && permit_with_care(filter);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(calls); i++) ok = permit(filter, calls[i], 0, NULL);
    for (gsize i = 0; ok && i < G_N_ELEMENTS(refused); i++) ok = refuse(filter, refused[i], 0, NULL);
    ok = ok && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return ok;
}

/* ---- the whole ---- */

static void limit(int resource, rlim_t to) {
    struct rlimit both = {to, to};
    setrlimit(resource, &both);
}

static GIConv kept_open[1];

void dab_sandbox_prepare(void) {
    /* glibc loads converters as libraries, when first asked and as long as one is open */
    if (!kept_open[0]) kept_open[0] = g_iconv_open("UTF-8", "GB18030");
}

gboolean dab_sandbox_enter(GError **error) {
    if (DAB_SANITIZED) { /* which write reports, and map and trace as they like */
        g_set_error_literal(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "a build with sanitizers cannot be shut in");
        return FALSE;
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, DAB_WORKER_DESCRIPTORS);
    gboolean privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    gboolean files = privileges && wall_off_files(), calls_too = privileges && wall_off_calls();
    if (files && calls_too) return TRUE;
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "this system has no %s%s%s",
                files ? "" : "Landlock (Linux 5.13 and up, enabled: files that are readable stay so)",
                files || calls_too ? "" : " and no ", calls_too ? "" : "seccomp filters (system calls stay open)");
    return FALSE;
}

gboolean dab_sandbox_probe(GError **error) {
    int back[2];
    char message[512];
    if (pipe2(back, O_CLOEXEC) != 0) return TRUE; /* there are worse worries, and they show at once */
    pid_t pid = fork();
    if (pid == 0) {
        g_autoptr(GError) missing = NULL;
        if (dab_sandbox_enter(&missing)) _exit(0);
        _exit(write(back[1], missing->message, strlen(missing->message)) < 0 ? 2 : 1);
    }
    close(back[1]);
    ssize_t n = pid > 0 ? read(back[0], message, sizeof message - 1) : 0;
    close(back[0]);
    int status = 0;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) return TRUE;
    message[MAX(n, 0)] = 0;
    g_set_error(error, DAB_ERROR, DAB_ERROR_UNREADABLE, "%s", n > 0 ? message : "this system stops a process that is shut in");
    return FALSE;
}
