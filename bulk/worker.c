#include "bulk/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bulk/sanitized.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

#define ASKS 83         /* the status of a worker that lacks something */
#define LAST_WORDS 2048 /* bytes: the message of an abort, with some noise before it */

static void limit(int resource, rlim_t to) {
    struct rlimit now;
    if (getrlimit(resource, &now) == 0 && (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > to)) {
        now.rlim_cur = to;
        setrlimit(resource, &now);
    }
}

/* What the parent sends for a job; the descriptors travel beside it (unix(7), SCM_RIGHTS). */
typedef struct {
    guint job;
    int files[DAB_JOB_FILES]; /* -errno, or 0 for the next descriptor that came along */
} Order;

typedef union {
    struct cmsghdr header; /* for its alignment */
    char bytes[CMSG_SPACE(DAB_JOB_FILES * sizeof(int))];
} Luggage;

/* FALSE at the end, or when what came is no order. */
static gboolean receive(int fd, Order *order) {
    Luggage luggage;
    struct iovec part = {order, sizeof *order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = luggage.bytes, .msg_controllen = sizeof luggage};
    ssize_t n;
    do n = recvmsg(fd, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof *order) return FALSE;
    int came[DAB_JOB_FILES];
    gsize n_came = 0;
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
        n_came = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(came, CMSG_DATA(c), MIN(n_came, DAB_JOB_FILES) * sizeof(int));
    }
    for (gsize i = 0, next = 0; i < DAB_JOB_FILES; i++)
        if (order->files[i] >= 0) order->files[i] = next < n_came ? came[next++] : -EMFILE; /* the kernel drops what has no room */
    return TRUE;
}

static gboolean send_order(int fd, guint job, const int *files) {
    Luggage luggage;
    Order order;
    memset(&order, 0, sizeof order); /* padding too: it goes over a pipe */
    memset(&luggage, 0, sizeof luggage);
    order.job = job;
    int opened[DAB_JOB_FILES];
    gsize n = 0;
    for (gsize i = 0; i < DAB_JOB_FILES; i++) {
        order.files[i] = MIN(files[i], 0);
        if (files[i] >= 0) opened[n++] = files[i];
    }
    struct iovec part = {&order, sizeof order};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n) {
        message.msg_control = luggage.bytes;
        message.msg_controllen = CMSG_SPACE(n * sizeof(int));
        struct cmsghdr *c = CMSG_FIRSTHDR(&message);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(n * sizeof(int));
        memcpy(CMSG_DATA(c), opened, n * sizeof(int));
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)sizeof order;
}

/* Reads orders and answers each with a result, until the parent closes its end. */
static G_GNUC_NORETURN void serve(const DabWorkers *options, int fd) {
    Order order = {0};
    while (receive(fd, &order)) {
        DabResult result;
        dab_result_init(&result);
        gint64 start = g_get_monotonic_time();
        options->work(order.job, order.files, &result, options->data);
        result.seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        dab_workers_close(order.files);
        gboolean sent = dab_result_send(&result, fd);
        dab_result_clear(&result);
        if (!sent) break;
    }
    _exit(0);
}

static gboolean is_worker;
static guint *slow_pages; /* of this worker, shared with the parent */

void dab_workers_ask(void) {
    if (is_worker) _exit(ASKS);
}

void dab_workers_slow_page(void) {
    if (slow_pages) ++*(volatile guint *)slow_pages;
}

static G_GNUC_NORETURN void child(const DabWorkers *options, int fd, int err, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0); /* it died before the line above */
    signal(SIGINT, SIG_IGN);           /* Ctrl-C goes to the whole group; the parent decides */
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    limit(RLIMIT_CORE, 0);
    if (options->megabytes && !DAB_SANITIZED) limit(RLIMIT_AS, (rlim_t)options->megabytes * 1024 * 1024);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    dup2(err, STDERR_FILENO);
    g_autoptr(GError) missing = NULL;
    if (options->sandbox != DAB_SANDBOX_OFF && !dab_sandbox_enter(&missing) && options->sandbox == DAB_SANDBOX_REQUIRE)
        g_error("%s", missing->message);
    serve(options, fd);
}

gboolean dab_worker_start(DabWorker *w, const DabWorkers *options, DabWorker *all, guint n) {
    int pair[2], err[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return FALSE;
    if (pipe2(err, O_CLOEXEC) != 0) {
        close(pair[0]);
        close(pair[1]);
        return FALSE;
    }
    guint *pages = mmap(NULL, sizeof *pages, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) pages = NULL;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        is_worker = TRUE;
        slow_pages = pages;
        for (guint i = 0; i < n; i++)
            if (all[i].pid) {
                close(all[i].fd);
                close(all[i].err);
            }
        close(pair[0]);
        close(err[0]);
        child(options, pair[1], err[1], parent);
    }
    close(pair[1]);
    close(err[1]);
    if (pid < 0) {
        close(pair[0]);
        close(err[0]);
        if (pages) munmap(pages, sizeof *pages);
        return FALSE;
    }
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    *w = (DabWorker){.pid = pid,
                     .pages = pages,
                     .fd = pair[0],
                     .err = err[0],
                     .job = DAB_NO_JOB,
                     .in = g_byte_array_new(),
                     .last_words = g_string_new(NULL)};
    return TRUE;
}

