/* run.h: inputs → outputs and a manifest: gives documents to workers, writes what they make, keeps the books.
 * Prints nothing: `report` is told of each document. */
#ifndef DABIAO_BULK_RUN_H
#define DABIAO_BULK_RUN_H

#include "bulk/convert.h"
#include "bulk/manifest.h"

typedef struct {
    guint total, ok, failed, skipped;
} DabRunCount;

typedef struct {
    DabConvert convert;
    guint n_workers, deadline, megabytes; /* as in workers.h */
    guint shard, n_shards;                /* 1 of 1: all. Names the manifest: manifest.2-of-8.jsonl */
    void (*report)(const DabManifestLine *line, const DabRunCount *so_far, void *data);
    void *data;
} DabRun;

typedef enum { DAB_RUN_DONE, DAB_RUN_INTERRUPTED, DAB_RUN_NO_OUTPUT } DabRunEnd;

/* Runs over `inputs` (of this shard). The output of a document that fails is removed: it would be an older one's.
 * DAB_RUN_NO_OUTPUT and DAB_ERROR_WRITE_FAILED when the manifest cannot be written. */
DabRunEnd dab_run(const DabRun *run, const GPtrArray *inputs, DabRunCount *count, GError **error);

#endif
