/* Whether an outcome meets its target, and whether the report says the same. */
#include <math.h>
#include <string.h>

#include "dabiao/date.h"
#include "engine/linker.h"

#define MONTH 7       /* characters of 2022-12 */
#define ANY_YEAR 2000 /* of a report that does not say its own: its months count all the same */

static const DabNumber *number_of(const DabLinker *l, const DabMeasure *m) {
    return &g_array_index(l->report->document->numbers, DabNumber, m->number);
}

/* 2025 of 规划确定的2025年7.2张: a year that stands right before the number; 0: none. */
static gint year_beside(const DabReport *r, const DabMeasure *t) {
    if (!t->number) return 0;
    const DabNumber *n = &g_array_index(r->document->numbers, DabNumber, t->number), *year = n - 1;
    if (year->span.end != n->extent.start || !dab_rules_has_word(r->rules, "date_kinds", year->kind, strlen(year->kind))) return 0;
    return (gint)g_ascii_strtoll(r->document->text->utf8->str + year->span.start, NULL, 10);
}

/* Whether a plan of several years that the target's sentence names before it (list "plan_ends": 十四五=2025) still runs. */
static gboolean plan_open(const DabReport *r, const DabMeasure *t) {
    const DabSentence *s = &g_array_index(r->document->sentences, DabSentence, t->sentence);
    const char *text = r->document->text->utf8->str + s->span.start;
    gsize len = g_array_index(r->document->numbers, DabNumber, t->number).span.start - s->span.start;
    const GPtrArray *plans = t->table < 0 ? dab_rules_words(r->rules, "plan_ends") : NULL;
    for (guint i = 0; plans && i < plans->len; i++) {
        const char *name = plans->pdata[i], *sign = strchr(name, '=');
        if (sign && memmem(text, len, name, (gsize)(sign - name)) && g_ascii_strtoll(sign + 1, NULL, 10) > r->document->year)
            return TRUE;
    }
    return FALSE;
}

/* Whether the outcome is of a day on which the target's period still ran. */
static gboolean period_open(const DabReport *r, const DabMeasure *t, const DabMeasure *o) {
    const char *title = r->document->title;
    gint own = r->document->year ? r->document->year : ANY_YEAR;
    char iso[11]; /* 2023年上半年工作总结 */
    gboolean titled = title && dab_date_find(r->rules, title, strlen(title), own, iso) && strlen(iso) >= 7;
    const char *as_of = o->as_of && strlen(o->as_of) >= 7 ? o->as_of : titled ? iso : r->document->date;
    if (MAX(t->year, year_beside(r, t)) > r->document->year || plan_open(r, t)) return TRUE;
    if (!as_of || strlen(as_of) < 7) return FALSE;
    if (t->deadline) return strncmp(as_of, t->deadline, MONTH) < 0; /* 截至12月20日 is all there will be of the year */
    gint year = (gint)g_ascii_strtoll(as_of, NULL, 10), month = (gint)g_ascii_strtoll(as_of + 5, NULL, 10);
    return (year == t->year || year == ANY_YEAR) && month < 12;
}

/* 合计 of a table is like what it adds up: less is better when that holds of each row of its column, or of each target of its row.
 */
static gboolean total_is_lower(const DabLinker *l, const DabMeasure *t) {
    if (t->table < 0 || !dab_rules_last_word(l->rules, "total_rows", t->indicator, strlen(t->indicator))) return FALSE;
    guint lower[2] = {0}, other[2] = {0}; /* of the rows of its column, of the targets of its row */
    for (guint i = 0; i < l->report->measures->len; i++) {
        const DabMeasure *m = dab_linker_measure(l, i);
        gboolean beside = m->row == t->row;
        if (m->table != t->table || (beside ? m->column == t->column || m->role != DAB_ROLE_TARGET : m->column != t->column))
            continue;
        dab_measure_lower_is_better(l->rules, m) ? lower[beside]++ : other[beside]++;
    }
    return (lower[0] && !other[0]) || (lower[1] && !other[1]);
}

static gboolean lower_is_better(const DabLinker *l, const DabMeasure *t, const DabMeasure *o) {
    if (o->change == DAB_CHANGE_DECREASE && t->change != DAB_CHANGE_INCREASE) return FALSE;
    return dab_measure_lower_is_better(l->rules, t) || total_is_lower(l, t);
}

/* 能耗累计下降18.6%，超额完成17%的目标: the target is one of falling, and its 17% has no word of its own. */
static DabComparator comparator_of(const DabLinker *l, const DabMeasure *t, const DabMeasure *o) {
    if (t->change == DAB_CHANGE_NONE && o->change == DAB_CHANGE_DECREASE && !number_of(l, t)->comparator_said) return DAB_EQ;
    return t->comparator;
}

/* Of a goal told beside its outcome, the word before the number compares the two (没有达到60%以上的目标): only what stands behind
 * it is the goal's own; else the sense of what is measured tells. */
