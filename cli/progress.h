/* progress.h: how a run gets on, on stderr: a bar on a terminal, plain lines elsewhere; failures in any case. */
#ifndef DABIAO_CLI_PROGRESS_H
#define DABIAO_CLI_PROGRESS_H

#include <stdio.h>

#include "bulk/run.h"

typedef struct {
    const char *verb; /* "dabiao convert" */
    gboolean quiet;   /* failures only */
    gboolean bar;
    FILE *log;                /* JSON lines, or NULL; on stderr they are all that is said there */
    gint64 start, last_drawn; /* monotonic microseconds */
} DabProgress;

void dab_progress_begin(DabProgress *progress, const char *verb, gboolean quiet, FILE *log);
/* DabRun.report; data is the DabProgress. */
void dab_progress_report(const DabManifestLine *line, const DabRunCount *so_far, void *data);
/* The closing summary. `end`: how the run ended. */
void dab_progress_end(DabProgress *progress, const DabRunCount *count, const char *out_dir, DabRunEnd end);

#endif
