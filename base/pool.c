#include "base/pool.h"

#include <stdarg.h>
#include <string.h>

#define CHUNK_BYTES (64 * 1024)
#define ALIGNMENT 16

typedef struct Chunk {
    struct Chunk *next;
    gsize used, size;
    char data[] __attribute__((aligned(ALIGNMENT)));
} Chunk;

typedef struct Owned {
    struct Owned *next;
    void *data;
    GDestroyNotify destroy;
} Owned;

struct DabPool {
    Chunk *chunks;
    Owned *owned;
};

DabPool *dab_pool_new(void) {
    return g_new0(DabPool, 1);
}

void dab_pool_free(DabPool *pool) {
    if (!pool) return;
    for (Owned *o = pool->owned; o; o = o->next) o->destroy(o->data);
    for (Chunk *c = pool->chunks; c;) {
        Chunk *next = c->next;
        g_free(c);
        c = next;
    }
    g_free(pool);
}

void *dab_pool_alloc(DabPool *pool, gsize bytes) {
    gsize want = (MAX(bytes, 1) + ALIGNMENT - 1) & ~(gsize)(ALIGNMENT - 1);
    Chunk *c = pool->chunks;
    if (!c || c->size - c->used < want) {
        gsize size = MAX(want, (gsize)CHUNK_BYTES);
        c = g_malloc(sizeof(Chunk) + size);
        c->used = 0;
        c->size = size;
        if (pool->chunks && want > CHUNK_BYTES / 4) { /* a large piece gets its own chunk, behind the one in use */
            c->next = pool->chunks->next;
            pool->chunks->next = c;
        } else {
            c->next = pool->chunks;
            pool->chunks = c;
        }
    }
    void *p = c->data + c->used;
    c->used += want;
    return memset(p, 0, want);
}

char *dab_pool_strndup(DabPool *pool, const char *s, gsize n) {
    if (!s) return NULL;
    char *copy = dab_pool_alloc(pool, n + 1);
    memcpy(copy, s, n);
    return copy;
}

char *dab_pool_strdup(DabPool *pool, const char *s) {
    return s ? dab_pool_strndup(pool, s, strlen(s)) : NULL;
}

char *dab_pool_join(DabPool *pool, const char *a, const char *b) {
    gsize m = strlen(a), n = strlen(b);
    char *joined = dab_pool_alloc(pool, m + n + 1);
    memcpy(joined, a, m);
    memcpy(joined + m, b, n);
    return joined;
}

char *dab_pool_printf(DabPool *pool, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *s = g_strdup_vprintf(format, args);
    va_end(args);
    return dab_pool_strdup(pool, s);
}

void *dab_pool_own(DabPool *pool, void *data, GDestroyNotify destroy) {
    Owned *o = dab_pool_new0(pool, Owned);
    *o = (Owned){.next = pool->owned, .data = data, .destroy = destroy};
    pool->owned = o;
    return data;
}

GArray *dab_pool_array(DabPool *pool, gsize element_bytes) {
    return dab_pool_own(pool, g_array_new(FALSE, TRUE, (guint)element_bytes), (GDestroyNotify)g_array_unref);
}

GPtrArray *dab_pool_ptr_array(DabPool *pool) {
    return dab_pool_own(pool, g_ptr_array_new(), (GDestroyNotify)g_ptr_array_unref);
}
