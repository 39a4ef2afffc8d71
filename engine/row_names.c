/* Names that a cell takes from its row and its columns. */
#include <string.h>

#include "base/letters.h"
#include "engine/naming.h"
#include "engine/units.h"

#define MAX_PLACE 8 /* characters of the name of a place: 云岭县 */

/* A header's name without its unit: 发行额（亿元） → 发行额. */
static const char *bare_name(const DabPlace *p, const char *name) {
    gsize len = strlen(name);
    if (!len) return name;
    DabLikely likely = dab_rules_likely(p->rules, DAB_STAGE_COLUMN, name, len);
    DabMatch m;
    for (const DabRule *rule; (rule = dab_likely_next(&likely));) {
        if (g_strcmp0(rule->kind, "unit_name") || dab_yaml_text(rule->set, "unit")) continue; /* 增速 stays */
        if (!dab_pattern_match(rule->pattern, name, len, 0, &m) || m.spans[0] == 0) continue;
        return dab_pool_strndup(p->document->pool, name, m.spans[0]);
    }
    return name;
}

/* The column that a growth is of, when it is named for what it counts: 比上年增长（%） behind 基金收入. NULL: none, or no growth.
 */
static const DabColumn *grown_column(const DabPlace *p) {
    if (!p->table || !g_str_has_suffix(p->column_role, "change")) return NULL;
    for (gint c = p->column; c-- > 0;) {
        const DabColumn *column = dab_table_column(p->table, (guint)p->passage->row, (guint)c);
        if (g_str_has_suffix(column->role, "change")) continue;
        if (*dab_unit_in(p, column->name, FALSE) == '%' && dab_name_is_partial(p->rules, bare_name(p, column->label)))
            continue; /* 完成预算% */
        gboolean naming = *column->name && dab_rules_has_word(p->rules, "naming_roles", column->role, strlen(column->role));
        return naming && !dab_has_letters(dab_cell_at(p->table, p->passage->row, c)) ? column : NULL;
    }
    return NULL;
}

/* Columns whose own name belongs to what is measured (在校生数), not to when or how (2022年, 年度目标). */
static gboolean column_names(const DabPlace *p) {
    return p->table && *p->column_name && dab_rules_has_word(p->rules, "naming_roles", p->column_role, strlen(p->column_role));
}

static const DabColumn *column_of(const DabPlace *p) {
    return dab_table_column(p->table, (guint)p->passage->row, (guint)p->column);
}

const char *dab_column_label(const DabPlace *p) {
    const char *group = column_names(p) ? "" : column_of(p)->group;
    const char *name = dab_trim_label(p->rules, p->document->pool, bare_name(p, *group ? group : p->column_label));
    return dab_name_is_partial(p->rules, name) ? "" : name;
}

static gboolean ends_in_list(const DabRules *rules, const char *list, const char *name) {
    return dab_rules_last_word(rules, list, name, strlen(name)) > 0;
}

/* A row that is a place (东湖区): what is measured there stands over the column. */
static gboolean is_place(const DabPlace *p, const char *name) {
    return g_utf8_strlen(name, -1) <= MAX_PLACE && !strcmp(name, p->row_label) && ends_in_list(p->rules, "place_ends", name);
}

/* 道路运输 under 事故起数 → 道路运输事故起数. */
static const char *with_group(const DabPlace *p, const char *name) {
    const char *group = bare_name(p, column_of(p)->group);
    if (!*group || strstr(name, group) || dab_name_is_partial(p->rules, group)) return name;
    return dab_pool_join(p->document->pool, name, group);
}

/* 城东中学 under 年度计划投资 → 城东中学投资: of what the goal or the result is. */
static const char *with_noun(const DabPlace *p, const char *name) {
    if (strcmp(p->column_role, "target") && strcmp(p->column_role, "outcome")) return name;
    gsize word, end = dab_rules_word_before(p->rules, "column_nouns", p->column_label, strlen(p->column_label), &word);
    if (!word) return name;
    g_autofree char *noun = g_strndup(p->column_label + end - word, word);
    return strstr(name, noun) ? name : dab_pool_join(p->document->pool, name, noun);
}

const char *dab_in_table(const DabPlace *p, const char *name) {
    if (!p->table) return name;
    const DabColumn *grown = grown_column(p);
    gboolean naming = grown || column_names(p);
    const char *own = dab_trim_label(p->rules, p->document->pool, bare_name(p, grown ? grown->label : p->column_label));
    if (is_place(p, name)) {
        const char *grouped = naming ? name : with_group(p, name);
        if (grouped != name) return grouped;
        if (*own && !dab_name_is_partial(p->rules, own)) return dab_pool_join(p->document->pool, name, own);
    }
    if (!naming) return with_noun(p, with_group(p, bare_name(p, name)));
    if (!strcmp(name, own)) return name; /* there is no name but the column's */
    return dab_pool_join(p->document->pool, bare_name(p, name), own);
}

const char *dab_unit_of_name(const DabRules *rules, const char *name) {
    for (const char *end = name; *end; end = g_utf8_next_char(end)) {
        const char *unit = dab_rules_map(rules, "unit_of_name", end);
        if (unit) return unit;
    }
    return "";
}

