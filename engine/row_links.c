/* Targets and outcomes of one row: which column answers which. */
#include <string.h>

#include "dabiao/date.h"
#include "engine/linker.h"
#include "engine/rule_set.h"

#define ONLY_PAIR 0.25 /* the only target and the only outcome of their unit in a row */
#define BARE_PAIR 0.5  /* the same, each alone in its cell: the table has said that they belong together */
#define AS_ALIKE 0.1   /* names of two columns that say the same, but for a time */
#define CLEARLY 2      /* characters of the names of two columns that are the same */

static const GArray *columns_of(const DabLinker *l, const DabMeasure *m) {
    const DabDocTable *table = l->report->document->tables->pdata[m->table];
    return dab_table_band(table, (guint)m->row)->columns;
}

gboolean dab_row_has_results(const DabLinker *l, const DabMeasure *t) {
    const GArray *columns = columns_of(l, t);
    for (guint c = 0; c < columns->len; c++)
        if (!strcmp(g_array_index(columns, DabColumn, c).role, "outcome")) return TRUE;
    return FALSE;
}

gboolean dab_row_is_assessed(const DabLinker *l, const DabMeasure *t) {
    if (t->table < 0 || l->plan) return FALSE;
    if (dab_name_has_word(l->rules, "assessment_titles", l->report->document->title)) return TRUE;
    const GArray *columns = columns_of(l, t);
    for (guint c = 0; c < columns->len; c++)
        if (!strcmp(g_array_index(columns, DabColumn, c).role, "status")) return TRUE;
    return FALSE;
}

static const DabColumn *column_of(const DabLinker *l, const DabMeasure *m) {
    return &g_array_index(columns_of(l, m), DabColumn, m->column);
}

/* The year that the name of a measure's column says; 0: none. */
static gint column_year(const DabLinker *l, const DabMeasure *m) {
    const char *name = column_of(l, m)->when;
    char iso[11];
    if (!dab_date_find(l->rules, name, strlen(name), l->report->document->year, iso)) return 0;
    return (gint)g_ascii_strtoll(iso, NULL, 10);
}

/* Whether a column is of one place among others: 城关镇 beside 全县. */
static gboolean is_part(const DabLinker *l, const DabMeasure *o) {
    const GArray *columns = columns_of(l, o);
    const char *own = column_of(l, o)->name;
    if (!dab_rules_last_word(l->rules, "place_ends", own, strlen(own)) || dab_name_has_word(l->rules, "whole_scopes", own))
        return FALSE;
    for (guint c = 0; c < columns->len; c++) {
        const char *name = g_array_index(columns, DabColumn, c).name;
        if (c != (guint)o->column && dab_rules_last_word(l->rules, "place_ends", name, strlen(name))) return TRUE;
    }
    return FALSE;
}

static gboolean one_says(const DabLinker *l, const char *list, const char *outcome, const char *target) {
    return dab_name_has_word(l->rules, list, outcome) && !dab_name_has_word(l->rules, list, target);
}

gboolean dab_columns_fit(const DabLinker *l, guint target, guint outcome) {
    const DabMeasure *t = dab_linker_measure(l, target), *o = dab_linker_measure(l, outcome);
    const DabColumn *wanted = column_of(l, t), *given = column_of(l, o);
    if (*wanted->group && *given->group && strcmp(wanted->group, given->group)) return FALSE;
    if (one_says(l, "never_answers", given->name, wanted->name)) return FALSE; /* 开工以来完成投资 is not this year's */
    if (is_part(l, o) && !is_part(l, t)) return FALSE;
    gint goal = column_year(l, t), done = goal ? column_year(l, o) : 0;
    gboolean on_the_way = goal > MAX(done, l->report->document->year) && dab_row_is_assessed(l, t);
    if (goal && done && goal != done && !on_the_way) return FALSE; /* 2021年完成 and 2022年目标 stand beside each other in a plan */
    return dab_lists_have(l->names[target]->lists, DAB_LIST_NEVER_ANSWERING_COLUMNS) ||
           !dab_name_has_word(l->rules, "never_answering_columns", given->name);
}

gboolean dab_only_pair(const DabLinker *l, guint target, guint outcome, gboolean row) {
    const DabMeasure *t = dab_linker_measure(l, target);
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        if (i == target || i == outcome || m->role == DAB_ROLE_REFERENCE || m->change != t->change) continue;
        if (row ? !dab_same_row(m, t) : !dab_same_item(l->report, m, t)) continue;
        if (dab_unit_fit(&l->units[i]->class, &l->units[target]->class) == 1) return FALSE;
    }
    return TRUE;
}

