#include "base/trie.h"

#include <string.h>

#define NO_VALUE G_MAXUINT32
#define ROOT 0

/* Edges live in one open-addressed table keyed by (node, character): no pointers to chase, and a miss is one probe. */
typedef struct {
    guint64 key; /* node << 21 | character, plus 1; 0: free */
    guint32 child;
} Edge;

struct DabTrie {
    gboolean backwards;
    Edge *edges;
    guint n_edges, size; /* size is a power of two */
    GArray *values;      /* guint32 for each node */
};

DabTrie *dab_trie_new(gboolean backwards) {
    DabTrie *t = g_new0(DabTrie, 1);
    t->backwards = backwards;
    t->size = 256;
    t->edges = g_new0(Edge, t->size);
    t->values = g_array_new(FALSE, FALSE, sizeof(guint32));
    guint32 none = NO_VALUE;
    g_array_append_val(t->values, none);
    return t;
}

void dab_trie_free(DabTrie *t) {
    if (!t) return;
    g_free(t->edges);
    g_array_unref(t->values);
    g_free(t);
}

static guint64 edge_key(guint32 node, gunichar ch) {
    return ((guint64)node << 21 | ch) + 1;
}

/* The slot of the key, or the free one where it belongs. */
static Edge *slot(const DabTrie *t, guint64 key) {
    guint mask = t->size - 1;
    for (guint i = (guint)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;; i = (i + 1) & mask)
        if (t->edges[i].key == key || !t->edges[i].key) return &t->edges[i];
}

static void grow(DabTrie *t) {
    Edge *old = t->edges;
    guint n = t->size;
    t->size *= 2;
    t->edges = g_new0(Edge, t->size);
    for (guint i = 0; i < n; i++)
        if (old[i].key) *slot(t, old[i].key) = old[i];
    g_free(old);
}

static guint32 step_or_add(DabTrie *t, guint32 node, gunichar ch) {
    guint64 key = edge_key(node, ch);
    Edge *e = slot(t, key);
    if (e->key) return e->child;
    guint32 none = NO_VALUE;
    guint32 child = t->values->len;
    g_array_append_val(t->values, none);
    *e = (Edge){key, child};
    if (++t->n_edges * 2 > t->size) grow(t);
    return child;
}

void dab_trie_add(DabTrie *t, const char *word, guint value) {
    guint32 node = ROOT;
    const char *s = t->backwards ? word + strlen(word) : word;
    while (t->backwards ? s > word : *s != 0) {
        if (t->backwards) s = g_utf8_prev_char(s);
        node = step_or_add(t, node, g_utf8_get_char(s));
        if (!t->backwards) s = g_utf8_next_char(s);
    }
    guint32 *v = &g_array_index(t->values, guint32, node);
    if (node != ROOT && *v == NO_VALUE) *v = value;
}

/* The character at `s` and the one after it; as g_utf8_get_char, but inlined: this loop is the hot one. */
static inline gunichar next_char(const char **at) {
    const guint8 *s = (const guint8 *)*at;
    if (s[0] < 0x80) {
        *at += 1;
        return s[0];
    }
    if (s[0] >= 0xE0 && s[0] < 0xF0) {
        *at += 3;
        return (gunichar)(s[0] & 15) << 12 | (gunichar)(s[1] & 63) << 6 | (s[2] & 63);
    }
    gunichar c = g_utf8_get_char(*at);
    *at = g_utf8_next_char(*at);
    return c;
}

/* Follows one character; FALSE where no word goes on. */
static gboolean step(const DabTrie *t, guint32 *node, gunichar ch, guint32 *value) {
    const Edge *e = slot(t, edge_key(*node, ch));
    if (!e->key) return FALSE;
    *node = e->child;
    *value = g_array_index(t->values, guint32, e->child);
    return TRUE;
}

gsize dab_trie_longest(const DabTrie *t, const char *text, gsize at, gsize end, guint *value) {
    guint32 node = ROOT, v;
    gsize best = 0;
    for (const char *s = text + at; s < text + end && step(t, &node, next_char(&s), &v);) {
        if (s > text + end) break; /* cut inside a character */
        if (v == NO_VALUE) continue;
        best = (gsize)(s - text) - at;
        if (value) *value = v;
    }
    return best;
}

gsize dab_trie_longest_before(const DabTrie *t, const char *text, gsize start, gsize at, guint *value) {
    guint32 node = ROOT, v;
    gsize best = 0;
    for (const char *s = text + at; s > text + start;) {
        s = g_utf8_prev_char(s);
        const char *c = s;
        if (!step(t, &node, next_char(&c), &v)) break;
        if (v == NO_VALUE) continue;
        best = at - (gsize)(s - text);
        if (value) *value = v;
    }
    return best;
}
