/* workers.h: jobs 0 … n-1 → results, each made in a worker process, so that a document which crashes, hangs or eats all
 * memory costs itself and nothing else. Workers are forked from the caller and have all it has loaded. The caller gets
 * every result in its own process, in order of completion. Knows nothing of documents. */
#ifndef DABIAO_BULK_WORKERS_H
#define DABIAO_BULK_WORKERS_H

#include "bulk/result.h"
#include "bulk/sandbox.h"

#define DAB_JOB_FILES 3

/* Runs in the caller, before a worker gets the job: opens what the worker needs and cannot open itself. Each of `files` is a
 * descriptor, which is closed afterwards, or -errno. They are -ENOENT before. */
typedef void (*DabOpenFunc)(guint job, int *files, void *data);
/* Runs in a worker: fills `result`, which is init'ed. `files` are lent. */
typedef void (*DabWorkFunc)(guint job, const int *files, DabResult *result, void *data);
/* Runs in the caller: `result` is lent. Also called for a job whose worker died: crashed, timeout or out_of_memory. */
typedef void (*DabDoneFunc)(guint job, const DabResult *result, void *data);
/* Runs in the caller about once a second while it waits: `job` is the one that has been under way for the longest, for so many
 * seconds, `n_slow` of them slow pages so far (dab_workers_slow_page). */
typedef void (*DabTickFunc)(guint job, double seconds, guint n_slow, void *data);

typedef struct {
    guint n_workers; /* 0: in the caller's own process, without protection, for debuggers */
    guint deadline;  /* seconds a job may take, 0: any */
    guint megabytes; /* address space of a worker, 0: any */
    DabSandbox sandbox;
    DabOpenFunc open; /* NULL: nothing to open */
    DabWorkFunc work;
    DabDoneFunc done;
    DabTickFunc tick; /* NULL: nobody watches */
    /* Runs in the caller when a worker has asked for it, perhaps often: workers that are forked later have what it loads. */
    void (*equip)(void);
    void *data;
} DabWorkers;

/* A worker that somebody else kills (SIGKILL, SIGTERM: an administrator, the kernel short of memory) costs its job nothing but
 * time: it is given out again, up to DAB_KILL_TRIES times and until its tries have taken the deadline together. TRUE when every job
 * is done. FALSE after SIGINT, SIGTERM or SIGHUP: jobs under way are dropped, their workers gone. */
gboolean dab_workers_run(const DabWorkers *workers, guint n_jobs);

/* Called by a job that lacks what `equip` loads: ends its worker, and the job begins anew in one that has it. Returns where there
 * is no worker (n_workers 0). */
void dab_workers_ask(void);
/* Called by a job that begins a page which takes seconds (recognition): its deadline moves by DAB_SLOW_PAGE_SECONDS. */
void dab_workers_slow_page(void);

/* For those who run a job themselves: what `open` opened, and its end. */
void dab_workers_open(const DabWorkers *workers, guint job, int *files);
void dab_workers_close(int *files);

#endif
