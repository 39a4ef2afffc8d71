#include "bulk/workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "bulk/worker.h"
#include "dabiao/error.h"
#include "dabiao/limits.h"

#define TICK_MICROSECONDS ((gint64)G_USEC_PER_SEC)

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
    interrupted = number;
}

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
#define N_STOP_SIGNALS G_N_ELEMENTS(stop_signals)

typedef struct {
    struct sigaction before[N_STOP_SIGNALS];
    sigset_t mask; /* as it was: ppoll waits with it, so that a signal is never missed between a look and a wait */
} Signals;

static void catch_signals(Signals *s) {
    interrupted = 0;
    sigset_t block;
    sigemptyset(&block);
    for (gsize i = 0; i < N_STOP_SIGNALS; i++) {
        struct sigaction act = {.sa_handler = on_signal};
        sigemptyset(&act.sa_mask);
        sigaction(stop_signals[i], NULL, &s->before[i]);
        if (stop_signals[i] == SIGHUP && s->before[i].sa_handler == SIG_IGN) continue; /* nohup means it */
        sigaction(stop_signals[i], &act, NULL);
        sigaddset(&block, stop_signals[i]);
    }
    sigprocmask(SIG_BLOCK, &block, &s->mask);
}

/* Whether a signal has come: also one that waits, blocked, because ppoll always found something to read first. */
static gboolean must_stop(void) {
    sigset_t pending;
    sigpending(&pending);
    for (gsize i = 0; i < N_STOP_SIGNALS; i++)
        if (sigismember(&pending, stop_signals[i]) == 1) interrupted = stop_signals[i];
    return interrupted != 0;
}

static void release_signals(Signals *s) {
    must_stop();
    sigprocmask(SIG_SETMASK, &s->mask, NULL);
    for (gsize i = 0; i < N_STOP_SIGNALS; i++) sigaction(stop_signals[i], &s->before[i], NULL);
}

typedef struct {
    guint job, tries;
    gint64 spent; /* on them, microseconds */
} Try;

typedef struct {
    const DabWorkers *options;
    DabWorker *workers;
    guint n_workers, next_job, n_jobs;
    GArray *again; /* Try: jobs whose workers were killed, to be given out anew */
    gint64 last_tick;
} Run;

/* `why`: NULL, or what is known better than its end would tell. */
static void finish_dead(Run *run, DabWorker *w, const char *why) {
    const DabWorkers *options = run->options;
    DabResult result;
    Try try = {w->job, w->tries + 1, w->spent + g_get_monotonic_time() - w->started};
    gboolean asked, by_others = dab_worker_bury(w, options, &result, &asked);
    if (asked && options->equip) options->equip();
    if (why) dab_result_fail(&result, DAB_ERROR_CRASHED, "%s", why);
    gboolean patient = !options->deadline || try.spent < options->deadline * (gint64)G_USEC_PER_SEC;
    if (try.job != DAB_NO_JOB && by_others && !why && try.tries < DAB_KILL_TRIES && patient)
        g_array_append_val(run->again, try);
    else if (try.job != DAB_NO_JOB)
        options->done(try.job, &result, options->data);
    dab_result_clear(&result);
}

/* The next job, first those that have been begun before. FALSE: there is none. */
static gboolean next_try(Run *run, Try *try) {
    if (run->again->len) {
        *try = g_array_index(run->again, Try, 0);
        g_array_remove_index(run->again, 0);
        return TRUE;
    }
    if (run->next_job >= run->n_jobs) return FALSE;
    *try = (Try){.job = run->next_job++};
    return TRUE;
}

/* Every idle worker gets a job; one that is missing or has served long is forked anew. FALSE: no worker can be had. */
static gboolean hand_out(Run *run) {
    gboolean any = FALSE;
    for (guint i = 0; i < run->n_workers; i++) {
        DabWorker *w = &run->workers[i];
        if (w->pid && w->job == DAB_NO_JOB && w->n_done >= DAB_WORKER_DOCUMENTS) dab_worker_kill(w);
        gboolean more = run->next_job < run->n_jobs || run->again->len;
        if (more && (w->pid ? w->job == DAB_NO_JOB : dab_worker_start(w, run->options, run->workers, run->n_workers))) {
            Try try = {0};
            next_try(run, &try);
            w->tries = try.tries;
            w->spent = try.spent;
            dab_worker_give(w, run->options, try.job); /* if it is gone already, reading from it says so */
        }
        any |= w->pid && w->job != DAB_NO_JOB;
    }
    return any;
}

static void take_results(Run *run, DabWorker *w) {
    gboolean alive = dab_worker_read(w);
    gsize bytes = dab_result_message_bytes(w->in);
    if (bytes == G_MAXSIZE) {
        kill(w->pid, SIGKILL);
        finish_dead(run, w, "its process sent what is no result");
        return;
    }
    if (bytes && w->in->len >= bytes && w->job != DAB_NO_JOB) {
        DabResult result;
        dab_result_take(w->in, &result);
        guint job = w->job;
        w->job = DAB_NO_JOB;
        w->n_done++;
        g_string_truncate(w->last_words, 0);
        run->options->done(job, &result, run->options->data);
        dab_result_clear(&result);
    }
    if (!alive) finish_dead(run, w, NULL);
}

