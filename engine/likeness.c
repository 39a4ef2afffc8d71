/* Whether two names are of one thing, two units count the same, an outcome meets a target. */
#include "dabiao/likeness.h"

#include <math.h>
#include <string.h>

#include "engine/rule_set.h"

#define MAX_KEPT 4096
#define MAX_LIKENESS 64 /* characters of a name that are compared */
#define OTHER_UNIT 0.7  /* 家 and 个 may count the same */
#define RELATIVE_EPSILON 1e-9

/* Words that say nothing about which indicator it is, gone; left alone when nothing else is there. */
static void drop_words(GString *name, const DabRules *rules) {
    g_autofree char *whole = g_strdup(name->str);
    const GPtrArray *words = NULL;
    if (dab_rules_find_word(rules, "ignored_in_links", name->str, name->len)) words = dab_rules_words(rules, "ignored_in_links");
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

/* Names come again, within a document and in the next one: what was found is kept, as long as there is not too much of it. */
char *dab_name_essence(const DabRules *rules, const char *indicator) {
    const char *known = g_hash_table_lookup(rules->essences, indicator);
    if (known) return g_strdup(known);
    if (g_hash_table_size(rules->essences) >= MAX_KEPT) g_hash_table_remove_all(rules->essences);
    char *essence = find_essence(rules, indicator);
    g_hash_table_insert(rules->essences, g_strdup(indicator), g_strdup(essence));
    return essence;
}

/* The first MAX_LIKENESS characters of a name; their number. */
static guint decode(const char *s, gunichar *to) {
    guint n = 0;
    for (; *s && n < MAX_LIKENESS; s = g_utf8_next_char(s)) to[n++] = g_utf8_get_char(s);
    return n;
}

double dab_name_likeness(const char *a, const char *b) {
    if (!strcmp(a, b)) return 1;
    gunichar x[MAX_LIKENESS], y[MAX_LIKENESS];
    guint m = decode(a, x), n = decode(b, y), shared = 0;
    if (m < 2 || n < 2) return 0;
    gboolean taken[MAX_LIKENESS] = {0};
    for (guint i = 0; i + 1 < m; i++)
        for (guint k = 0; k + 1 < n; k++)
            if (!taken[k] && x[i] == y[k] && x[i + 1] == y[k + 1]) {
                taken[k] = TRUE;
                shared++;
                break;
            }
    return shared / (double)(m - 1 + n - 1) + 0.5 * shared / (MIN(m, n) - 1);
}

gboolean dab_name_has_word(const DabRules *rules, const char *list, const char *text) {
    return text && dab_rules_find_word(rules, list, text, strlen(text));
}

const char *dab_clause_before(const DabRules *rules, const char *sentence, gsize at, gsize *len) {
    gsize mark, start = dab_rules_word_before(rules, "clause_marks", sentence, at, &mark);
    *len = at - start;
    return sentence + start;
}

DabNature dab_nature(const DabRules *rules, const char *clause, gsize len, const char *indicator) {
    g_autofree char *said = g_strdup_printf("%.*s\n%s", (int)len, clause, indicator);
    gboolean stock = dab_name_has_word(rules, "cumulative_words", said) && !dab_name_has_word(rules, "annual_words", said);
    return (DabNature){.cumulative = stock,
                       .added = dab_name_has_word(rules, "added_words", said) && !dab_name_has_word(rules, "level_words", said),
                       .begun = dab_name_has_word(rules, "begun_words", said),
                       .further = dab_name_has_word(rules, "further_words", said) && !stock};
}

DabUnitClass dab_unit_class(const DabRules *rules, const char *unit) {
    gsize len = strlen(unit);
    DabUnitClass u = {.base = unit,
                      .scale = 1,
                      .people = dab_rules_has_word(rules, "people_units", unit, len),
                      .things = dab_rules_has_word(rules, "unit_count", unit, len)};
    const char *text = dab_rules_map(rules, "unit_scale", unit); /* "15 亩" */
    if (!text) return u;
    char *end;
    double scale = g_ascii_strtod(text, &end);
    while (*end == ' ') end++;
    if (!*end || !isfinite(scale) || scale <= 0) return u; /* no scale: a unit of its own */
    u.base = end;
    u.scale = scale;
    return u;
}

double dab_unit_fit(const DabUnitClass *a, const DabUnitClass *b) {
    if (!strcmp(a->base, b->base) || (a->people && b->people)) return 1;
    return a->things && b->things ? OTHER_UNIT : 0;
}

double dab_unit_ratio(const DabUnitClass *from, const DabUnitClass *to) {
    return strcmp(from->base, to->base) ? 1 : from->scale / to->scale;
}

gboolean dab_lower_is_better(const DabRules *rules, const char *indicator, DabChange change) {
    if (change == DAB_CHANGE_DECREASE) return FALSE;
    return dab_name_has_word(rules, "lower_is_better", indicator) && !dab_name_has_word(rules, "not_lower_is_better", indicator);
}

static gboolean satisfies(double outcome, DabComparator c, double target, gboolean lower) {
    double slack = RELATIVE_EPSILON * MAX(1, fabs(target));
    switch (c) {
    case DAB_GT:
        return outcome > target;
    case DAB_LT:
        return outcome < target;
    case DAB_LE:
        return outcome <= target + slack;
    case DAB_GE:
        return outcome >= target - slack;
    default:
        return lower ? outcome <= target + slack : outcome >= target - slack; /* 新增5个: 6 is not a failure */
    }
}

DabVerdict dab_goal_judge(const DabGoal *g, double outcome, double *margin) {
    DabComparator c = g->low == g->high ? g->comparator : DAB_EQ;
    double want = g->lower_is_better || c == DAB_LE || c == DAB_LT ? g->high : g->low;
    *margin = outcome - want;
    return satisfies(outcome, c, want, g->lower_is_better) ? DAB_VERDICT_MET : DAB_VERDICT_MISSED;
}