/* The row's name is a task with its figure when it has the words of the target in it. */
static gboolean states(const DabPlace *p, const DabMeasure *m) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, m->number);
    const char *text = p->document->text->utf8->str + n->span.start;
    return strstr(p->row_label, dab_pool_strndup(p->document->pool, text, dab_span_len(n->span))) != NULL;
}

static gboolean same_row(const DabPlace *p, const DabMeasure *m) {
    return m->table == p->passage->table && m->row == p->passage->row;
}

/* The only target of the row that `fits` (NULL: any), in another column. */
static const DabMeasure *only_target(const DabPlace *p, const GArray *measures, const DabNumber *n,
                                     gboolean (*fits)(const DabPlace *, const DabMeasure *, const DabNumber *)) {
    const DabMeasure *goal = NULL;
    for (guint i = measures->len; p->table && i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (!same_row(p, m)) break;
        if (m->role != DAB_ROLE_TARGET || m->column == p->column || (fits && !fits(p, m, n))) continue;
        if (goal) return NULL;
        goal = m;
    }
    return goal;
}

const DabMeasure *dab_row_target(const DabPlace *p, const GArray *measures) {
    return only_target(p, measures, NULL, NULL);
}

static gboolean is_answered(const DabPlace *p, const DabMeasure *m, const DabNumber *n) {
    double factor;
    const char *unit = *n->unit ? "" : dab_header_unit(p, &factor); /* 投资（万元） is not of the 5万吨 in the project's name */
    if (*unit && strcmp(unit, m->unit)) return FALSE;
    return states(p, m) && (!*n->unit || !strcmp(n->unit, m->unit) || !strcmp(n->kind, "percent"));
}

const DabMeasure *dab_row_goal(const DabPlace *p, guint number, const GArray *measures) {
    return only_target(p, measures, &g_array_index(p->document->numbers, DabNumber, number), is_answered);
}

/* Whether the cell has named a measure like this target already: 建成15个、18个 answers one target after the other. */
static gboolean is_taken(const DabPlace *p, const DabMeasure *t, const GArray *measures) {
    for (guint i = measures->len; i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (!same_row(p, m)) return FALSE;
        if (m->column == p->column && !strcmp(m->unit, t->unit) && !strcmp(m->indicator, t->indicator)) return TRUE;
    }
    return FALSE;
}

/* Whether the cell counts something of its own in this unit (NULL: in any): 新配置AED316台，全市累计1020台 goes on with AED. */
static gboolean counts_its_own(const DabPlace *p, const char *unit, const GArray *measures) {
    for (guint i = measures->len; i > 0 && same_row(p, &g_array_index(measures, DabMeasure, i - 1)); i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (m->column != p->column || (unit && strcmp(m->unit, unit))) continue;
        gboolean of_target = FALSE;
        for (guint k = i - 1; k > 0 && !of_target && same_row(p, &g_array_index(measures, DabMeasure, k - 1)); k--) {
            const DabMeasure *t = &g_array_index(measures, DabMeasure, k - 1);
            of_target = t->role == DAB_ROLE_TARGET && !strcmp(t->indicator, m->indicator);
        }
        if (!of_target) return TRUE;
    }
    return FALSE;
}

static gboolean counts_alike(const DabRules *rules, const char *a, const char *b) {
    if (!strcmp(a, b)) return TRUE;
    return dab_rules_has_word(rules, "people_units", a, strlen(a)) && dab_rules_has_word(rules, "people_units", b, strlen(b));
}

gboolean dab_name_is_verb(const DabPlace *p, const char *name) {
    static const char *const lists[] = {"count_verb", "new_verb", "bare_stage"};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        if (dab_rules_has_word(p->rules, lists[i], name, strlen(name))) return TRUE;
    return FALSE;
}

const DabMeasure *dab_row_answered(const DabPlace *p, guint number, const char *verb, const GArray *measures) {
    const DabNumber *n = &g_array_index(p->document->numbers, DabNumber, number);
    const DabMeasure *found = NULL;
    if (!p->table || strcmp(p->column_role, "outcome") || !*n->unit) return NULL;
    if (dab_name_has_word(p->rules, "never_answering_columns", p->column_name)) return NULL;
    if (counts_its_own(p, *verb ? n->unit : NULL, measures)) return NULL;
    if (dab_rules_has_word(p->rules, "begun_words", verb, strlen(verb))) return NULL; /* what is only begun answers nothing */
    gboolean any = dab_name_is_partial(p->rules, verb); /* 建成, 完成 say of anything that it is done */
    for (guint i = measures->len; i > 0; i--) {
        const DabMeasure *m = &g_array_index(measures, DabMeasure, i - 1);
        if (!same_row(p, m)) break;
        if (m->role != DAB_ROLE_TARGET || m->column == p->column || m->change != DAB_CHANGE_NONE) continue;
        if (!counts_alike(p->rules, m->unit, n->unit) || is_taken(p, m, measures)) continue;
        if (!any && !strstr(m->indicator, verb)) continue;
        found = m; /* the first that is left */
    }
    return found;
}
