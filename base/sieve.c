#include "base/sieve.h"

#include <string.h>

#include "base/trie.h"

#define ENTRY_BITS 24
#define MAX_LAYERS 16 /* sets that one entry may ask for: what it asks beyond is not asked */

/* What meeting a word adds to the result: these bits in one of its words. */
typedef struct {
    guint32 at;
    guint64 bits;
} Gain;

/* An entry that asks for several sets has a bit for each: for its first set in the first layer of the result, for its second in the
 * second one. It may hold when it has all of them; entries that ask for fewer have the others from the beginning. */
struct DabSieve {
    DabSieveKind kind;
    DabTrie *trie;
    guint n_entries, n_words, n_sets, n_layers, size;
    GHashTable *words, *sets; /* word → its number + 1; the words of a set in one string → its number + 1. Until it is closed. */
    GArray *sets_of, *asks_of; /* guint64: word << 32 | set; set << 32 | layer << 24 | entry. Until it is closed. */
    guint8 *asked;             /* sets of each entry */
    guint64 *free, *found;     /* n_layers × size: with no word met; the result, whose first layer is what is told */
    guint32 *first_gain;       /* of word k: gains[first_gain[k]] to gains[first_gain[k + 1]] */
    GArray *gains;             /* Gain */
};

DabSieve *dab_sieve_new(guint n, DabSieveKind kind) {
    DabSieve *s = g_new0(DabSieve, 1);
    s->kind = kind;
    s->trie = dab_trie_new(kind == DAB_SIEVE_BACKWARDS);
    s->n_entries = n;
    s->size = n / 64 + 1;
    s->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->sets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->sets_of = g_array_new(FALSE, FALSE, sizeof(guint64));
    s->asks_of = g_array_new(FALSE, FALSE, sizeof(guint64));
    s->gains = g_array_new(FALSE, FALSE, sizeof(Gain));
    s->asked = g_new0(guint8, n + 1);
    return s;
}

void dab_sieve_free(DabSieve *s) {
    if (!s) return;
    dab_trie_free(s->trie);
    g_clear_pointer(&s->words, g_hash_table_unref);
    g_clear_pointer(&s->sets, g_hash_table_unref);
    g_clear_pointer(&s->sets_of, g_array_unref);
    g_clear_pointer(&s->asks_of, g_array_unref);
    g_array_unref(s->gains);
    g_free(s->first_gain);
    g_free(s->asked);
    g_free(s->free);
    g_free(s->found);
    g_free(s);
}

static void add(GArray *pairs, guint key, guint item) {
    guint64 pair = (guint64)key << 32 | item;
    g_array_append_val(pairs, pair);
}

static int by_size(gconstpointer a, gconstpointer b) {
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
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
    for (guint i = 0; i < words->n; i++) add(s->sets_of, number_of_word(s, words->list[i]), number);
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
    if (!words || s->asked[entry] == MAX_LAYERS || !asks(s, words)) return;
    add(s->asks_of, number_of_set(s, words), (guint)s->asked[entry] << ENTRY_BITS | entry);
    s->asked[entry]++;
    s->n_layers = MAX(s->n_layers, s->asked[entry]);
}

/* Where the pairs of a key begin, in pairs that are sorted. */
static guint first_of(const GArray *pairs, guint key) {
    guint low = 0, high = pairs->len;
    while (low < high) {
        guint middle = (low + high) / 2;
        if (g_array_index(pairs, guint64, middle) >> 32 < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The bits that entries gain when a word of the set is met. */
static void gain_set(const DabSieve *s, guint set, guint64 *bits) {
    for (guint i = first_of(s->asks_of, set); i < s->asks_of->len; i++) {
        guint64 pair = g_array_index(s->asks_of, guint64, i);
        if (pair >> 32 != set) break;
        guint entry = (guint)pair & ((1u << ENTRY_BITS) - 1), layer = (guint32)pair >> ENTRY_BITS;
        bits[layer * s->size + entry / 64] |= (guint64)1 << (entry % 64);
    }
}

static void close_words(DabSieve *s) {
    guint n = s->n_layers * s->size;
    g_autofree guint64 *bits = g_new(guint64, n);
    g_array_sort(s->sets_of, by_size);
    g_array_sort(s->asks_of, by_size);
    s->first_gain = g_new0(guint32, s->n_words + 1);
    for (guint word = 0, i = 0; word < s->n_words; word++) {
        memset(bits, 0, n * sizeof *bits);
        for (; i < s->sets_of->len && g_array_index(s->sets_of, guint64, i) >> 32 == word; i++)
            gain_set(s, (guint32)g_array_index(s->sets_of, guint64, i), bits);
        for (guint k = 0; k < n; k++) {
            Gain gain = {k, bits[k]};
            if (bits[k]) g_array_append_val(s->gains, gain);
        }
        s->first_gain[word + 1] = s->gains->len;
    }
}

void dab_sieve_close(DabSieve *s) {
    s->n_layers = MAX(s->n_layers, 1);
    close_words(s);
    g_clear_pointer(&s->words, g_hash_table_unref);
    g_clear_pointer(&s->sets, g_hash_table_unref);
    g_clear_pointer(&s->sets_of, g_array_unref);
    g_clear_pointer(&s->asks_of, g_array_unref);
    s->free = g_new0(guint64, s->n_layers * s->size);
    s->found = g_new0(guint64, s->n_layers * s->size);
    for (guint i = 0; i < s->n_entries; i++)
        for (guint layer = s->asked[i]; layer < s->n_layers; layer++) s->free[layer * s->size + i / 64] |= (guint64)1 << (i % 64);
}

static void meet_word(gpointer sieve, guint word) {
    const DabSieve *s = sieve;
    const Gain *gains = (const Gain *)(const void *)s->gains->data;
    for (guint32 i = s->first_gain[word]; i < s->first_gain[word + 1]; i++) s->found[gains[i].at] |= gains[i].bits;
}

static void begin_walk(DabSieve *s) {
    memcpy(s->found, s->free, s->n_layers * s->size * sizeof *s->found);
}

/* The entries that have all they asked for. */
static const guint64 *end_walk(DabSieve *s) {
    for (guint i = s->size; i < s->n_layers * s->size; i++) s->found[i % s->size] &= s->found[i];
    return s->found;
}

const guint64 *dab_sieve_scan(DabSieve *s, const char *text, gsize len) {
    begin_walk(s);
    if (s->kind != DAB_SIEVE_FRAMED) {
        dab_trie_scan(s->trie, text, 0, len, meet_word, s);
        return end_walk(s);
    }
    dab_trie_scan_framed(s->trie, text, len, *DAB_TEXT_START, *DAB_TEXT_END, meet_word, s);
    if (len && text[len - 1] == '\n') /* $ matches before it, too */
        dab_trie_scan_framed(s->trie, text, len - 1, *DAB_TEXT_START, *DAB_TEXT_END, meet_word, s);
    return end_walk(s);
}

const guint64 *dab_sieve_at(DabSieve *s, const char *text, gsize at, gsize end) {
    if (!s->n_words) return s->free;
    begin_walk(s);
    dab_trie_each(s->trie, text, at, end, meet_word, s);
    return end_walk(s);
}

guint dab_sieve_size(const DabSieve *s) {
    return s->size;
}
