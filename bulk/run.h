/* run.h: inputs → outputs and a manifest: gives documents to workers, writes what they make, keeps the books.
 * Prints nothing: `report` is told of each document. */
#ifndef DABIAO_BULK_RUN_H
#define DABIAO_BULK_RUN_H

#include "bulk/convert.h"
#include "bulk/manifest.h"
#include "bulk/workers.h"
#include "dabiao/error.h"

/* `same`: of those that are done, how many are copies of another's output. Pages and so on: of outputs that are there. */
typedef struct {
    guint total, ok, failed, skipped, same;
    guint64 pages, measures, links, missed;
    guint failures[DAB_N_ERROR_CODES];
} DabRunCount;

typedef struct {
    DabConvert convert;
    guint n_workers, deadline, megabytes; /* as in workers.h */
    DabSandbox sandbox;
    guint shard, n_shards; /* 1 of 1: all. Names the manifest: manifest.2-of-8.jsonl */
    /* Called once, before the first document is converted, where any is: sees that `convert` has its rules. FALSE: the run ends.
     * NULL: they are there. */
    gboolean (*prepare)(DabConvert *convert, void *data);
    void (*report)(const DabManifestLine *line, const DabRunCount *so_far, void *data);
    /* About once a second: the document that has been under way for the longest, for so many seconds, in which the recognition of
     * so many pages began. NULL is fine. */
    void (*tick)(const DabInput *slowest, double seconds, guint n_recognised, const DabRunCount *so_far, void *data);
    void *data;
} DabRun;

typedef enum { DAB_RUN_DONE, DAB_RUN_INTERRUPTED, DAB_RUN_NO_OUTPUT, DAB_RUN_NOT_PREPARED } DabRunEnd;

/* The workers of such a run, for what comes before it: without functions and data. */
DabWorkers dab_run_workers(const DabRun *run);

/* Runs over `inputs` (of this shard). The output of a document that fails is removed: it would be an older one's.
 * Inputs of the same bytes are converted once; the others get the same output under their own name.
 * What stands there already as this run would write it is left, where the run remembers (convert.recall).
 * DAB_RUN_NOT_PREPARED: nothing has been touched. DAB_RUN_NO_OUTPUT and DAB_ERROR_WRITE_FAILED when the manifest cannot be written.
 */
DabRunEnd dab_run(const DabRun *run, const GPtrArray *inputs, DabRunCount *count, GError **error);

#endif