/* Whether a number is all that its cell says. */
static gboolean is_bare(const DabLinker *l, const DabMeasure *m) {
    const DabSentence *s = &g_array_index(l->report->document->sentences, DabSentence, m->sentence);
    const DabNumber *n = &g_array_index(l->report->document->numbers, DabNumber, m->number);
    return s->span.start == n->extent.start && s->span.end == n->extent.end;
}

double dab_row_pair_bonus(const DabLinker *l, guint target, guint outcome) {
    if (!dab_only_pair(l, target, outcome, TRUE)) return 0;
    return is_bare(l, dab_linker_measure(l, target)) && is_bare(l, dab_linker_measure(l, outcome)) ? BARE_PAIR : ONLY_PAIR;
}

/* How much the names of two columns share at their beginnings and ends: 季度任务 and 季度完成, 预算数合计 and 决算数合计.
 * Characters. */
static guint shared_name(const DabLinker *l, const DabMeasure *a, const DabMeasure *b) {
    const char *x = column_of(l, a)->name, *y = column_of(l, b)->name;
    guint n = 0, m = 0;
    for (; *x && *y && g_utf8_get_char(x) == g_utf8_get_char(y); x = g_utf8_next_char(x), y = g_utf8_next_char(y))
        n += !g_ascii_isdigit(*x); /* both are of 2023 more often than not */
    const char *u = x + strlen(x), *v = y + strlen(y);
    for (; u > x && v > y; m++) {
        u = g_utf8_prev_char(u), v = g_utf8_prev_char(v);
        if (g_utf8_get_char(u) != g_utf8_get_char(v)) break;
    }
    return n + m;
}

/* Two target columns for one outcome (年初预算数, 全年预算数): the last one holds. */
static gboolean nearer_column(const DabLinker *l, const DabPair *pair) {
    const DabMeasure *t = dab_linker_measure(l, pair->target), *o = dab_linker_measure(l, pair->outcome);
    if (!dab_same_row(t, o)) return FALSE;
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *other = dab_linker_measure(l, i);
        if (other->role != DAB_ROLE_TARGET || !dab_same_row(other, o) || other->column <= t->column || other->column >= o->column)
            continue;
        if (shared_name(l, other, o) + CLEARLY <= shared_name(l, t, o)) continue;
        if (l->names[i]->essence == l->names[pair->target]->essence && !strcmp(other->unit, t->unit)) return TRUE;
    }
    return FALSE;
}

/* The end of the time that the name of a measure's column says, as ISO; the end of its year where it says none; "" for a part of it
 * that is not the whole (本季度). */
static void column_time(const DabLinker *l, const DabMeasure *m, char iso[11]) {
    const char *name = column_of(l, m)->when;
    gint year = m->year ? m->year : l->report->document->year;
    *iso = '\0';
    if (dab_name_has_word(l->rules, "part_of_time", name)) return;
    if (dab_date_find(l->rules, name, strlen(name), year, iso) && strlen(iso) == 10) return;
    g_snprintf(iso, 11, "%04d-12-31", CLAMP(year, 0, 9999));
}

/* Two outcome columns for one target (上半年完成, 全年完成): the one of the later time, else the last one, answers it. */
static gboolean later_column(const DabLinker *l, const DabPair *pair, const GArray *pairs) {
    const DabMeasure *t = dab_linker_measure(l, pair->target), *o = dab_linker_measure(l, pair->outcome);
    char own[11], others[11];
    column_time(l, o, own);
    for (guint i = 0; i < pairs->len; i++) {
        const DabPair *other = &g_array_index(pairs, DabPair, i);
        const DabMeasure *m = dab_linker_measure(l, other->outcome);
        if (other->fit <= IN_ROW) break; /* the best stand first */
        if (other->target != pair->target || other->fit + AS_ALIKE < pair->fit || m->column == o->column ||
            strcmp(m->unit, o->unit))
            continue;
        if (m->change != o->change || (m->year == t->year) < (o->year == t->year)) continue;
        guint shared = shared_name(l, t, o), more = shared_name(l, t, m);
        if (shared >= more + CLEARLY) continue;
        if (more >= shared + CLEARLY) return TRUE;
        gboolean hoped = dab_name_has_word(l->rules, "expected_columns", column_of(l, o)->name);
        if (hoped != dab_name_has_word(l->rules, "expected_columns", column_of(l, m)->name)) {
            if (hoped) return TRUE;
            continue;
        }
        column_time(l, m, others);
        gint order = (m->year == t->year) > (o->year == t->year) ? 1 : strcmp(others, own);
        if (order > 0 || (!order && m->column > o->column)) return TRUE;
    }
    return FALSE;
}

gboolean dab_row_has_better(const DabLinker *l, const DabPair *pair, const GArray *pairs) {
    return pair->fit > IN_ROW && (nearer_column(l, pair) || later_column(l, pair, pairs));
}
