/* log.h: a run as JSON lines, for machines: {"event":"start" …}, a {"event":"document" …} for each as it ends, {"event":"end" …}.
 * Each line is written at once. Its clock is the machine's: a log is no result. */
#ifndef DABIAO_CLI_LOG_H
#define DABIAO_CLI_LOG_H

#include <stdio.h>

#include "bulk/run.h"

void dab_log_start(FILE *log, const DabRun *run, guint n_documents);
void dab_log_warning(FILE *log, const char *message);
void dab_log_document(FILE *log, const DabManifestLine *line);
/* `end`: "done" "interrupted" "write_failed" "rules_not_loaded" "wrong_usage". The last line of every log. */
void dab_log_end(FILE *log, const char *end, const DabRunCount *count, const char *out_dir, double seconds);

#endif
