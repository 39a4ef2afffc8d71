/* progress.h: how a run gets on, on stderr: a bar on a terminal, a plain line every few seconds elsewhere; failures in any case. */
#ifndef DABIAO_CLI_PROGRESS_H
#define DABIAO_CLI_PROGRESS_H

#include <stdio.h>

#include "bulk/run.h"

/* How many documents were done when: a rate is taken from one of these to now. Monotonic microseconds. */
typedef struct {
    gint64 time;
    guint n;
} DabMilestone;

typedef struct {
    const char *verb; /* "dabiao convert" */
    gboolean quiet;   /* failures only */
    gboolean bar;
    FILE *log;                      /* JSON lines, or NULL; on stderr they are all that is said there */
    gint64 start, last_drawn;       /* monotonic microseconds */
    DabMilestone before, milestone; /* the last two: the rate is that of the last minute, not of what was skipped at the start */
    const DabInput *slow;           /* the one that has been under way for long, or NULL; lent as long as it is */
    gint64 slow_since;
    guint slow_pages; /* of it, that are recognised */
} DabProgress;

void dab_progress_begin(DabProgress *progress, const char *verb, gboolean quiet, FILE *log);
/* DabRun.report and DabRun.tick; data is the DabProgress. */
void dab_progress_report(const DabManifestLine *line, const DabRunCount *so_far, void *data);
void dab_progress_tick(const DabInput *slowest, double seconds, guint n_recognised, const DabRunCount *so_far, void *data);
/* The closing summary. `end`: how the run ended. */
void dab_progress_end(DabProgress *progress, const DabRunCount *count, const char *out_dir, DabRunEnd end);

#endif
