/* pool.h: memory that dies together. One pool belongs to one document: glyphs, text, numbers, measures and their
 * strings are taken from it and freed in one step. Not for data that outlives a document (rules have their own pool).
 * A pool is used by one thread at a time. Allocation does not fail: like GLib, it aborts when memory is gone. */
#ifndef DABIAO_BASE_POOL_H
#define DABIAO_BASE_POOL_H

#include <glib.h>

typedef struct DabPool DabPool;

DabPool *dab_pool_new(void);
void dab_pool_free(DabPool *pool); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DabPool, dab_pool_free)

/* Zeroed memory, aligned for any type; lives as long as the pool. */
void *dab_pool_alloc(DabPool *pool, gsize bytes);
#define dab_pool_new0(pool, type) ((type *)dab_pool_alloc((pool), sizeof(type)))

/* Copies into the pool. NULL in, NULL out. */
char *dab_pool_strdup(DabPool *pool, const char *s);
char *dab_pool_strndup(DabPool *pool, const char *s, gsize n);
char *dab_pool_join(DabPool *pool, const char *a, const char *b);
char *dab_pool_printf(DabPool *pool, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Hands `data` to the pool, which calls `destroy` on it when it dies. Returns `data`. */
void *dab_pool_own(DabPool *pool, void *data, GDestroyNotify destroy);

/* A growing array of zeroed elements that dies with the pool. Never unref it. */
GArray *dab_pool_array(DabPool *pool, gsize element_bytes);
GPtrArray *dab_pool_ptr_array(DabPool *pool);

#endif
