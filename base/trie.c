#include "base/trie.h"

#include <string.h>

#define NO_VALUE G_MAXUINT32
#define ROOT 0

/* Edges live in one open-addressed table keyed by (node, character): no pointers to chase, and a miss is one probe. */
typedef struct {
    guint64 key;          /* node << 21 | character, plus 1; 0: free */
    guint32 child, value; /* value: of the word that ends there, or NO_VALUE */
    guint64 next;         /* hashes of the characters that go on from there: most do not, which saves the probe */
} Edge;

#define FIRST_BITS 0x10000 /* most characters begin no word: one look tells, for all of the Basic Multilingual Plane */
#define PAIR_BITS 0x10000  /* of those that do, most are followed by one that no word has there */

struct DabTrie {
    gboolean backwards;
    Edge *edges;
    guint n_edges, size; /* size is a power of two */
    guint32 n_nodes;
    guint64 first[FIRST_BITS / 64]; /* characters that words begin with */
    guint64 alone[FIRST_BITS / 64]; /* those that are a word by themselves */
    guint64 pairs[PAIR_BITS / 64];  /* hashes of the first two characters of words */
};

DabTrie *dab_trie_new(gboolean backwards) {
    DabTrie *t = g_new0(DabTrie, 1);
    t->backwards = backwards;
    t->size = 256;
    t->edges = g_new0(Edge, t->size);
    t->n_nodes = 1;
    return t;
}

