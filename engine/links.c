/* Joins each target to the outcome that answers it and judges the pair by its numbers. */
#include <string.h>

#include "dabiao/likeness.h"
#include "engine/draft.h"

#define MIN_LIKENESS 0.62    /* in a document: from here on two names are taken to be of one thing */
#define MIN_LIKENESS_ROW 0.4 /* in one row the table has already said that they belong together */
#define ONLY_PAIR 0.25       /* the only target and the only outcome of their unit in a row */
#define OTHER_BASE 0.7       /* 托位 and 每千人口托位 */
#define OTHER_SCOPE 0.8
#define IN_ROW 2.0 /* more than any likeness outside the row */

typedef struct {
    DabReport *report;
    const DabRules *rules;
    GPtrArray *essences; /* the name of each measure as it is compared */
    DabUnitClass *units; /* of each measure */
} Linker;

static const DabMeasure *measure(const DabReport *r, guint i) {
    return &g_array_index(r->measures, DabMeasure, i);
}

static const DabNumber *number_of(const DabReport *r, const DabMeasure *m) {
    return &g_array_index(r->document->numbers, DabNumber, m->number);
}

static double unit_fit(const Linker *l, guint a, guint b) {
    return dab_unit_fit(&l->units[a], &l->units[b]);
}

static gboolean same_row(const DabMeasure *a, const DabMeasure *b) {
    return a->table >= 0 && a->table == b->table && a->row == b->row;
}

static gboolean has_base(const DabRules *rules, const char *indicator) {
    return dab_name_has_word(rules, "base_words", indicator);
}

static gboolean same_passage(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    const GArray *sentences = r->document->sentences;
    return g_array_index(sentences, DabSentence, t->sentence).passage == g_array_index(sentences, DabSentence, o->sentence).passage;
}

/* A growth answers a growth. In one sentence the target may leave the verb out: 增长3.6%，低于年初提出的5%. */
static gboolean changes_agree(const DabMeasure *t, const DabMeasure *o) {
    return t->change == o->change || (t->change == DAB_CHANGE_NONE && t->sentence == o->sentence && !strcmp(t->unit, o->unit));
}

/* How near two measures stand to each other; what stands together belongs together when names alone do not tell. */
static double nearness(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    if ((t->table >= 0) != (o->table >= 0)) return 0;
    if (t->table >= 0) return t->table == o->table ? 0.1 : 0.05;
    if (t->sentence == o->sentence) return 0.2;
    return same_passage(r, t, o) ? 0.15 : t->section == o->section ? 0.1 : 0.05;
}

/* Whether the target's row has a column for what came of it: then no other row answers it. */
static gboolean answers_in_row(const Linker *l, const DabMeasure *t) {
    const DabDocTable *table = l->report->document->tables->pdata[t->table];
    const GArray *columns = dab_table_band(table, (guint)t->row)->columns;
    for (guint c = 0; c < columns->len; c++)
        if (!strcmp(g_array_index(columns, DabColumn, c).role, "outcome")) return TRUE;
    return FALSE;
}

/* Whether no other target and no other outcome of their row has their unit. */
static gboolean only_pair(const Linker *l, guint target, guint outcome) {
    const DabMeasure *t = measure(l->report, target);
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = measure(l->report, i);
        if (i == target || i == outcome || !same_row(m, t) || m->role == DAB_ROLE_REFERENCE || m->change != t->change) continue;
        if (unit_fit(l, i, target) == 1) return FALSE;
    }
    return TRUE;
}

/* How well an outcome answers a target; 0: not at all; above IN_ROW in the same row. */
static double fit(const Linker *l, guint target, guint outcome) {
    const DabMeasure *t = measure(l->report, target), *o = measure(l->report, outcome);
    gboolean row = same_row(t, o);
    if (o->role != DAB_ROLE_OUTCOME || !changes_agree(t, o) || t->year > l->report->document->year) return 0;
    double unit = unit_fit(l, target, outcome);
    if (!unit) return 0;
    if (!row && t->year != o->year) return 0; /* last year's figure does not answer this year's target */
    if (!row && !strcmp(l->report->document->genre, "plan") && !same_passage(l->report, t, o))
        return 0; /* what it reviews is not what it plans */
    if (!row && t->table >= 0 && t->table == o->table && answers_in_row(l, t)) return 0;
    double like = dab_name_likeness(l->essences->pdata[target], l->essences->pdata[outcome]);
    like *= unit;
    if (row && unit == 1 && only_pair(l, target, outcome)) like += ONLY_PAIR;
    if (has_base(l->rules, t->indicator) != has_base(l->rules, o->indicator)) like *= OTHER_BASE;
    if (!row && t->scope && o->scope && strcmp(t->scope, o->scope)) like *= OTHER_SCOPE;
    if (like < (row ? MIN_LIKENESS_ROW : MIN_LIKENESS)) return 0;
    return row ? like + IN_ROW : like + nearness(l->report, t, o);
}

/* Whether the outcome is of a day on which the target's period still ran. */
static gboolean period_open(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    const char *as_of = o->as_of && strlen(o->as_of) >= 7 ? o->as_of : r->document->date;
    if (!as_of || strlen(as_of) < 7) return FALSE;
    if (t->deadline) return strncmp(as_of, t->deadline, strlen(as_of)) < 0;
    gint year = (gint)g_ascii_strtoll(as_of, NULL, 10), month = (gint)g_ascii_strtoll(as_of + 5, NULL, 10);
    return year == t->year && month < 12;
}