static void read_goal(const DabLinker *l, const DabMeasure *t, const DabMeasure *o, DabGoal *goal) {
    const char *text = l->report->document->text->utf8->str;
    gsize end = number_of(l, t)->extent.end;
    goal->lower_is_better |= lower_is_better(l, o, o);
    goal->comparator = goal->lower_is_better ? DAB_LE : DAB_GE;
    if (dab_rules_last_word(l->rules, "behind_ge", text, end)) goal->comparator = DAB_GE;
    if (dab_rules_last_word(l->rules, "behind_le", text, end)) goal->comparator = DAB_LE;
}

/* Whether the target is of all of a project's years, and the outcome may be of one: 总投资8亿元，完成投资3亿元. */
static gboolean of_whole_project(const DabLinker *l, const DabPair *pair) {
    return dab_lists_have(l->names[pair->target]->lists, DAB_LIST_NEVER_ANSWERS) &&
           !dab_lists_have(l->names[pair->outcome]->lists, DAB_LIST_NEVER_ANSWERS);
}

static DabVerdict judge(const DabLinker *l, const DabPair *pair, DabLink *link) {
    const DabMeasure *t = dab_linker_measure(l, pair->target), *o = dab_linker_measure(l, pair->outcome);
    const DabNumber *tn = number_of(l, t), *on = number_of(l, o);
    if ((!tn->has_value && !(tn->has_low && tn->has_high)) || !on->has_value) return DAB_VERDICT_UNCLEAR;
    DabGoal goal = {.low = (tn->has_value ? tn->value : tn->low) * t->factor,
                    .high = (tn->has_value ? tn->value : tn->high) * t->factor,
                    .comparator = tn->has_value ? comparator_of(l, t, o) : DAB_EQ,
                    .lower_is_better = lower_is_better(l, t, o)};
    if (pair->goal || dab_goal_is_compared(l, pair->target)) read_goal(l, t, o, &goal);
    double ratio = dab_unit_ratio(&l->units[pair->outcome]->class, &l->units[pair->target]->class);
    if (dab_changes_oppose(t, o)) ratio = -ratio; /* a fall is a rise below nothing */
    link->has_margin = TRUE;
    DabVerdict verdict = dab_goal_judge(&goal, on->value * o->factor * ratio, &link->margin);
    gboolean may_change = verdict == DAB_VERDICT_MISSED || (dab_goal_is_most(&goal) && o->change == DAB_CHANGE_NONE &&
                                                            dab_adds_up(l->rules, o->indicator, &l->units[pair->outcome]->class));
    if (verdict == DAB_VERDICT_MISSED && tn->approximate && fabs(link->margin) <= DAB_NEARLY * fabs(goal.high))
        return DAB_VERDICT_UNCLEAR;
    if (verdict == DAB_VERDICT_MISSED && of_whole_project(l, pair)) return DAB_VERDICT_UNCLEAR;
    return may_change && period_open(l->report, t, o) ? DAB_VERDICT_UNCLEAR : verdict;
}

/* What the status column of the row claims: rules of stage "link", kind "claim", set `claims: met|missed|unclear`. A claim that
 * says neither (正在推进) agrees with nothing and contradicts nothing. */
static void read_claim(const DabLinker *l, const DabMeasure *o, DabLink *link) {
    link->agrees = -1;
    if (o->table < 0) return;
    const DabDocTable *t = l->report->document->tables->pdata[o->table];
    const GPtrArray *stage = dab_rules_stage(l->rules, "link");
    const GArray *columns = dab_table_band(t, (guint)o->row)->columns;
    for (guint c = 0; c < columns->len; c++) {
        const DabColumn *column = &g_array_index(columns, DabColumn, c);
        if (strcmp(column->role, "status") || dab_name_has_word(l->rules, "no_claim_columns", column->name)) continue;
        const char *text = dab_cell_at(t, o->row, (gint)c);
        if (strpbrk(text, "0123456789")) continue; /* 已建成13.6万亩 tells what was done, and not that all was */
        DabMatch m;
        for (guint i = 0; i < stage->len; i++) {
            const DabRule *rule = stage->pdata[i];
            if (g_strcmp0(rule->kind, "claim") || !dab_pattern_match(rule->pattern, text, strlen(text), 0, &m)) continue;
            const char *claims = dab_yaml_text(rule->set, "claims");
            link->reported = dab_pool_strndup(l->report->document->pool, text + m.spans[0], m.spans[1] - m.spans[0]);
            if (link->verdict != DAB_VERDICT_UNCLEAR && g_strcmp0(claims, dab_verdict_name(DAB_VERDICT_UNCLEAR)))
                link->agrees = !g_strcmp0(claims, dab_verdict_name(link->verdict));
            return;
        }
    }
}

DabLink dab_linker_judge(const DabLinker *l, const DabPair *pair) {
    DabLink link = {.target = pair->target, .outcome = pair->outcome};
    link.verdict = judge(l, pair, &link);
    read_claim(l, dab_linker_measure(l, pair->outcome), &link);
    return link;
}
