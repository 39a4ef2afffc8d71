/* Each wall of the sandbox, proved by a stand-in for what hostile bytes might make of a worker. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulk/workers.h"
#include "dabiao/error.h"

static char *own_file; /* one that this user may read and write, made outside */
static int open_for_job = -1;

/* Each tries to get out and says whether it did. */
static gboolean writes_a_file(void) {
    g_autofree char *new_file = g_strconcat(own_file, ".new", NULL);
    return open(own_file, O_WRONLY) >= 0 || open(own_file, O_RDWR) >= 0 || open(own_file, O_RDONLY | O_TRUNC) >= 0 ||
           open(new_file, O_RDONLY | O_CREAT, 0600) >= 0 || creat(new_file, 0600) >= 0 ||
           open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || syscall(SYS_openat, AT_FDCWD, new_file, O_CREAT | O_WRONLY, 0600) >= 0 ||
           open("/dev/null", O_WRONLY) >= 0;
}
static gboolean changes_the_tree(void) {
    g_autofree char *new_name = g_strconcat(own_file, ".new", NULL);
    return unlink(own_file) == 0 || rename(own_file, new_name) == 0 || mkdir(new_name, 0700) == 0 ||
           link(own_file, new_name) == 0 || symlink(own_file, new_name) == 0 || truncate(own_file, 0) == 0 ||
           chmod(own_file, 0777) == 0 || mkfifo(new_name, 0600) == 0;
}
static gboolean reads_files(void) {
    return open("/etc/passwd", O_RDONLY) >= 0 || open(own_file, O_RDONLY) >= 0 || open("/proc/self/environ", O_RDONLY) >= 0 ||
           open("/usr/share/fonts/../../../etc/passwd", O_RDONLY) >= 0 || open("/", O_RDONLY | O_DIRECTORY) >= 0 ||
           open("/proc/self/root/etc/passwd", O_RDONLY) >= 0;
}
static gboolean opens_a_socket(void) {
    int pair[2];
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_INET6, SOCK_DGRAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ||
           socket(AF_NETLINK, SOCK_RAW, 0) >= 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
static gboolean runs_a_program(void) {
    char *argv[] = {(char *)"true", NULL};
    execv("/bin/true", argv); /* which would end as a success */
    execv("/usr/bin/true", argv);
    return system("true") == 0;
}
static gboolean forks(void) {
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    if (pid > 0) return TRUE;
    pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0) _exit(0);
    return pid > 0 || syscall(SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, NULL, NULL, NULL, NULL) >= 0;
}
static gboolean kills_the_parent(void) {
    pid_t parent = getppid();
    return kill(parent, 0) == 0 || kill(parent, SIGKILL) == 0 || syscall(SYS_tgkill, parent, parent, SIGKILL) == 0 ||
           syscall(SYS_tkill, parent, SIGKILL) == 0 || kill(-1, 0) == 0 || syscall(SYS_pidfd_open, parent, 0) >= 0;
}
static gboolean traces(void) {
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 || ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}
static gboolean lifts_limits(void) {
    struct rlimit any = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &any) == 0 || setrlimit(RLIMIT_CPU, &any) == 0 || prlimit(0, RLIMIT_FSIZE, &any, NULL) == 0 ||
           syscall(SYS_unshare, CLONE_NEWUSER) == 0 || setuid(0) == 0 || prctl(PR_SET_SECCOMP, 0) == 0 ||
           syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL) == 0;
}
static gboolean piles_up_descriptors(void) {
    int n = 0;
    while (n < 100000 && dup(0) >= 0) n++;
    return n > 1000;
}

typedef gboolean (*TryFunc)(void);
static const TryFunc tries[] = {writes_a_file, changes_the_tree, reads_files, opens_a_socket, runs_a_program,
                                forks,         kills_the_parent, traces,      lifts_limits,   piles_up_descriptors};
static const char *const names[] = {"writes a file", "changes the tree", "reads files", "opens a socket", "runs a program",
                                    "forks",         "kills the parent", "traces",      "lifts limits",   "piles up descriptors"};

/* The result says in so many words that the wall held: whatever else happens, a program that was run among it, is no success. */
static void try(guint job, const int *files, DabResult *result, void *data) {
    (void)files;
    (void)data;
    if (tries[job]()) return;
    result->status = DAB_RESULT_OK;
    result->json = g_strdup("held");
    result->json_len = 4;
}

static void must_hold(guint job, const DabResult *result, void *data) {
    ++*(guint *)data;
    if (g_strcmp0(result->json, "held") != 0)
        g_error("a worker %s: %s", names[job], result->message ? result->message : "unhindered");
}

static void walls(void) {
    guint n = 0;
    DabWorkers workers = {
        .n_workers = 1, .deadline = 30, .sandbox = DAB_SANDBOX_REQUIRE, .work = try, .done = must_hold, .data = &n};
    g_assert_true(dab_workers_run(&workers, G_N_ELEMENTS(tries)));
    g_assert_cmpuint(n, ==, G_N_ELEMENTS(tries));
    g_assert_true(g_file_test(own_file, G_FILE_TEST_EXISTS));
}

