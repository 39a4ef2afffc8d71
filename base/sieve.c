#include "base/sieve.h"

#include <string.h>

#include "base/trie.h"

/* Lists of numbers by number: of(k) is list[start[k]] to list[start[k + 1]]. */
typedef struct {
    GArray *pairs; /* guint64: key << 32 | item, until it is closed */
    guint32 *start, *list;
} Lists;

typedef struct {
    guint32 walk;      /* in which it was met last */
    guint8 met, asked; /* sets of it */
} Entry;

struct DabSieve {
    DabSieveKind kind;
    DabTrie *trie;
    guint n_entries, n_words, n_sets, size;
    GHashTable *words, *sets; /* word → its number + 1; the words of a set in one string → its number + 1. Until it is closed. */
    Lists sets_of, entries_of;
    guint64 *free, *found; /* entries that ask nothing; the result */
    /* what was met in this text: the number of the walk, so that nothing need be cleared */
    guint32 walk, *word_met, *set_met;
    Entry *entries;
};

DabSieve *dab_sieve_new(guint n, DabSieveKind kind) {
    DabSieve *s = g_new0(DabSieve, 1);
    s->kind = kind;
    s->trie = dab_trie_new(kind == DAB_SIEVE_BACKWARDS);
    s->n_entries = n;
    s->size = n / 64 + 1;
    s->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->sets_of.pairs = g_array_new(FALSE, FALSE, sizeof(guint64));
    s->entries_of.pairs = g_array_new(FALSE, FALSE, sizeof(guint64));
    s->entries = g_new0(Entry, n + 1);
    return s;
}

static void lists_free(Lists *l) {
    if (l->pairs) g_array_unref(l->pairs);
    g_free(l->start);
    g_free(l->list);
}

void dab_sieve_free(DabSieve *s) {
    if (!s) return;
    dab_trie_free(s->trie);
    g_clear_pointer(&s->words, g_hash_table_unref);
    g_clear_pointer(&s->sets, g_hash_table_unref);
    lists_free(&s->sets_of);
    lists_free(&s->entries_of);
    g_free(s->free);
    g_free(s->found);
    g_free(s->word_met);
    g_free(s->set_met);
    g_free(s->entries);
    g_free(s);
}

static void add(Lists *l, guint key, guint item) {
    guint64 pair = (guint64)key << 32 | item;
    g_array_append_val(l->pairs, pair);
}

static int by_size(gconstpointer a, gconstpointer b) {
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
}

static void lists_close(Lists *l, guint n) {
    g_array_sort(l->pairs, by_size);
    l->start = g_new0(guint32, n + 1);
    l->list = g_new(guint32, l->pairs->len + 1);
    for (guint i = 0; i < l->pairs->len; i++) {
        guint64 pair = g_array_index(l->pairs, guint64, i);
        l->start[(pair >> 32) + 1] = i + 1;
        l->list[i] = (guint32)pair;
    }
    for (guint k = 0; k < n; k++) l->start[k + 1] = MAX(l->start[k + 1], l->start[k]);
    g_array_unref(g_steal_pointer(&l->pairs));
}

/* The word without the places it names. */
static char *plain(const char *word) {
    gsize start = *word == *DAB_TEXT_START, len = strlen(word);
    if (len > start && word[len - 1] == *DAB_TEXT_END) len--;
    return g_strndup(word + start, len - start);
}

static guint number_of_word(DabSieve *s, const char *with_places) {
    g_autofree char *word = s->kind == DAB_SIEVE_PLAIN ? plain(with_places) : g_strdup(with_places);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(s->words, word));
    if (number) return number - 1;
    g_hash_table_insert(s->words, g_strdup(word), GUINT_TO_POINTER(++s->n_words));
    dab_trie_add(s->trie, word, s->n_words - 1);
    return s->n_words - 1;
}

