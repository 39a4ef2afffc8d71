/* cache.h: a folder of files that may be thrown away at any time: what was extracted from documents (text/), and what runs left
 * where (past/, see past.h). Bounded in size; what was used the longest ago goes first. Several runs may share one at the same
 * time. Only the process that writes results uses it: workers get open descriptors and send bytes. */
#ifndef DABIAO_BULK_CACHE_H
#define DABIAO_BULK_CACHE_H

#include "base/digest.h"

typedef struct DabCache DabCache;

/* Opens, and if need be makes, the cache in `folder`, for its owner alone. `most`: bytes it may hold, with 5 % over while a run
 * goes on. Error: DAB_ERROR_WRITE_FAILED. */
DabCache *dab_cache_open(const char *folder, guint64 most, GError **error);
void dab_cache_close(DabCache *cache); /* NULL is fine. Makes it small enough if it has grown. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabCache, dab_cache_close)

const char *dab_cache_folder(const DabCache *cache);

/* An entry's descriptor, at whose beginning stand DAB_CACHE_FRONT bytes of the cache's own, or -errno; the caller closes it. What
 * is not whole, or not the entry of this key, is removed. */
#define DAB_CACHE_FRONT 64
int dab_cache_find(DabCache *cache, const guint8 key[DAB_SHA256_BYTES]);
/* Keeps bytes under a key. Not when the cache is full of what this run itself has put: the entries of a run too large for it would
 * only drive each other out. Failures are silent: they cost time later. */
void dab_cache_put(DabCache *cache, const guint8 key[DAB_SHA256_BYTES], const void *data, gsize bytes);
void dab_cache_drop(DabCache *cache, const guint8 key[DAB_SHA256_BYTES]);

typedef struct {
    guint64 texts, text_bytes, pasts, past_bytes;
} DabCacheCount;
/* What is in `folder`; nothing where there is none. */
void dab_cache_count(const char *folder, DabCacheCount *count);
/* Removes all that a cache has put there, and nothing else. FALSE: something would not go. */
gboolean dab_cache_clear(const char *folder);

#endif