/* The stand-ins are no straw men: outside they get out. */
static void no_walls(void) {
    g_assert_true(reads_files());
    g_assert_true(opens_a_socket());
    g_assert_true(writes_a_file());
    g_assert_true(forks());
}

enum { GETS_A_FILE, SPINS, ALLOCATES, ABORTS, LAST, N_FATES };

static void open_it(guint job, int *files, void *data) {
    (void)data;
    files[0] = job == GETS_A_FILE || job == LAST ? open(own_file, O_RDONLY | O_CLOEXEC) : -EACCES;
    open_for_job = files[0];
}

static void meet_fate(guint job, const int *files, DabResult *result, void *data) {
    (void)data;
    char text[16] = "";
    if (job == SPINS)
        for (volatile int i = 0;; i++) {
        }
    if (job == ALLOCATES)
        for (char *volatile last;;) *(last = g_malloc(16 << 20)) = 1;
    if (job == ABORTS) abort();
    g_assert_cmpint(files[1], ==, -ENOENT);
    if (pread(files[0], text, sizeof text - 1, 0) <= 0) return;
    result->status = DAB_RESULT_OK;
    result->json = g_strdup(text);
    result->json_len = strlen(text);
}

static void fate(guint job, const DabResult *result, void *data) {
    static const gint codes[] = {-1, DAB_ERROR_TIMEOUT, DAB_ERROR_OUT_OF_MEMORY, DAB_ERROR_CRASHED, -1};
    ++*(guint *)data;
    if (codes[job] < 0)
        g_assert_cmpstr(result->json, ==, "content");
    else
        g_assert_cmpint(result->error_code, ==, codes[job]);
}

static void fates(void) {
    guint n = 0;
    DabWorkers workers = {.n_workers = 1,
                          .deadline = 1,
                          .megabytes = 512,
                          .sandbox = DAB_SANDBOX_REQUIRE,
                          .open = open_it,
                          .work = meet_fate,
                          .done = fate,
                          .data = &n};
    g_assert_true(dab_workers_run(&workers, N_FATES));
    g_assert_cmpuint(n, ==, N_FATES);
    g_assert_cmpint(fcntl(open_for_job, F_GETFD), ==, -1); /* the parent keeps none */
}

/* In a child that becomes `dabiao convert`: no Landlock, as on an older kernel. */
static void without_landlock(gpointer data) {
    (void)data;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), 444, 0) != 0 || seccomp_load(filter) != 0) _exit(99);
    seccomp_release(filter);
}

/* What is said on stderr; the status in *status. */
static char *convert_without_landlock(const char *folder, const char *option, gint *status) {
    g_autofree char *out = g_build_filename(folder, "out", NULL);
    const char *argv[] = {g_getenv("DABIAO"), "convert", "-q", "-j", "2", option, "-o", out, own_file, NULL};
    char *said = NULL;
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, without_landlock, NULL, NULL, &said, status, NULL));
    return said;
}

/* A system without a wall: said once, and the run goes on; or it ends, where all are required. */
static void old_kernel(void) {
    if (!g_getenv("DABIAO")) {
        g_test_skip("needs the program: $DABIAO");
        return;
    }
    g_autofree char *folder = g_dir_make_tmp("dabiao-XXXXXX", NULL);
    gint status;
    g_autofree char *required = convert_without_landlock(folder, "--sandbox=require", &status);
    g_assert_nonnull(strstr(required, "Landlock"));
    g_assert_cmpint(WEXITSTATUS(status), ==, 2);
    g_autofree char *otherwise = convert_without_landlock(folder, "--sandbox=auto", &status);
    g_assert_cmpint(WEXITSTATUS(status), ==, 0);
    const char *said = strstr(otherwise, "Landlock");
    g_assert_nonnull(said);
    g_assert_null(strstr(said + 1, "Landlock"));
    g_autofree char *off = convert_without_landlock(folder, "--sandbox=off", &status);
    g_assert_cmpstr(off, ==, "");
    const char *remove[] = {"rm", "-r", folder, NULL};
    g_assert_true(g_spawn_sync(NULL, (char **)remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) missing = NULL;
    g_setenv("FONTCONFIG_PATH", "/", TRUE); /* everything is no folder of fonts */
    int fd = g_file_open_tmp("dabiao-XXXXXX", &own_file, NULL);
    g_assert_cmpint(write(fd, "content", 7), ==, 7);
    close(fd);
    if (!dab_sandbox_probe(&missing)) {
        g_print("# not all walls can stand here: %s\n", missing->message);
        g_test_add_func("/sandbox/no_walls", no_walls);
    } else {
        g_test_add_func("/sandbox/no_walls", no_walls);
        g_test_add_func("/sandbox/walls", walls);
        g_test_add_func("/sandbox/fates", fates);
        g_test_add_func("/sandbox/old_kernel", old_kernel);
    }
    int status = g_test_run();
    unlink(own_file);
    g_free(own_file);
    return status;
}