/* Rules share fragments, so many ask for the same words: such a set is kept once. */
static guint number_of_set(DabSieve *s, const DabWords *words) {
    g_autoptr(GString) key = g_string_new(NULL);
    for (guint i = 0; i < words->n; i++) {
        g_string_append(key, words->list[i]);
        g_string_append_c(key, '\n');
    }
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(s->sets, key->str));
    if (number) return number - 1;
    number = s->n_sets++;
    g_hash_table_insert(s->sets, g_strdup(key->str), GUINT_TO_POINTER(number + 1));
    for (guint i = 0; i < words->n; i++) add(&s->sets_of, number_of_word(s, words->list[i]), number);
    return number;
}

/* A word that is nothing but places asks for nothing. */
static gboolean asks(const DabSieve *s, const DabWords *words) {
    for (guint i = 0; i < words->n && s->kind == DAB_SIEVE_PLAIN; i++) {
        g_autofree char *word = plain(words->list[i]);
        if (!*word) return FALSE;
    }
    return TRUE;
}

void dab_sieve_ask(DabSieve *s, guint entry, const DabWords *words) {
    if (!words || s->entries[entry].asked == G_MAXUINT8 || !asks(s, words)) return;
    add(&s->entries_of, number_of_set(s, words), entry);
    s->entries[entry].asked++;
}

void dab_sieve_close(DabSieve *s) {
    g_clear_pointer(&s->words, g_hash_table_unref);
    g_clear_pointer(&s->sets, g_hash_table_unref);
    lists_close(&s->sets_of, s->n_words);
    lists_close(&s->entries_of, s->n_sets);
    s->free = g_new0(guint64, s->size);
    s->found = g_new0(guint64, s->size);
    for (guint i = 0; i < s->n_entries; i++)
        if (!s->entries[i].asked) s->free[i / 64] |= (guint64)1 << (i % 64);
    s->word_met = g_new0(guint32, s->n_words + 1);
    s->set_met = g_new0(guint32, s->n_sets + 1);
}

static void meet_entry(DabSieve *s, guint entry) {
    Entry *e = &s->entries[entry];
    guint8 met = e->walk == s->walk ? e->met : 0;
    e->walk = s->walk;
    e->met = ++met;
    if (met == e->asked) s->found[entry / 64] |= (guint64)1 << (entry % 64);
}

static void meet_word(gpointer sieve, guint word) {
    DabSieve *s = sieve;
    if (s->word_met[word] == s->walk) return;
    s->word_met[word] = s->walk;
    for (guint32 i = s->sets_of.start[word]; i < s->sets_of.start[word + 1]; i++) {
        guint set = s->sets_of.list[i];
        if (s->set_met[set] == s->walk) continue;
        s->set_met[set] = s->walk;
        for (guint32 k = s->entries_of.start[set]; k < s->entries_of.start[set + 1]; k++) meet_entry(s, s->entries_of.list[k]);
    }
}

static void begin_walk(DabSieve *s) {
    memcpy(s->found, s->free, s->size * sizeof *s->found);
    if (++s->walk) return;
    memset(s->word_met, 0, s->n_words * sizeof *s->word_met); /* the count has gone round */
    memset(s->set_met, 0, s->n_sets * sizeof *s->set_met);
    for (guint i = 0; i < s->n_entries; i++) s->entries[i].walk = 0;
    s->walk = 1;
}

const guint64 *dab_sieve_scan(DabSieve *s, const char *text, gsize len) {
    begin_walk(s);
    if (s->kind != DAB_SIEVE_FRAMED) {
        dab_trie_scan(s->trie, text, 0, len, meet_word, s);
        return s->found;
    }
    dab_trie_scan_framed(s->trie, text, len, *DAB_TEXT_START, *DAB_TEXT_END, meet_word, s);
    if (len && text[len - 1] == '\n') /* $ matches before it, too */
        dab_trie_scan_framed(s->trie, text, len - 1, *DAB_TEXT_START, *DAB_TEXT_END, meet_word, s);
    return s->found;
}

const guint64 *dab_sieve_at(DabSieve *s, const char *text, gsize at, gsize end) {
    begin_walk(s);
    dab_trie_each(s->trie, text, at, end, meet_word, s);
    return s->found;
}

guint dab_sieve_size(const DabSieve *s) {
    return s->size;
}
