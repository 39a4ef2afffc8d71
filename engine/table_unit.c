/* The unit that is said for a whole table: 单位：万元; 单位：万人、亿元、%. */
#include <string.h>

#include "engine/rule_set.h"
#include "engine/units.h"

#define MAX_CAPTION_BYTES 120
#define PER_MILLE 0x2030
#define NEAR 3 /* passages above a table that may say its unit */

/* The list of units that a rule of this kind finds in a caption or note; "" when none does. In the pool. */
static const char *list_in(const DabPlace *p, const char *text, const char *kind) {
    gsize len = strlen(text);
    if (len >= MAX_CAPTION_BYTES) return "";
    DabLikely likely = dab_rules_likely(p->rules, DAB_STAGE_COLUMN, text, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (g_strcmp0(rule->kind, kind) || !dab_pattern_match(rule->pattern, text, len, 0, &m)) continue;
        int group = dab_pattern_group(rule->pattern, kind);
        if (!dab_match_has(&m, group)) continue;
        return dab_pool_strndup(p->document->pool, text + m.spans[2 * group], m.spans[2 * group + 1] - m.spans[2 * group]);
    }
    return "";
}

static const char *list_of(const DabPlace *p, const DabPassage *passage, const char *kind) {
    g_autofree char *text = g_strndup(p->document->text->utf8->str + passage->span.start, dab_span_len(passage->span));
    return list_in(p, text, kind);
}

/* 注：表中金额单位为万元, below the table. */
static const char *list_below(const DabPlace *p) {
    const GArray *passages = p->document->passages;
    guint end = p->sentence->passage + 1;
    while (end < passages->len && g_array_index(passages, DabPassage, end).table == p->passage->table) end++;
    for (guint k = end; k < passages->len && k < end + NEAR; k++) {
        const DabPassage *after = &g_array_index(passages, DabPassage, k);
        const char *list = after->table >= 0 ? "" : list_of(p, after, "unit_note");
        if (*list || after->table >= 0) return list;
    }
    return "";
}

static const char *list_above(const DabPlace *p) {
    const DabDocument *d = p->document;
    guint first = p->sentence->passage;
    while (first > 0 && g_array_index(d->passages, DabPassage, first - 1).table == p->passage->table) first--;
    for (guint k = first; k > 0 && first - k < NEAR; k--) {
        const DabPassage *before = &g_array_index(d->passages, DabPassage, k - 1);
        if (before->table >= 0) break;
        const char *list = list_of(p, before, "unit_list");
        if (*list) return list;
    }
    const GArray *rows = p->table->layout->rows; /* in a row of one cell above the names */
    for (guint r = 0; r < g_array_index(p->table->bands, DabBand, 0).n_header_rows; r++) {
        const char *list =
            g_array_index(rows, DabRow, r).cells->len == 1 ? list_in(p, dab_cell_at(p->table, (gint)r, 0), "unit_list") : "";
        if (*list) return list;
    }
    return "";
}

static gboolean is_share(const DabPlace *p, const char *unit) {
    return dab_rules_has_word(p->rules, "unit_shares", unit, strlen(unit));
}

/* What the last noun of a name that tells its unit says (map "unit_of_noun"): 资金 → "unit_money". NULL: nothing. */
static const char *units_of(const DabPlace *p, const char *name) {
    gsize word, end = dab_rules_word_before(p->rules, "unit_nouns", name, strlen(name), &word);
    if (!word) return NULL;
    g_autofree char *noun = g_strndup(name + end - word, word);
    return dab_rules_map(p->rules, "unit_of_noun", noun);
}

/* Whether a unit is one that the noun's words allow: each is a unit or a list of units. */
static gboolean allows(const DabPlace *p, const char *words, const char *unit) {
    double factor;
    const char *base = dab_unit_split(p->rules, unit, &factor);
    g_auto(GStrv) all = g_strsplit(words, " ", 0);
    for (guint i = 0; all[i]; i++)
        if (!strcmp(all[i], base) || dab_rules_has_word(p->rules, all[i], base, strlen(base))) return TRUE;
    return FALSE;
}

/* Of several units the one that fits: a share for a rate, else what the noun of the column or of the row asks for, else the only
 * one that is left. */
static const char *choose(const DabPlace *p, char **units) {
    const char *names[] = {p->column_label, p->row_label}, *only = "", *share = "";
    guint others = 0;
    for (guint i = 0; units[i]; i++) {
        if (is_share(p, units[i])) {
            share = units[i];
        } else {
            only = units[i];
            others++;
        }
    }
    for (guint n = 0; n < G_N_ELEMENTS(names); n++) {
        if (dab_rules_last_word(p->rules, "unit_rates", names[n], strlen(names[n]))) return share;
        const char *words = units_of(p, names[n]);
        for (guint i = 0; words && units[i]; i++)
            if (allows(p, words, units[i])) return units[i];
    }
    return others == 1 ? only : "";
}

/* Whether a character parts two units: a comma, a blank, but none of m/s and %. */
static gboolean parts_units(gunichar c) {
    return (g_unichar_ispunct(c) || g_unichar_isspace(c)) && c != '%' && c != '/' && c != PER_MILLE;
}

/* Free with g_ptr_array_unref; ends with NULL. In the pool. */
static GPtrArray *split(const DabPlace *p, const char *list) {
    GPtrArray *units = g_ptr_array_new();
    for (const char *s = list; *s;) {
        const char *end = s;
        while (*end && !parts_units(g_utf8_get_char(end))) end = g_utf8_next_char(end);
        if (end > s) g_ptr_array_add(units, dab_pool_strndup(p->document->pool, s, (gsize)(end - s)));
        s = *end ? g_utf8_next_char(end) : end;
    }
    g_ptr_array_add(units, NULL);
    return units;
}

const char *dab_table_unit(const DabPlace *p) {
    const char *list = list_above(p);
    g_autoptr(GPtrArray) units = split(p, *list ? list : list_below(p));
    if (units->len < 2) return "";
    return units->len == 2 ? units->pdata[0] : choose(p, (char **)units->pdata);
}