/* Processor time for the job: a second wall behind the deadline, which stands even while this process cannot look. */
static void limit_time(const DabWorker *w, guint seconds) {
    clockid_t clock;
    struct timespec used;
    struct rlimit now;
    if (!seconds || clock_getcpuclockid(w->pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return;
    if (prlimit(w->pid, RLIMIT_CPU, NULL, &now) != 0) return;
    now.rlim_cur = MIN((rlim_t)used.tv_sec + seconds + 2, now.rlim_max); /* more than the deadline, whose message is better */
    prlimit(w->pid, RLIMIT_CPU, &now, NULL);
}

guint dab_worker_seconds(DabWorker *w, const DabWorkers *options) {
    guint pages = w->pages ? MIN(*(volatile guint *)w->pages, DAB_MAX_PAGES) : 0;
    if (pages > w->n_pages) limit_time(w, options->deadline ? options->deadline + DAB_SLOW_PAGE_SECONDS : 0);
    w->n_pages = MAX(w->n_pages, pages);
    return options->deadline + w->n_pages * DAB_SLOW_PAGE_SECONDS;
}

gboolean dab_worker_give(DabWorker *w, const DabWorkers *options, guint job) {
    int files[DAB_JOB_FILES];
    w->job = job;
    w->n_pages = 0;
    if (w->pages) *w->pages = 0;
    limit_time(w, options->deadline);
    dab_workers_open(options, job, files);
    w->started = g_get_monotonic_time();
    gboolean given = send_order(w->fd, job, files);
    dab_workers_close(files);
    return given;
}

gboolean dab_worker_read(DabWorker *w) {
    guint8 buffer[64 * 1024];
    ssize_t n = recv(w->fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (n > 0) g_byte_array_append(w->in, buffer, (guint)n);
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

void dab_worker_read_stderr(DabWorker *w) {
    char buffer[4096];
    for (int i = 0; i < 16; i++) { /* a full pipe; one that floods it must not hold us */
        ssize_t n = read(w->err, buffer, sizeof buffer);
        if (n <= 0) break;
        g_string_append_len(w->last_words, buffer, n);
        if (w->last_words->len > 2 * LAST_WORDS) g_string_erase(w->last_words, 0, (gssize)(w->last_words->len - LAST_WORDS));
    }
}

static void forget(DabWorker *w) {
    close(w->fd);
    close(w->err);
    g_byte_array_unref(w->in);
    g_string_free(w->last_words, TRUE);
    if (w->pages) munmap(w->pages, sizeof *w->pages);
    *w = (DabWorker){.pid = 0, .fd = -1, .err = -1, .job = DAB_NO_JOB};
}

/* What GLib, C++ and Poppler say when an allocation fails, before they abort or exit. */
static gboolean ran_out_of_memory(const DabWorker *w) {
    static const char *const words[] = {"failed to allocate", "bad_alloc", "ut of memory", "annot allocate memory"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(w->last_words->str, words[i])) return TRUE;
    return FALSE;
}

gboolean dab_worker_bury(DabWorker *w, const DabWorkers *options, DabResult *result, gboolean *asked) {
    gboolean by_others = FALSE;
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) {
    }
    dab_worker_read_stderr(w);
    dab_result_init(result);
    *asked = WIFEXITED(status) && WEXITSTATUS(status) == ASKS;
    if (w->timed_out || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
        dab_result_fail(result, DAB_ERROR_TIMEOUT, "took longer than %u seconds (--deadline)", options->deadline);
    else if (ran_out_of_memory(w))
        dab_result_fail(result, DAB_ERROR_OUT_OF_MEMORY, "needs more than %u MB (--memory)", options->megabytes);
    else if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM)) {
        by_others = TRUE;
        dab_result_fail(result, DAB_ERROR_OUT_OF_MEMORY,
                        "its process was killed %u times, most likely because the machine ran out of memory", w->tries + 1);
    } else if (WIFSIGNALED(status))
        dab_result_fail(result, DAB_ERROR_CRASHED, "its process ended with signal %d (%s)", WTERMSIG(status),
                        strsignal(WTERMSIG(status)));
    else
        dab_result_fail(result, DAB_ERROR_CRASHED, "its process ended with status %d", WEXITSTATUS(status));
    result->seconds = (double)(g_get_monotonic_time() - w->started) / G_USEC_PER_SEC;
    forget(w);
    return by_others || *asked;
}

void dab_worker_kill(DabWorker *w) {
    if (!w->pid) return;
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    forget(w);
}
