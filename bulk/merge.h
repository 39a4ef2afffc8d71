/* merge.h: manifest.1-of-N.jsonl … manifest.N-of-N.jsonl → manifest.jsonl, with the lines in the order of an unsharded run. Does
 * not touch the outputs, which the shards have written into the one folder already, nor the shards' manifests. Prints nothing. */
#ifndef DABIAO_BULK_MERGE_H
#define DABIAO_BULK_MERGE_H

#include <glib.h>

typedef struct {
    guint shards, inputs, failed;
} DabMergeCount;

/* Writes DIR/manifest.jsonl: the bytes of an unsharded run but for "seconds". Writes nothing and says which in `error` when
 * there are no shards, or shards of several partitions (DAB_ERROR_USAGE);
 * a shard is missing, still runs or was cut short, or an output of it is gone (DAB_ERROR_NOT_FOUND);
 * two were made by other rules, another version or from another list of inputs, or a manifest is none (DAB_ERROR_DAMAGED);
 * DAB_ERROR_UNREADABLE, DAB_ERROR_TOO_LARGE (above DAB_MAX_INPUTS), DAB_ERROR_WRITE_FAILED. */
gboolean dab_merge(const char *dir, DabMergeCount *count, GError **error);

#endif