/* When the job must have ended, monotonic microseconds. */
static gint64 deadline_of(const Run *run, DabWorker *w) {
    return w->started + dab_worker_seconds(w, run->options) * (gint64)G_USEC_PER_SEC;
}

/* Says which job has been under way for the longest, if it is time to. */
static void tick(Run *run, gint64 now) {
    const DabWorker *slowest = NULL;
    if (!run->options->tick || now - run->last_tick < TICK_MICROSECONDS) return;
    run->last_tick = now;
    for (guint i = 0; i < run->n_workers; i++) {
        const DabWorker *w = &run->workers[i];
        if (w->pid && w->job != DAB_NO_JOB && (!slowest || w->started < slowest->started)) slowest = w;
    }
    if (!slowest) return;
    guint n_slow = slowest->pages ? *(volatile guint *)slowest->pages : 0;
    run->options->tick(slowest->job, (double)(now - slowest->started) / G_USEC_PER_SEC, n_slow, run->options->data);
}

/* Waits for news or the next deadline. */
static void wait_for_news(Run *run, const sigset_t *mask) {
    g_autofree struct pollfd *fds = g_new0(struct pollfd, 2 * run->n_workers);
    gint64 now = g_get_monotonic_time(), soonest = G_MAXINT64;
    const gboolean limited = run->options->deadline != 0;
    for (guint i = 0; i < run->n_workers; i++) {
        DabWorker *w = &run->workers[i];
        fds[2 * i] = (struct pollfd){.fd = w->pid ? w->fd : -1, .events = POLLIN};
        fds[2 * i + 1] = (struct pollfd){.fd = w->pid ? w->err : -1, .events = POLLIN};
        if (w->pid && w->job != DAB_NO_JOB && limited && !w->timed_out) soonest = MIN(soonest, deadline_of(run, w));
    }
    gint64 left = CLAMP(soonest - now, 0, TICK_MICROSECONDS);
    struct timespec wait = {.tv_sec = left / G_USEC_PER_SEC, .tv_nsec = left % G_USEC_PER_SEC * 1000};
    int ready = ppoll(fds, 2 * run->n_workers, &wait, mask);
    now = g_get_monotonic_time();
    for (guint i = 0; i < run->n_workers; i++) {
        DabWorker *w = &run->workers[i];
        if (!w->pid) continue;
        if (ready > 0 && fds[2 * i + 1].revents) dab_worker_read_stderr(w);
        if (ready > 0 && fds[2 * i].revents) take_results(run, w);
        if (w->pid && w->job != DAB_NO_JOB && limited && !w->timed_out && now >= deadline_of(run, w)) {
            w->timed_out = TRUE;
            kill(w->pid, SIGKILL);
        }
    }
    tick(run, now);
}

void dab_workers_open(const DabWorkers *options, guint job, int *files) {
    for (guint i = 0; i < DAB_JOB_FILES; i++) files[i] = -ENOENT;
    if (options->open) options->open(job, files, options->data);
}

void dab_workers_close(int *files) {
    for (guint i = 0; i < DAB_JOB_FILES; i++)
        if (files[i] >= 0) close(files[i]);
}

static void run_here(const DabWorkers *options, guint n_jobs) {
    for (guint job = 0; job < n_jobs && !interrupted; job++) {
        DabResult result;
        dab_result_init(&result);
        gint64 start = g_get_monotonic_time();
        int files[DAB_JOB_FILES];
        dab_workers_open(options, job, files);
        options->work(job, files, &result, options->data);
        dab_workers_close(files);
        result.seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        options->done(job, &result, options->data);
        dab_result_clear(&result);
    }
}

gboolean dab_workers_run(const DabWorkers *options, guint n_jobs) {
    Signals signals;
    if (options->n_workers && options->sandbox != DAB_SANDBOX_OFF) dab_sandbox_prepare();
    catch_signals(&signals);
    if (options->n_workers == 0) {
        sigprocmask(SIG_SETMASK, &signals.mask, NULL);
        run_here(options, n_jobs);
    } else {
        Run run = {.options = options, .n_jobs = n_jobs, .n_workers = MIN(options->n_workers, MAX(n_jobs, 1))};
        run.workers = g_new0(DabWorker, run.n_workers);
        run.again = g_array_new(FALSE, FALSE, sizeof(Try));
        for (guint i = 0; i < run.n_workers; i++) run.workers[i].job = DAB_NO_JOB;
        while (!must_stop() && hand_out(&run)) wait_for_news(&run, &signals.mask);
        for (guint i = 0; i < run.n_workers; i++) dab_worker_kill(&run.workers[i]);
        g_free(run.workers);
        for (Try left; !interrupted && next_try(&run, &left);) { /* not one process could be forked */
            DabResult result;
            dab_result_init(&result);
            dab_result_fail(&result, DAB_ERROR_OUT_OF_MEMORY, "no process for it: %s", g_strerror(errno));
            options->done(left.job, &result, options->data);
            dab_result_clear(&result);
        }
        g_array_unref(run.again);
    }
    release_signals(&signals);
    return !interrupted;
}