typedef struct {
    guint target, outcome;
    double fit;
} Pair;

static DabVerdict judge(const Linker *l, const Pair *pair, DabLink *link) {
    const DabMeasure *t = measure(l->report, pair->target), *o = measure(l->report, pair->outcome);
    const DabNumber *tn = number_of(l->report, t), *on = number_of(l->report, o);
    if ((!tn->has_value && !(tn->has_low && tn->has_high)) || !on->has_value) return DAB_VERDICT_UNCLEAR;
    DabGoal goal = {.low = (tn->has_value ? tn->value : tn->low) * t->factor,
                    .high = (tn->has_value ? tn->value : tn->high) * t->factor,
                    .comparator = tn->has_value ? t->comparator : DAB_EQ,
                    .lower_is_better = o->change != DAB_CHANGE_DECREASE && dab_measure_lower_is_better(l->rules, t)};
    double ratio = dab_unit_ratio(&l->units[pair->outcome], &l->units[pair->target]);
    link->has_margin = TRUE;
    DabVerdict verdict = dab_goal_judge(&goal, on->value * o->factor * ratio, &link->margin);
    return verdict == DAB_VERDICT_MISSED && period_open(l->report, t, o) ? DAB_VERDICT_UNCLEAR : verdict;
}

/* What the status column of the row claims: rules of stage "link", kind "claim", set `claims: met|missed`. */
static void read_claim(const Linker *l, const DabMeasure *o, DabLink *link) {
    link->agrees = -1;
    if (o->table < 0) return;
    const DabDocTable *t = l->report->document->tables->pdata[o->table];
    const GPtrArray *stage = dab_rules_stage(l->rules, "link");
    const GArray *columns = dab_table_band(t, (guint)o->row)->columns;
    for (guint c = 0; c < columns->len; c++) {
        if (strcmp(g_array_index(columns, DabColumn, c).role, "status")) continue;
        const char *text = dab_cell_at(t, o->row, (gint)c);
        DabMatch m;
        for (guint i = 0; i < stage->len; i++) {
            const DabRule *rule = stage->pdata[i];
            if (g_strcmp0(rule->kind, "claim") || !dab_pattern_match(rule->pattern, text, strlen(text), 0, &m)) continue;
            link->reported = dab_pool_strndup(l->report->document->pool, text + m.spans[0], m.spans[1] - m.spans[0]);
            if (link->verdict != DAB_VERDICT_UNCLEAR)
                link->agrees = !g_strcmp0(dab_yaml_text(rule->set, "claims"), dab_verdict_name(link->verdict));
            return;
        }
    }
}

/* Two target columns for one outcome (年初预算数, 全年预算数): the last one holds. */
static gboolean nearer_column(const Linker *l, const Pair *pair) {
    const DabMeasure *t = measure(l->report, pair->target), *o = measure(l->report, pair->outcome);
    if (!same_row(t, o)) return FALSE;
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *other = measure(l->report, i);
        if (other->role != DAB_ROLE_TARGET || !same_row(other, o) || other->column <= t->column || other->column >= o->column)
            continue;
        if (!strcmp(l->essences->pdata[i], l->essences->pdata[pair->target]) && !strcmp(other->unit, t->unit)) return TRUE;
    }
    return FALSE;
}

static gint best_first(gconstpointer a, gconstpointer b) {
    const Pair *p = a, *q = b;
    if (p->fit != q->fit) return p->fit > q->fit ? -1 : 1;
    if (p->target != q->target) return p->target < q->target ? -1 : 1;
    return p->outcome < q->outcome ? -1 : p->outcome > q->outcome;
}

static void add_link(Linker *l, const Pair *pair) {
    DabLink link = {.target = pair->target, .outcome = pair->outcome, .rule = pair->fit > IN_ROW ? "link.row" : "link.document"};
    link.verdict = judge(l, pair, &link);
    read_claim(l, measure(l->report, pair->outcome), &link);
    g_array_append_val(l->report->links, link);
}

static gint by_target(gconstpointer a, gconstpointer b) {
    const DabLink *x = a, *y = b;
    return x->target < y->target ? -1 : x->target > y->target;
}

void dab_links_make(DabReport *r) {
    Linker l = {r, r->rules, g_ptr_array_new_with_free_func(g_free), g_new(DabUnitClass, r->measures->len + 1)};
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    for (guint i = 0; i < r->measures->len; i++) {
        g_ptr_array_add(l.essences, dab_name_essence(l.rules, measure(r, i)->indicator));
        l.units[i] = dab_unit_class(l.rules, measure(r, i)->unit);
    }
    for (guint t = 0; t < r->measures->len; t++) {
        if (measure(r, t)->role != DAB_ROLE_TARGET) continue;
        for (guint o = 0; o < r->measures->len; o++) {
            Pair pair = {t, o, fit(&l, t, o)};
            if (pair.fit > 0) g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, best_first);
    /* each target takes its best outcome; an outcome may answer several targets (the city's and the district's share of it) */
    g_autofree gboolean *answered = g_new0(gboolean, r->measures->len + 1);
    for (guint i = 0; i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        if (answered[pair->target] || nearer_column(&l, pair)) continue;
        answered[pair->target] = TRUE;
        add_link(&l, pair);
    }
    g_array_sort(r->links, by_target);
    g_ptr_array_unref(l.essences);
    g_free(l.units);
}
