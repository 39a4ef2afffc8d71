/* What a name or a unit says by itself, and how alike two names are. */
#include "engine/names.h"

#include <string.h>

#include "engine/fragments.h"
#include "engine/rule_set.h"

#define MAX_KEPT 4096 /* names that are kept from one document for the next */

/* Words that say nothing about which indicator it is, gone; left alone when nothing else is there. */
static void drop_words(GString *name, const DabRules *rules) {
    if (!dab_rules_find_word(rules, "ignored_in_links", name->str, name->len)) return;
    g_autofree char *whole = g_strdup(name->str);
    const GPtrArray *words = dab_rules_words(rules, "ignored_in_links");
    for (guint i = 0; words && i < words->len; i++)
        if (strstr(name->str, words->pdata[i])) g_string_replace(name, words->pdata[i], "", 0);
    if (!name->len) g_string_assign(name, whole);
}

/* Letters and digits only, small. */
static void drop_marks(GString *name) {
    g_autofree char *whole = g_strdup(name->str);
    g_string_truncate(name, 0);
    for (const char *s = whole; *s; s = g_utf8_next_char(s)) {
        gunichar c = g_utf8_get_char(s);
        if (g_unichar_isalnum(c)) g_string_append_unichar(name, g_unichar_tolower(c));
    }
    if (!name->len) g_string_assign(name, whole);
}

/* 录用 is 招聘: pairs "录用=招聘" of the list "same_words". */
static void use_same_words(GString *name, const DabRules *rules) {
    if (!dab_rules_find_word(rules, "same_words", name->str, name->len)) return;
    const GPtrArray *pairs = dab_rules_words(rules, "same_words");
    for (guint i = 0; pairs && i < pairs->len; i++) {
        const char *pair = pairs->pdata[i], *sign = strchr(pair, '=');
        if (!sign || sign == pair || !memmem(name->str, name->len, pair, (gsize)(sign - pair))) continue;
        g_autofree char *word = g_strndup(pair, (gsize)(sign - pair));
        g_string_replace(name, word, sign + 1, 0);
    }
}

static char *find_essence(const DabRules *rules, const char *indicator) {
    GString *name = g_string_new(indicator);
    use_same_words(name, rules);
    const char *canonical = dab_rules_map(rules, "aliases", indicator);
    if (!canonical) {
        drop_words(name, rules);
        canonical = dab_rules_map(rules, "aliases", name->str);
    }
    if (canonical) {
        g_string_assign(name, canonical);
        drop_words(name, rules); /* as it is when it is written out */
    }
    drop_marks(name);
    return g_string_free(name, FALSE);
}

/* ---- how alike ---- */

/* The pairs of the first characters of a name, and their hashes; how many characters. */
static guint read_pairs(const char *s, guint64 *pairs, guint64 *some) {
    guint n = 0;
    guint64 before = 0;
    for (*some = 0; *s && n < DAB_MAX_LIKENESS; s = g_utf8_next_char(s), n++) {
        guint64 c = g_utf8_get_char(s);
        if (n) {
            pairs[n - 1] = before << 32 | c;
            *some |= (guint64)1 << ((pairs[n - 1] * 0x9E3779B97F4A7C15u) >> 58);
        }
        before = c;
    }
    return n;
}

static double likeness(const guint64 *x, guint m, const guint64 *y, guint n) {
    if (m < 2 || n < 2) return 0;
    guint shared = 0;
    guint64 taken = 0;
    for (guint i = 0; i + 1 < m; i++)
        for (guint k = 0; k + 1 < n; k++)
            if (x[i] == y[k] && !(taken >> k & 1)) {
                taken |= (guint64)1 << k;
                shared++;
                break;
            }
    return shared / (double)(m - 1 + n - 1) + 0.5 * shared / (MIN(m, n) - 1);
}

double dab_essence_likeness(const DabEssence *a, const DabEssence *b) {
    if (a == b) return 1;
    return a->some & b->some ? likeness(a->pairs, a->n, b->pairs, b->n) : 0;
}

