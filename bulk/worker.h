/* worker.h: one worker process as its parent sees it. Only workers.c uses it. */
#ifndef DABIAO_BULK_WORKER_H
#define DABIAO_BULK_WORKER_H

#include <sys/types.h>

#include "bulk/workers.h"

#define DAB_NO_JOB G_MAXUINT32

typedef struct {
    pid_t pid;           /* 0: not there */
    int fd;              /* jobs go out, results come in */
    int err;             /* what it says on stderr */
    guint job;           /* under way, or DAB_NO_JOB */
    guint tries;         /* of the job: workers that were killed over it */
    gint64 spent;        /* by them, microseconds */
    guint n_done;        /* jobs since it was forked */
    gint64 started;      /* of the job, monotonic microseconds */
    gboolean timed_out;  /* it was killed for its job's deadline */
    guint *pages;        /* shared with it: pages of its job that are slow; NULL: nothing could be shared */
    guint n_pages;       /* of them, those that have got their time */
    GByteArray *in;      /* the part of a result that has come */
    GString *last_words; /* the end of its stderr */
} DabWorker;

/* Forks one. `all` (n of them) tells which descriptors of its siblings the child must close. FALSE: no process to be had. */
gboolean dab_worker_start(DabWorker *worker, const DabWorkers *options, DabWorker *all, guint n);
/* Gives it a job and what is open for it; FALSE when it is gone. */
gboolean dab_worker_give(DabWorker *worker, const DabWorkers *options, guint job);
/* Seconds that its job may take, with those of the slow pages so far. */
guint dab_worker_seconds(DabWorker *worker, const DabWorkers *options);
/* Reads what has come on its descriptors; FALSE when it has closed them: it is gone. */
gboolean dab_worker_read(DabWorker *worker);
void dab_worker_read_stderr(DabWorker *worker);
/* Waits for its end and says in `result` what became of its job. TRUE when that is not the job's fault: it was killed by somebody
 * else, for no reason that we know, or asked for another worker (`asked`). */
gboolean dab_worker_bury(DabWorker *worker, const DabWorkers *options, DabResult *result, gboolean *asked);
/* Ends it, whatever it does. */
void dab_worker_kill(DabWorker *worker);

#endif
