#include "bulk/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dabiao/error.h"

/* Sanitizers reserve terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define LAST_WORDS 2048 /* bytes: the message of an abort, with some noise before it */

static void limit(int resource, rlim_t to) {
    struct rlimit now;
    if (getrlimit(resource, &now) == 0 && (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > to)) {
        now.rlim_cur = to;
        setrlimit(resource, &now);
    }
}

/* Reads job numbers and answers each with a result, until the parent closes its end. */
static G_GNUC_NORETURN void serve(const DabWorkers *options, int fd) {
    for (;;) {
        guint job;
        ssize_t n = recv(fd, &job, sizeof job, MSG_WAITALL);
        if (n < 0 && errno == EINTR) continue;
        if (n != (ssize_t)sizeof job) _exit(0);
        DabResult result;
        dab_result_init(&result);
        gint64 start = g_get_monotonic_time();
        options->work(job, &result, options->data);
        result.seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        gboolean sent = dab_result_send(&result, fd);
        dab_result_clear(&result);
        if (!sent) _exit(0);
    }
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
    if (options->megabytes && !SANITIZED) limit(RLIMIT_AS, (rlim_t)options->megabytes * 1024 * 1024);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
    }
    dup2(err, STDERR_FILENO);
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
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
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
        return FALSE;
    }
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    *w = (DabWorker){
        .pid = pid, .fd = pair[0], .err = err[0], .job = DAB_NO_JOB, .in = g_byte_array_new(), .last_words = g_string_new(NULL)};
    return TRUE;
}

gboolean dab_worker_give(DabWorker *w, guint job) {
    w->job = job;
    w->started = g_get_monotonic_time();
    return send(w->fd, &job, sizeof job, MSG_NOSIGNAL) == (ssize_t)sizeof job;
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
    *w = (DabWorker){.pid = 0, .fd = -1, .err = -1, .job = DAB_NO_JOB};
}

/* What GLib, C++ and Poppler say when an allocation fails, before they abort or exit. */
static gboolean ran_out_of_memory(const DabWorker *w) {
    static const char *const words[] = {"failed to allocate", "bad_alloc", "ut of memory", "annot allocate memory"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(w->last_words->str, words[i])) return TRUE;
    return FALSE;
}

void dab_worker_bury(DabWorker *w, const DabWorkers *options, DabResult *result) {
    int status = 0;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) {
    }
    dab_worker_read_stderr(w);
    dab_result_init(result);
    if (w->timed_out)
        dab_result_fail(result, DAB_ERROR_TIMEOUT, "took longer than %u seconds (--deadline)", options->deadline);
    else if (ran_out_of_memory(w))
        dab_result_fail(result, DAB_ERROR_OUT_OF_MEMORY, "needs more than %u MB (--memory)", options->megabytes);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        dab_result_fail(result, DAB_ERROR_OUT_OF_MEMORY,
                        "its process was killed, most likely because the machine ran out of memory");
    else if (WIFSIGNALED(status))
        dab_result_fail(result, DAB_ERROR_CRASHED, "its process ended with signal %d (%s)", WTERMSIG(status),
                        strsignal(WTERMSIG(status)));
    else
        dab_result_fail(result, DAB_ERROR_CRASHED, "its process ended with status %d", WEXITSTATUS(status));
    result->seconds = (double)(g_get_monotonic_time() - w->started) / G_USEC_PER_SEC;
    forget(w);
}

void dab_worker_kill(DabWorker *w) {
    if (!w->pid) return;
    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    forget(w);
}