double dab_name_likeness(const char *a, const char *b) {
    if (!strcmp(a, b)) return 1;
    guint64 x[DAB_MAX_LIKENESS], y[DAB_MAX_LIKENESS], some;
    guint m = read_pairs(a, x, &some), n = read_pairs(b, y, &some);
    return likeness(x, m, y, n);
}

/* ---- what is kept ---- */

struct DabNames {
    DabPool *pool;
    DabKept *names, *units; /* DabName, DabUnit */
    GHashTable *essences;   /* text → DabEssence */
};

DabNames *dab_names_new(void) {
    DabNames *n = g_new(DabNames, 1);
    *n = (DabNames){dab_pool_new(), dab_kept_new(NULL), dab_kept_new(NULL), g_hash_table_new(g_str_hash, g_str_equal)};
    return n;
}

void dab_names_free(DabNames *n) {
    if (!n) return;
    dab_kept_free(n->names);
    dab_kept_free(n->units);
    g_hash_table_unref(n->essences);
    dab_pool_free(n->pool);
    g_free(n);
}

void dab_names_tidy(const DabRules *rules) {
    DabNames *n = rules->names;
    if (g_hash_table_size(n->names->table) < MAX_KEPT && g_hash_table_size(n->units->table) < MAX_KEPT) return;
    dab_kept_clear(n->names);
    dab_kept_clear(n->units);
    g_hash_table_remove_all(n->essences);
    dab_pool_free(n->pool);
    n->pool = dab_pool_new();
}

static const DabEssence *essence_of(const DabRules *rules, const char *indicator) {
    DabNames *names = rules->names;
    g_autofree char *text = find_essence(rules, indicator);
    DabEssence *e = g_hash_table_lookup(names->essences, text);
    if (e) return e;
    guint64 pairs[DAB_MAX_LIKENESS], some;
    guint n = read_pairs(text, pairs, &some);
    gsize room = n > 1 ? (n - 1) * sizeof *pairs : 0;
    e = dab_pool_alloc(names->pool, sizeof *e + room);
    *e = (DabEssence){dab_pool_strdup(names->pool, text), strlen(text), n, some};
    if (room) memcpy(e->pairs, pairs, room);
    g_hash_table_insert(names->essences, (gpointer)e->text, e);
    return e;
}

DabName *dab_name_of(const DabRules *rules, const char *indicator) {
    DabNames *names = rules->names;
    DabName *name = dab_kept_get(names->names, indicator);
    if (name) return name;
    gsize len = strlen(indicator);
    name = dab_pool_new0(names->pool, DabName);
    *name = (DabName){.name = dab_pool_strndup(names->pool, indicator, len),
                      .essence = essence_of(rules, indicator),
                      .lists = dab_lexicon_scan(rules->lexicon, indicator, len),
                      .chars = (guint)g_utf8_strlen(indicator, (gssize)len)};
    dab_kept_insert(names->names, name->name, name);
    return name;
}

static gunichar tag_of_unit(const DabRules *rules, const char *unit) {
    gsize len = strlen(unit);
    if (!len) return DAB_TAG_NUMBER;
    if (dab_rules_has_word(rules, "unit_times", unit, len)) return DAB_TAG_TIMES;
    if (dab_rules_has_word(rules, "unit_time", unit, len)) return DAB_TAG_LENGTH_OF_TIME;
    if (dab_rules_has_word(rules, "unit_count", unit, len) || dab_rules_has_word(rules, "unit_after_digits", unit, len))
        return DAB_TAG_COUNT;
    return DAB_TAG_AMOUNT;
}

const DabUnit *dab_unit_of(const DabRules *rules, const char *text) {
    DabNames *names = rules->names;
    DabUnit *unit = dab_kept_get(names->units, text);
    if (unit) return unit;
    unit = dab_pool_new0(names->pool, DabUnit);
    unit->text = dab_pool_strdup(names->pool, text);
    unit->class = dab_unit_class(rules, unit->text);
    unit->tag = tag_of_unit(rules, unit->text);
    dab_kept_insert(names->units, unit->text, unit);
    return unit;
}

char *dab_name_essence(const DabRules *rules, const char *indicator) {
    dab_names_tidy(rules); /* whoever asks here holds no name */
    return g_strdup(dab_name_of(rules, indicator)->essence->text);
}