void dab_trie_free(DabTrie *t) {
    if (!t) return;
    g_free(t->edges);
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

static guint first_bit(gunichar ch) {
    return ch % FIRST_BITS;
}

static guint pair_bit(gunichar a, gunichar b) {
    return (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu) >> 16;
}

static inline gboolean has_bit(const guint64 *bits, guint bit) {
    return bits[bit / 64] >> (bit % 64) & 1;
}

static void set_bit(guint64 *bits, guint bit) {
    bits[bit / 64] |= (guint64)1 << (bit % 64);
}

static guint64 next_bit(gunichar ch) {
    return (guint64)1 << ((ch * 0x9E3779B1u) >> 26);
}

/* The edge for one more character, made if need be. Valid until the next call. */
static Edge *step_or_add(DabTrie *t, guint32 node, gunichar ch) {
    guint64 key = edge_key(node, ch);
    Edge *e = slot(t, key);
    if (e->key) return e;
    if ((t->n_edges + 1) * 2 > t->size) {
        grow(t);
        e = slot(t, key);
    }
    *e = (Edge){key, t->n_nodes++, NO_VALUE, 0};
    t->n_edges++;
    return e;
}

void dab_trie_add(DabTrie *t, const char *word, guint value) {
    Edge *e = NULL;
    gunichar first = 0;
    guint chars = 0;
    const char *s = t->backwards ? word + strlen(word) : word;
    while (t->backwards ? s > word : *s != 0) {
        if (t->backwards) s = g_utf8_prev_char(s);
        gunichar ch = g_utf8_get_char(s);
        if (e)
            e->next |= next_bit(ch);
        else
            set_bit(t->first, first_bit(first = ch));
        if (++chars == 2) set_bit(t->pairs, pair_bit(first, ch));
        e = step_or_add(t, e ? e->child : ROOT, ch);
        if (!t->backwards) s = g_utf8_next_char(s);
    }
    if (e && e->value == NO_VALUE) e->value = value;
    if (chars == 1) set_bit(t->alone, first_bit(first));
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

/* The edge for one more character; NULL where no word goes on. `from`: the edge before it, NULL at the root. */
static inline const Edge *step(const DabTrie *t, const Edge *from, gunichar ch) {
    if (from ? !(from->next & next_bit(ch)) : !has_bit(t->first, first_bit(ch))) return NULL;
    const Edge *e = slot(t, edge_key(from ? from->child : ROOT, ch));
    return e->key ? e : NULL;
}

gsize dab_trie_longest(const DabTrie *t, const char *text, gsize at, gsize end, guint *value) {
    gsize best = 0;
    const Edge *e = NULL;
    for (const char *s = text + at; s < text + end && (e = step(t, e, next_char(&s)));) {
        if (s > text + end) break; /* cut inside a character */
        if (e->value == NO_VALUE) continue;
        best = (gsize)(s - text) - at;
        if (value) *value = e->value;
    }
    return best;
}

/* Where the character before text[at] begins. */
static inline const char *step_back(const char *s) {
    do s--;
    while (((guint8)*s & 0xC0) == 0x80);
    return s;
}

gsize dab_trie_longest_before(const DabTrie *t, const char *text, gsize start, gsize at, guint *value) {
    gsize best = 0;
    const Edge *e = NULL;
    for (const char *s = text + at; s > text + start;) {
        s = step_back(s);
        const char *c = s;
        if (!(e = step(t, e, next_char(&c)))) break;
        if (e->value == NO_VALUE) continue;
        best = at - (gsize)(s - text);
        if (value) *value = e->value;
    }
    return best;
}

gsize dab_trie_last(const DabTrie *t, const char *text, gsize end, gsize *len) {
    for (const char *s = text + end; s > text;) {
        const char *behind = s = step_back(s);
        if (!has_bit(t->first, first_bit(next_char(&behind)))) continue;
        *len = dab_trie_longest_before(t, text, 0, (gsize)(behind - text), NULL);
        if (*len) return (gsize)(behind - text);
    }
    return *len = 0;
}

/* Whether a word may begin with the character, seen what stands from `s` on behind it (at `end`: `behind`, 0: nothing). */
static inline gboolean may_begin(const DabTrie *t, gunichar ch, const char *s, const char *end, char behind) {
    if (!has_bit(t->first, first_bit(ch))) return FALSE;
    if (has_bit(t->alone, first_bit(ch))) return TRUE;
    if (s >= end) return behind && has_bit(t->pairs, pair_bit(ch, (guchar)behind));
    return has_bit(t->pairs, pair_bit(ch, next_char(&s)));
}

/* The words that go on from `e` with what stands from `s` on. */
static inline void each_on(const DabTrie *t, const Edge *e, const char *s, const char *end, char behind, DabTrieHit hit,
                           gpointer data) {
    while (e && s <= end) {
        if (e->value != NO_VALUE) hit(data, e->value);
        if (!e->next) return;
        if (s == end) {
            e = behind ? step(t, e, (guchar)behind) : NULL;
            if (e && e->value != NO_VALUE) hit(data, e->value);
            return;
        }
        e = step(t, e, next_char(&s));
    }
}

/* The words that begin at `s`; where its first character ends. */
static inline const char *each_from(const DabTrie *t, const char *s, const char *end, char behind, DabTrieHit hit, gpointer data) {
    gunichar ch = next_char(&s);
    if (may_begin(t, ch, s, end, behind)) each_on(t, step(t, NULL, ch), s, end, behind, hit, data);
    return s;
}

void dab_trie_scan(const DabTrie *t, const char *text, gsize start, gsize end, DabTrieHit hit, gpointer data) {
    for (const char *s = text + start; s < text + end;) s = each_from(t, s, text + end, 0, hit, data);
}

void dab_trie_scan_framed(const DabTrie *t, const char *text, gsize len, char before, char behind, DabTrieHit hit, gpointer data) {
    const char *s = text, *end = text + len;
    each_on(t, step(t, NULL, (guchar)before), s, end, behind, hit, data);
    while (s < end) s = each_from(t, s, end, behind, hit, data);
    each_on(t, step(t, NULL, (guchar)behind), end, end, 0, hit, data);
}

gboolean dab_trie_has(const DabTrie *t, const char *text, gsize len) {
    const char *end = text + len;
    for (const char *s = text; s < end;) {
        gunichar ch = next_char(&s);
        if (!may_begin(t, ch, s, end, 0)) continue;
        const Edge *e = step(t, NULL, ch);
        for (const char *at = s; e && at <= end; e = step(t, e, next_char(&at))) {
            if (e->value != NO_VALUE) return TRUE;
            if (at == end) break;
        }
    }
    return FALSE;
}

void dab_trie_each(const DabTrie *t, const char *text, gsize at, gsize end, DabTrieHit hit, gpointer data) {
    const char *s = text + at;
    if (!t->backwards) {
        if (at < end) each_from(t, s, text + end, 0, hit, data);
        return;
    }
    const Edge *e = NULL;
    while (s > text + end) {
        s = step_back(s);
        const char *c = s;
        if (!(e = step(t, e, next_char(&c)))) return;
        if (e->value != NO_VALUE) hit(data, e->value);
    }
}
