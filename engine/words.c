#include "engine/words.h"

#include <string.h>

#include "base/trie.h"
#include "engine/rule_set.h"

#define LONGEST 63 /* bytes; words that are longer count as one of so many */

struct DabWordList {
    DabPool *pool;
    GPtrArray *words; /* const char *, in order of the files, none twice */
    GHashTable *set;
    guint64 lengths, ends[4];      /* which lengths and which last bytes words have: most questions end there */
    DabTrie *forwards, *backwards; /* of the words, once somebody asks; in the pool */
};

DabWordList *dab_word_list_new(DabPool *pool) {
    DabWordList *l = dab_pool_new0(pool, DabWordList);
    l->pool = pool;
    l->words = dab_pool_ptr_array(pool);
    l->set = dab_pool_own(pool, g_hash_table_new(g_str_hash, g_str_equal), (GDestroyNotify)g_hash_table_unref);
    return l;
}

void dab_word_list_add(DabWordList *l, const char *word) {
    if (!g_hash_table_add(l->set, (gpointer)word)) return;
    g_ptr_array_add(l->words, (gpointer)word);
    gsize len = strlen(word);
    guchar last = (guchar)word[len - 1];
    l->lengths |= (guint64)1 << MIN(len, LONGEST);
    l->ends[last / 64] |= (guint64)1 << (last % 64);
}

static DabWordList *list_of(const DabRules *r, const char *name) {
    return dab_kept_get(r->words, name);
}

const GPtrArray *dab_rules_words(const DabRules *r, const char *name) {
    const DabWordList *list = list_of(r, name);
    return list ? list->words : NULL;
}

/* Whether a word of the list has this length and this last byte. */
static gboolean may_have(const DabWordList *l, const char *word, gsize len) {
    if (!len || !(l->lengths >> MIN(len, LONGEST) & 1)) return FALSE;
    guchar last = (guchar)word[len - 1];
    return l->ends[last / 64] >> (last % 64) & 1;
}

gboolean dab_rules_has_word(const DabRules *r, const char *name, const char *word, gsize len) {
    const DabWordList *list = list_of(r, name);
    char key[256];
    if (!list || len >= sizeof key || !may_have(list, word, len)) return FALSE;
    memcpy(key, word, len);
    key[len] = 0;
    return g_hash_table_contains(list->set, key);
}

/* Of a pair A=B, A. Free it. */
static char *looked_for(const char *word) {
    gsize n = strcspn(word, "=");
    return n ? g_strndup(word, n) : g_strdup(word);
}

static const DabTrie *trie_of(const DabRules *r, const char *name, gboolean backwards) {
    DabWordList *list = list_of(r, name);
    if (!list) return NULL;
    DabTrie **slot = backwards ? &list->backwards : &list->forwards, *trie = *slot;
    if (trie) return trie;
    trie = dab_pool_own(list->pool, dab_trie_new(backwards), (GDestroyNotify)dab_trie_free);
    for (guint i = 0; i < list->words->len; i++) {
        g_autofree char *word = looked_for(list->words->pdata[i]);
        dab_trie_add(trie, word, i);
    }
    *slot = trie;
    return trie;
}

gboolean dab_rules_find_word(const DabRules *r, const char *name, const char *text, gsize len) {
    const DabTrie *trie = trie_of(r, name, FALSE);
    return trie && dab_trie_has(trie, text, len);
}

gsize dab_rules_last_word(const DabRules *r, const char *name, const char *text, gsize len) {
    const DabTrie *trie = trie_of(r, name, TRUE);
    return trie ? dab_trie_longest_before(trie, text, 0, len, NULL) : 0;
}

gsize dab_rules_word_before(const DabRules *r, const char *name, const char *text, gsize end, gsize *len) {
    const DabTrie *trie = trie_of(r, name, TRUE);
    return trie ? dab_trie_last(trie, text, end, len) : (*len = 0);
}

/* ---- many lists at once ---- */

static const char *const lists[DAB_N_LISTS] = {
    [DAB_LIST_CUMULATIVE] = "cumulative_words",
    [DAB_LIST_ANNUAL] = "annual_words",
    [DAB_LIST_ADDED] = "added_words",
    [DAB_LIST_LEVEL] = "level_words",
    [DAB_LIST_BEGUN] = "begun_words",
    [DAB_LIST_FURTHER] = "further_words",
    [DAB_LIST_BASE] = "base_words",
    [DAB_LIST_NEVER_ANSWERS] = "never_answers",
    [DAB_LIST_NEVER_ANSWERING_COLUMNS] = "never_answering_columns",
    [DAB_LIST_LOWER_IS_BETTER] = "lower_is_better",
    [DAB_LIST_NOT_LOWER_IS_BETTER] = "not_lower_is_better",
    [DAB_LIST_IGNORED] = "ignored_in_links",
    [DAB_LIST_SAME] = "same_words",
    [DAB_LIST_REST] = "rest_words",
};

struct DabLexicon {
    DabTrie *trie;  /* word → its place in `found` */
    GArray *member; /* guint32 of each word: the lists that it stands in */
};

typedef struct {
    const guint32 *member;
    guint32 found;
} Scan;

DabLexicon *dab_lexicon_new(const DabRules *r) {
    DabLexicon *l = g_new0(DabLexicon, 1);
    l->trie = dab_trie_new(FALSE);
    l->member = g_array_new(FALSE, FALSE, sizeof(guint32));
    for (guint k = 0; k < DAB_N_LISTS; k++) {
        const GPtrArray *words = dab_rules_words(r, lists[k]);
        for (guint i = 0; words && i < words->len; i++) {
            g_autofree char *word = looked_for(words->pdata[i]);
            guint32 at, none = 0;
            dab_trie_add(l->trie, word, l->member->len);
            dab_trie_longest(l->trie, word, 0, strlen(word), &at); /* that of another list, where it stands there already */
            if (at == l->member->len) g_array_append_val(l->member, none);
            g_array_index(l->member, guint32, at) |= (guint32)1 << k;
        }
    }
    return l;
}

void dab_lexicon_free(DabLexicon *l) {
    if (!l) return;
    dab_trie_free(l->trie);
    g_array_unref(l->member);
    g_free(l);
}

static void meet(gpointer data, guint word) {
    Scan *scan = data;
    scan->found |= scan->member[word];
}

guint32 dab_lexicon_scan(const DabLexicon *l, const char *text, gsize len) {
    Scan scan = {(const guint32 *)(const void *)l->member->data, 0};
    dab_trie_scan(l->trie, text, 0, len, meet, &scan);
    return scan.found;
}
